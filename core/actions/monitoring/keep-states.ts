import { listHeartbeats } from "../../db/monitoring/heartbeats.ts";
import {
  insertChanges,
  listCheckStates,
  listTargetStates,
  saveCheckStates,
  saveTargetStates,
} from "../../db/monitoring/monitor-states.ts";
import { listTargets } from "../../db/monitoring/monitor-targets.ts";
import { endOutages, insertOutages, listOpenOutages } from "../../db/monitoring/outages.ts";
import type { Tx } from "../../db/tables.ts";
import type { Folded, Watched } from "../../domain/monitoring/fold-samples.ts";
import { patienceSeconds } from "../../domain/monitoring/heartbeat.ts";
import { nextOutage, type Outage } from "../../domain/monitoring/outage.ts";
import { policyOf } from "../../domain/monitoring/policy.ts";
import type { Change } from "../../domain/monitoring/state.ts";
import { neverSeen, type TargetState } from "../../domain/monitoring/target-state.ts";
import type { Setting } from "../setting.ts";

/** What is watched now, and a way to what is known of it. */
export async function loadWatched(tx: Tx, { rules }: Pick<Setting, "rules">) {
  const targets = await listTargets(tx);
  const tree = new Map(targets.map((target) => [target.id, target]));
  const said = new Map(targets.map(({ id, policy }) => [id, policy]));
  const states = await listTargetStates(tx);
  const watchedIds = targets.filter(({ isPaused }) => !isPaused).map(({ id }) => id);
  return {
    tree,
    watchedIds,
    isWatched: (targetId: number | undefined) => targetId !== undefined && tree.get(targetId)?.isPaused === false,
    async load(targetIds: readonly number[]): Promise<Watched[]> {
      const checks = await listCheckStates(tx, targetIds);
      const beats = [...(await listHeartbeats(tx))];
      const ownIntervals = new Map(beats.map(([checkId, beat]) => [checkId, patienceSeconds(beat)]));
      return targetIds.map((targetId) => ({
        targetId,
        policy: policyOf(targetId, tree, said, rules.monitoring.policy),
        state: { ...neverSeen, ...states.get(targetId) },
        checks: checks.get(targetId) ?? new Map(),
        ownIntervals,
      }));
    },
  };
}

/** Stores what is other than it was: states, changes, and the outages that they begin and end. */
export async function keepFolded(tx: Tx, before: readonly Watched[], folded: readonly Folded[]): Promise<void> {
  const former = new Map(before.map((each) => [each.targetId, each]));
  const checks = folded.flatMap((each) =>
    [...each.checks].filter(([id, state]) => state !== former.get(each.targetId)?.checks.get(id)),
  );
  await saveCheckStates(tx, new Map(checks));
  const targets = folded.filter((each) => isOther(each.state, former.get(each.targetId)?.state));
  await saveTargetStates(tx, new Map(targets.map(({ targetId, state }) => [targetId, state])));
  const changed = folded.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return;
  await insertChanges(
    tx,
    changed.flatMap(({ targetId, changes }) => changes.map((change) => ({ targetId, ...change }))),
  );
  const open = new Map((await listOpenOutages(tx)).map((outage) => [outage.targetId, outage]));
  const all = changed.map(({ targetId, changes }) => outagesAfter(targetId, changes, open.get(targetId)));
  await endOutages(
    tx,
    all.flatMap(({ ended }) => ended ?? []),
  );
  await insertOutages(
    tx,
    all.flatMap(({ begun }) => begun),
  );
}

/** @returns the one that lasted, where it ended, and those that began, of which the last may last */
function outagesAfter(
  targetId: number,
  changes: readonly Change[],
  standing: Outage | undefined,
): { ended: Ended | undefined; begun: Outage[] } {
  let ended: Ended | undefined;
  let open = standing;
  const begun: Outage[] = [];
  for (const change of changes) {
    const next = nextOutage(targetId, open, change);
    if (next === undefined || next === open) continue;
    if (open === undefined) begun.push(next);
    else if (open === standing && next.endedAt !== null) ended = { targetId, endedAt: next.endedAt };
    else begun[begun.length - 1] = next;
    open = next.endedAt === null ? next : undefined;
  }
  return { ended, begun };
}

type Ended = { targetId: number; endedAt: Date };

/** When it last answered or missed stands with its checks. */
function isOther(state: TargetState, former: TargetState | undefined): boolean {
  if (former === undefined || state.state !== former.state) return true;
  if (state.since?.getTime() !== former.since?.getTime()) return true;
  const [flips, formerFlips] = [state.flapping.flips, former.flapping.flips];
  return state.flapping.isFlapping !== former.flapping.isFlapping || flips.length !== formerFlips.length;
}
