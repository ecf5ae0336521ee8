import { type CheckState, judge, lapse, neverAsked } from "../../core/domain/monitoring/check-state.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import type { Change } from "../../core/domain/monitoring/state.ts";

const start = Date.UTC(2026, 10, 1);

/** Seconds after the beginning of the tests' time. */
export const at = (seconds: number) => new Date(start + seconds * 1_000);

export const answer = (seconds: number, than: Partial<Sample> = {}): Sample => ({
  checkId: 1,
  at: at(seconds),
  isOk: true,
  sent: 5,
  received: 5,
  minUs: 900,
  avgUs: 1_000,
  maxUs: 1_100,
  jitterUs: 50,
  problem: null,
  ...than,
});

export const miss = (seconds: number): Sample =>
  answer(seconds, {
    isOk: false,
    received: 0,
    minUs: null,
    avgUs: null,
    maxUs: null,
    jitterUs: null,
    problem: "no-answer",
  });

export type Told = { sample: Sample; uplink?: "up" | "down" };

/** What these samples change, in order, and until an instant. */
export function judgeAll(
  told: readonly Told[],
  policy = usualPolicy,
  until?: Date,
): { state: CheckState; changes: Change[] } {
  let state = neverAsked;
  const changes: Change[] = [];
  for (const { sample, uplink = "up" } of told) {
    const judged = judge(state, sample, policy, { uplink, now: sample.at });
    state = judged.state;
    changes.push(...judged.changes);
  }
  if (until === undefined) return { state, changes };
  const lapsed = lapse(state, policy, until);
  return { state: lapsed.state, changes: [...changes, ...lapsed.changes] };
}
