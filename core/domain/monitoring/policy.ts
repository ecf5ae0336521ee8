import type { Target } from "./target.ts";
import { ancestorsOf, type Tree } from "./tree.ts";

/** How a target is judged. */
export type Policy = {
  intervalSeconds: number;
  /** in a row; the same of the successes */
  missesUntilDown: number;
  successesUntilUp: number;
  /** from a miss to the next question, while it is not certain */
  recheckSeconds: number;
  /** a sample with so much loss or latency is a bad one */
  degradedLossPercent: number;
  degradedLatencyMs: number;
  /** of so many samples most are bad */
  degradedSamples: number;
  /** so many times down or up within the window */
  flapChanges: number;
  flapWindowMinutes: number;
  /** of availability in a month, as agreed with who provides it (R35) */
  agreedPercent: number;
};

/** source: office practice */
export const usualPolicy: Policy = {
  intervalSeconds: 30,
  missesUntilDown: 2,
  successesUntilUp: 2,
  recheckSeconds: 3,
  degradedLossPercent: 20,
  degradedLatencyMs: 300,
  degradedSamples: 5,
  flapChanges: 6,
  flapWindowMinutes: 30,
  agreedPercent: 99,
};

/**
 * Each figure as the target itself says, else the nearest of its ancestors, else the profile.
 *
 * @param said by target; what is left out is inherited
 */
export function policyOf(
  targetId: Target["id"],
  tree: Tree,
  said: ReadonlyMap<number, Partial<Policy>>,
  profile: Policy,
): Policy {
  const nearestLast = [targetId, ...ancestorsOf(targetId, tree)].reverse();
  return Object.assign({}, profile, ...nearestLast.map((id) => said.get(id)));
}
