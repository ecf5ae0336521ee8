import type { CheckState } from "./check-state.ts";
import { type Flapping, nextFlapping, notFlapping } from "./flapping.ts";
import type { Policy } from "./policy.ts";
import { type Change, isReached, type State } from "./state.ts";

/** What is known of one target. */
export type TargetState = {
  state: State;
  /** null: never asked */
  since: Date | null;
  confirmedAt: Date | null;
  /** up or degraded, in turns too, without a break; null: it is neither */
  reachedSince: Date | null;
  /** a check of it missed, and it is not certain yet what that means */
  isSuspected: boolean;
  answeredAt: Date | null;
  missedAt: Date | null;
  flapping: Flapping;
};

export const neverSeen: TargetState = {
  state: "unknown",
  since: null,
  confirmedAt: null,
  reachedSince: null,
  isSuspected: false,
  answeredAt: null,
  missedAt: null,
  flapping: notFlapping,
};

/**
 * Down while one of its checks is, else degraded while one is, else up while one is. So a check that cannot be asked,
 * e.g. without fping, takes nothing from the others.
 *
 * @param checks all of the target
 * @param instants.at of what changed in them, which may come late; or now
 */
export function judgeTarget(
  former: TargetState,
  checks: readonly CheckState[],
  instants: { at: Date; now: Date },
  policy: Policy,
): { state: TargetState; change?: Change } {
  const state = worstOf(checks);
  const change = state === former.state ? undefined : changeTo(state, former, checks, instants);
  const changes = change === undefined ? [] : [change];
  const next: TargetState = {
    state,
    since: change?.at ?? former.since,
    confirmedAt: change?.confirmedAt ?? former.confirmedAt,
    reachedSince: isReached(state) ? (former.reachedSince ?? change?.at ?? instants.at) : null,
    isSuspected: checks.some((check) => check.misses > 0 && check.state !== "down"),
    answeredAt: latest(checks.map(({ answeredAt }) => answeredAt)),
    missedAt: latest(checks.map(({ missedAt }) => missedAt)),
    flapping: nextFlapping(former.flapping, changes, instants, policy),
  };
  return change === undefined ? { state: next } : { state: next, change };
}

function worstOf(checks: readonly CheckState[]): State {
  const order = ["down", "degraded", "up"] as const;
  return order.find((state) => checks.some((check) => check.state === state)) ?? "unknown";
}

/**
 * Down since the first of its checks is, anything else since the last of those changed that say anything. Where none of these
 * changed since the former change, e.g. the check that was down is silent or gone, only now.
 */
function changeTo(
  to: State,
  former: TargetState,
  checks: readonly CheckState[],
  { at, now }: { at: Date; now: Date },
): Change {
  const of = checks.filter(({ state }) => (to === "down" ? state === "down" : to === "unknown" || state !== "unknown"));
  const instants = of.flatMap(({ since }) => (since === null ? [] : [since.getTime()]));
  const happened = to === "down" ? Math.min(...instants) : Math.max(...instants);
  // Never before the former change, unless the clock went back meanwhile.
  const isClockBack = former.since !== null && former.since > at && former.since > now;
  const earliest = former.since === null || isClockBack ? Number.NEGATIVE_INFINITY : former.since.getTime();
  const confirmedAt = new Date(Math.max(at.getTime(), earliest));
  if (to === "down") return { from: former.state, to, at: new Date(Math.max(happened, earliest)), confirmedAt };
  return { from: former.state, to, at: happened > earliest ? new Date(happened) : confirmedAt, confirmedAt };
}

function latest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.flatMap((each) => (each === null ? [] : [each.getTime()]));
  return known.length === 0 ? null : new Date(Math.max(...known));
}
