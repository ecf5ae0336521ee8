import { type CheckState, type Circumstances, judge, lapse, neverAsked } from "./check-state.ts";
import type { Policy } from "./policy.ts";
import type { Sample } from "./sample.ts";
import type { Change } from "./state.ts";
import type { Target } from "./target.ts";
import { judgeTarget, type TargetState } from "./target-state.ts";

/** A target with all its checks, as they are known before samples come. */
export type Watched = {
  targetId: Target["id"];
  policy: Policy;
  state: TargetState;
  /** by their ids */
  checks: ReadonlyMap<number, CheckState>;
  /** of those whose samples come at an interval of their own, in seconds, by their ids; absent: all by that of the policy */
  ownIntervals?: ReadonlyMap<number, number>;
};

/** What samples, or that none came, made of a target. */
export type Folded = Pick<Watched, "targetId" | "state" | "checks"> & {
  /** of the target, in order */
  changes: Change[];
  /** checks to be asked beside their turns, with the seconds until then */
  rechecks: { checkId: number; inSeconds: number }[];
  /** what it lies behind is asked at once */
  asksAncestors: boolean;
};

/** One target after its samples, in their order. An outage that began and ended among them is seen. */
export function foldSamples(watched: Watched, samples: readonly Sample[], circumstances: Circumstances): Folded {
  const { policy } = watched;
  const folded = begin(watched);
  for (const sample of samples.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    const { checkId, at } = sample;
    const judged = judge(folded.checks.get(checkId) ?? neverAsked, sample, policyOf(watched, checkId), circumstances);
    folded.checks.set(checkId, judged.state);
    folded.asksAncestors ||= judged.asksAncestors === true;
    folded.rechecks = folded.rechecks.filter((each) => each.checkId !== checkId);
    if (judged.recheckInSeconds !== undefined) folded.rechecks.push({ checkId, inSeconds: judged.recheckInSeconds });
    if (judged.dropped === undefined) judgeAgain(folded, { at, now: circumstances.now }, policy);
  }
  return folded;
}

/** What nobody has heard of for long is unknown, and what flapped calms down. */
export function foldSilence(watched: Watched, now: Date): Folded {
  const folded = begin(watched);
  for (const [checkId, state] of watched.checks) {
    folded.checks.set(checkId, lapse(state, policyOf(watched, checkId), now).state);
  }
  judgeAgain(folded, { at: now, now }, watched.policy);
  return folded;
}

/** What comes by itself is no chance answer, and its next one may be a day away: one is enough. */
function policyOf({ policy, ownIntervals }: Watched, checkId: number): Policy {
  const intervalSeconds = ownIntervals?.get(checkId);
  return intervalSeconds === undefined ? policy : { ...policy, intervalSeconds, successesUntilUp: 1 };
}

type Folding = Folded & { checks: Map<number, CheckState> };

function begin({ targetId, state, checks }: Watched): Folding {
  return { targetId, state, checks: new Map(checks), changes: [], rechecks: [], asksAncestors: false };
}

function judgeAgain(folded: Folding, instants: { at: Date; now: Date }, policy: Policy): void {
  const { state, change } = judgeTarget(folded.state, [...folded.checks.values()], instants, policy);
  folded.state = state;
  if (change !== undefined) folded.changes.push(change);
}
