import type { CheckSettings } from "./check.ts";
import type { CheckState } from "./check-state.ts";
import type { Policy } from "./policy.ts";
import type { Seen } from "./root-cause.ts";
import type { Sample } from "./sample.ts";
import type { Target } from "./target.ts";

type Heartbeat = Pick<Extract<CheckSettings, { kind: "heartbeat" }>, "everySeconds" | "graceSeconds">;

/** So long may pass between two beats. */
export function patienceSeconds({ everySeconds, graceSeconds }: Heartbeat): number {
  return everySeconds + graceSeconds;
}

/** Somebody called. */
export function beatAt(checkId: number, at: Date): Sample {
  return { ...{ checkId, at, isOk: true, sent: 1, received: 1, problem: null }, ...noTrip };
}

/**
 * The miss of a beat that did not come in time, and, until it is certain or a beat comes, the misses after it. Before the first beat none is awaited.
 *
 * @param since from when on beats could be heard, e.g. the start of the monitor, or the end of a cut of its own
 */
export function missedBeat(
  checkId: number,
  beat: Heartbeat,
  { state, answeredAt, missedAt }: Pick<CheckState, "state" | "answeredAt" | "missedAt">,
  { since, now, recheckSeconds }: { since: Date; now: Date } & Pick<Policy, "recheckSeconds">,
): Sample | undefined {
  if (answeredAt === null) return undefined;
  const heardAt = Math.max(answeredAt.getTime(), since.getTime());
  if (now.getTime() <= heardAt + patienceSeconds(beat) * 1_000) return undefined;
  const againSeconds = state === "down" ? beat.everySeconds : recheckSeconds;
  const isAgain = missedAt !== null && missedAt > answeredAt;
  if (isAgain && now.getTime() < missedAt.getTime() + againSeconds * 1_000) return undefined;
  return { ...{ checkId, at: now, isOk: false, sent: 1, received: 0, problem: "no-heartbeat" }, ...noTrip };
}

/** Since when a target is as it is. A job that gives no word gives none since the last one, which is before it was awaited. */
export function sinceOf(
  { kind }: Pick<Target, "kind">,
  seen: Pick<Seen, "state" | "since" | "answeredAt">,
): Date | null {
  return kind === "job" && seen.state === "down" ? (seen.answeredAt ?? seen.since) : seen.since;
}

const noTrip = { minUs: null, avgUs: null, maxUs: null, jitterUs: null };
