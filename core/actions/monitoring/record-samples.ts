import { listChecks } from "../../db/monitoring/monitor-checks.ts";
import { markDue } from "../../db/monitoring/monitor-rollups.ts";
import { insertSamples, lockStates } from "../../db/monitoring/monitor-samples.ts";
import type { Tx } from "../../db/tables.ts";
import type { Check } from "../../domain/monitoring/check.ts";
import { foldSamples } from "../../domain/monitoring/fold-samples.ts";
import { beginningOf, periods } from "../../domain/monitoring/rollup.ts";
import { asNotAsked, isMiss, type Sample } from "../../domain/monitoring/sample.ts";
import { ancestorsOf } from "../../domain/monitoring/tree.ts";
import type { Setting } from "../setting.ts";
import { keepFolded, loadWatched } from "./keep-states.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

/** A check that is asked beside its turns; 0: at once. */
export type Recheck = { checkId: number; inSeconds: number };

export type Recorded = { samples: readonly Sample[]; uplink: "up" | "down" | "unknown" };

/** A stamp may be ahead of the clock by so much, and no older than what waits for a database that is away. */
const aheadMs = 5_000;
const behindMs = 48 * 3_600_000;

/**
 * Keeps what was found, and what it says: states of checks and targets, outages, and who is told. What is watched no more, or
 * paused meanwhile, says nothing. A miss while the uplink was down is judged, but kept as nobody's loss.
 *
 * @returns which checks are to be asked soon, beside their turns
 */
export async function recordSamples(tx: Tx, setting: Setting, { samples, uplink }: Recorded): Promise<Recheck[]> {
  await lockStates(tx);
  const { now } = setting;
  const checks = await listChecks(tx);
  const targetOf = new Map(checks.map(({ id, targetId }) => [id, targetId]));
  const all = await loadWatched(tx, setting);
  const usable = samples.filter(({ checkId, at }) => all.isWatched(targetOf.get(checkId)) && isOfNow(at, now));
  await insertSamples(tx, uplink === "down" ? usable.map((each) => (isMiss(each) ? asNotAsked(each) : each)) : usable);
  await markDue(tx, periodsOf(usable, setting.rules.zone));

  const byTarget = Map.groupBy(usable, ({ checkId }) => targetOf.get(checkId) ?? 0);
  const watched = await all.load([...byTarget.keys()]);
  const folded = watched.map((each) => foldSamples(each, byTarget.get(each.targetId) ?? [], { uplink, now }));
  await keepFolded(tx, watched, folded);
  if (folded.some(({ changes }) => changes.length > 0)) await tellOfOutages(tx, setting);

  const suspected = folded.filter(({ asksAncestors }) => asksAncestors).map(({ targetId }) => targetId);
  const above = new Set(suspected.flatMap((id) => ancestorsOf(id, all.tree)));
  return [...folded.flatMap(({ rechecks }) => rechecks), ...atOnce(checks, above)];
}

function atOnce(checks: readonly Check[], targetIds: ReadonlySet<number>): Recheck[] {
  return checks.filter(({ targetId }) => targetIds.has(targetId)).map(({ id }) => ({ checkId: id, inSeconds: 0 }));
}

/** A clock that jumped far makes no partitions of other years. */
function isOfNow(at: Date, now: Date): boolean {
  const behind = now.getTime() - at.getTime();
  return behind > -aheadMs && behind < behindMs;
}

function periodsOf(samples: readonly Sample[], zone: string) {
  return periods.flatMap((period) => {
    const begins = new Set(samples.map(({ at }) => beginningOf(period, at, zone).getTime()));
    return [...begins].map((begin) => ({ period, beginsAt: new Date(begin) }));
  });
}
