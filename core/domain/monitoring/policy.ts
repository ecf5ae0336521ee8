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

/** A figure where the target says nothing itself. @property fromId whose it is; null: the profile's */
export type Inherited = { value: number; fromId: number | null };

/**
 * What a target would inherit behind that parent, by figure.
 *
 * @param parentId null: it lies behind nothing
 */
export function inheritedBehind(
  parentId: number | null,
  tree: Tree,
  said: ReadonlyMap<number, Partial<Policy>>,
  profile: Policy,
): Record<keyof Policy, Inherited> {
  const nearestFirst = parentId === null ? [] : [parentId, ...ancestorsOf(parentId, tree)];
  const inherit = (key: keyof Policy): Inherited => {
    const fromId = nearestFirst.find((id) => said.get(id)?.[key] !== undefined);
    const value = fromId === undefined ? undefined : said.get(fromId)?.[key];
    return { value: value ?? profile[key], fromId: fromId ?? null };
  };
  const keys = Object.keys(profile) as (keyof Policy)[];
  return Object.fromEntries(keys.map((key) => [key, inherit(key)])) as Record<keyof Policy, Inherited>;
}
