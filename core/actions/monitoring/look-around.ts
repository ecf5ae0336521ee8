import { listHeartbeats } from "../../db/monitoring/heartbeats.ts";
import { type MonitorSelf, markLook } from "../../db/monitoring/last-look.ts";
import { listChecks } from "../../db/monitoring/monitor-checks.ts";
import { lockStates } from "../../db/monitoring/monitor-samples.ts";
import type { Tx } from "../../db/tables.ts";
import type { Check } from "../../domain/monitoring/check.ts";
import { foldSilence } from "../../domain/monitoring/fold-samples.ts";
import { missedBeat } from "../../domain/monitoring/heartbeat.ts";
import type { Setting } from "../setting.ts";
import { keepFolded, loadWatched } from "./keep-states.ts";
import { recordSamples } from "./record-samples.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

/** What is asked, and how often. */
export type AskedCheck = Check & { intervalSeconds: number };

/**
 * What changes without a sample: who was silent for long is unknown, a heartbeat that did not come is missed, what flapped calms
 * down, somebody is reminded, what was not certain is.
 *
 * @param look.since from when on the monitor looks, and beats reach it
 * @param look.self what it knows of itself, which is kept for who looks after it
 * @returns all checks that are to be asked from now on
 */
export async function lookAround(
  tx: Tx,
  setting: Setting,
  { since, self }: { since: Date; self?: MonitorSelf },
): Promise<AskedCheck[]> {
  await lockStates(tx);
  await markLook(tx, setting.now, self);
  await missBeats(tx, setting, since);
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

async function missBeats(tx: Tx, setting: Setting, since: Date): Promise<void> {
  const beats = await listHeartbeats(tx);
  if (beats.size === 0) return;
  const all = await loadWatched(tx, setting);
  const samples = (await all.load(all.watchedIds)).flatMap(({ checks, policy }) =>
    [...checks].flatMap(([checkId, state]) => {
      const beat = beats.get(checkId);
      return (beat && missedBeat(checkId, beat, state, { ...policy, since, now: setting.now })) ?? [];
    }),
  );
  if (samples.length > 0) await recordSamples(tx, setting, { samples, uplink: "unknown" });
}
