import { listChecks } from "../db/monitor-checks.ts";
import { lockStates } from "../db/monitor-samples.ts";
import type { Tx } from "../db/tables.ts";
import type { Check } from "../domain/monitoring/check.ts";
import { foldSilence } from "../domain/monitoring/fold-samples.ts";
import { keepFolded, loadWatched } from "./keep-states.ts";
import type { Setting } from "./setting.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

/** What is asked, and how often. */
export type AskedCheck = Check & { intervalSeconds: number };

/**
 * What changes without a sample: who was silent for long is unknown, what flapped calms down, somebody is reminded, what was not
 * certain is.
 *
 * @returns all checks that are to be asked from now on
 */
export async function lookAround(tx: Tx, setting: Setting): Promise<AskedCheck[]> {
  await lockStates(tx);
  const all = await loadWatched(tx, setting);
  const watched = await all.load(all.watchedIds);
  await keepFolded(
    tx,
    watched,
    watched.map((each) => foldSilence(each, setting.now)),
  );
  await tellOfOutages(tx, setting);
  const intervals = new Map(watched.map(({ targetId, policy }) => [targetId, policy.intervalSeconds]));
  return (await listChecks(tx)).flatMap((check) => {
    const intervalSeconds = intervals.get(check.targetId);
    return intervalSeconds === undefined ? [] : [{ ...check, intervalSeconds }];
  });
}
