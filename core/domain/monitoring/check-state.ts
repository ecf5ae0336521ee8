import type { Policy } from "./policy.ts";
import type { Sample } from "./sample.ts";
import { type Change, isReached, type State } from "./state.ts";

/** What is known of one check. */
export type CheckState = {
  state: State;
  /** when it became so; null: never asked */
  since: Date | null;
  /** before it was unknown; null: never anything else */
  known: Exclude<State, "unknown"> | null;
  /** the last sample that said something */
  lastAt: Date | null;
  /** the last answer as wanted, and the last miss */
  answeredAt: Date | null;
  missedAt: Date | null;
  /** in a row; of the misses and the successes one is 0 */
  misses: number;
  successes: number;
  /** the first of that row */
  rowSince: Date | null;
  /** of the last `degradedSamples`, since it was up: was it a bad one? */
  recent: readonly boolean[];
};

export const neverAsked: CheckState = {
  state: "unknown",
  since: null,
  known: null,
  lastAt: null,
  answeredAt: null,
  missedAt: null,
  misses: 0,
  successes: 0,
  rowSince: null,
  recent: [],
};

export type Judged = {
  state: CheckState;
  /** in order; two where it was unknown in between */
  changes: Change[];
  /** the sample said nothing */
  dropped?: "nobody-asked" | "older" | "from-the-future";
  /** it is not certain yet */
  recheckInSeconds?: number;
  /** the first miss: what it lies behind is asked at once */
  asksAncestors?: boolean;
};

export type Circumstances = {
  /** "unknown" counts as up: the profile names no address for it */
  uplink: "up" | "down" | "unknown";
  now: Date;
};

/** So many intervals without a sample, and nobody knows. */
const silentIntervals = 3;
/** So much a stamp may be ahead of the clock. source: office practice */
const aheadMs = 5_000;

/**
 * What a sample changes.
 *
 * - Down after `missesUntilDown` misses in a row, since the first of them; up after `successesUntilUp`, since the first.
 *   What was not down before is up with one.
 * - A miss while the uplink is down makes it unknown, since the first miss of the row: that one may have been the uplink's, too.
 * - Degraded while most of the last `degradedSamples` are bad, until less than a quarter of them is; not judged in a row of misses.
 * - Stamps before the last one are dropped, unless that one lies in the future: then the clock was ahead, and it begins anew.
 */
export function judge(former: CheckState, sample: Sample, policy: Policy, { uplink, now }: Circumstances): Judged {
  if (!sample.isOk && sample.sent === 0) return { state: former, changes: [], dropped: "nobody-asked" };
  if (sample.at.getTime() > now.getTime() + aheadMs) return { state: former, changes: [], dropped: "from-the-future" };
  const set = isAhead(former, now) ? begunAnew(former, sample.at) : former;
  if (set.lastAt !== null && sample.at <= set.lastAt) return { state: former, changes: [], dropped: "older" };

  const { state: before, changes } = lapse(set, policy, sample.at);
  const judged = sample.isOk
    ? judgeSuccess(before, sample, policy)
    : judgeMiss(before, sample, policy, uplink === "down");
  return { ...judged, changes: [...changes, ...judged.changes] };
}

/** Unknown where no sample came for three intervals, since the interval after the last one. */
export function lapse(
  former: CheckState,
  { intervalSeconds }: Pick<Policy, "intervalSeconds">,
  at: Date,
): Pick<Judged, "state" | "changes"> {
  const { lastAt } = former;
  const intervalMs = intervalSeconds * 1_000;
  if (lastAt === null || at.getTime() - lastAt.getTime() <= silentIntervals * intervalMs) {
    return { state: former, changes: [] };
  }
  // The very same, so that it is not stored again.
  if (former.state === "unknown" && former.rowSince === null && former.recent.length === 0)
    return { state: former, changes: [] };
  const begun = { ...former, misses: 0, successes: 0, rowSince: null, recent: [] };
  return become(begun, "unknown", new Date(lastAt.getTime() + intervalMs), at);
}

function judgeMiss(former: CheckState, { at }: Sample, policy: Policy, isUplinkDown: boolean): Judged {
  const isFirst = former.misses === 0;
  const rowSince = isFirst ? at : (former.rowSince ?? at);
  const row = { ...former, lastAt: at, missedAt: at, misses: former.misses + 1, successes: 0, rowSince };
  if (isUplinkDown) {
    const since = former.state === "down" ? at : rowSince;
    return become({ ...row, misses: 0, rowSince: null, recent: [] }, "unknown", since, at);
  }

  const missed = { ...row, recent: recentWith(former, true, policy) };
  if (former.state === "down") return { state: missed, changes: [] };
  if (missed.misses >= policy.missesUntilDown) {
    const down = become({ ...missed, recent: [] }, "down", rowSince, at);
    return isFirst ? { ...down, asksAncestors: true } : down;
  }
  return { state: missed, changes: [], recheckInSeconds: policy.recheckSeconds, asksAncestors: isFirst };
}

function judgeSuccess(former: CheckState, sample: Sample, policy: Policy): Judged {
  const { at } = sample;
  const rowSince = former.successes === 0 ? at : (former.rowSince ?? at);
  const recent = recentWith(former, isBad(sample, policy), policy);
  const row = { ...former, lastAt: at, answeredAt: at, misses: 0, successes: former.successes + 1, rowSince, recent };
  if (isReached(former.state)) return become(row, degradedOrUp(former.state, recent, policy), at, at);
  const needed = former.known === "down" ? policy.successesUntilUp : 1;
  if (row.successes >= needed) return become({ ...row, recent: [] }, "up", rowSince, at);
  return { state: row, changes: [], recheckInSeconds: policy.recheckSeconds };
}

function degradedOrUp(former: State, recent: readonly boolean[], { degradedSamples }: Policy): State {
  const bad = recent.filter((isBad) => isBad).length;
  if (former === "degraded") return bad < degradedSamples / 4 ? "up" : "degraded";
  return bad > degradedSamples / 2 ? "degraded" : "up";
}

function isBad({ sent, received, avgUs }: Sample, { degradedLossPercent, degradedLatencyMs }: Policy): boolean {
  const lossPercent = sent === 0 ? 0 : (100 * (sent - received)) / sent;
  return (lossPercent > 0 && lossPercent >= degradedLossPercent) || (avgUs ?? 0) >= degradedLatencyMs * 1_000;
}

function recentWith({ recent }: CheckState, isBad: boolean, { degradedSamples }: Policy): boolean[] {
  return [...recent, isBad].slice(-degradedSamples);
}

function become(former: CheckState, to: State, at: Date, confirmedAt: Date): Pick<Judged, "state" | "changes"> {
  if (former.state === to) return { state: { ...former, since: former.since ?? at }, changes: [] };
  const known = to === "unknown" ? former.known : to;
  return { state: { ...former, state: to, since: at, known }, changes: [{ from: former.state, to, at, confirmedAt }] };
}

function isAhead({ lastAt }: CheckState, now: Date): boolean {
  return lastAt !== null && lastAt.getTime() > now.getTime() + aheadMs;
}

/** Its state is kept, what it was counted from is not. */
function begunAnew(former: CheckState, at: Date): CheckState {
  const since = former.since === null || former.since > at ? at : former.since;
  return { ...neverAsked, state: former.state, known: former.known, since };
}
