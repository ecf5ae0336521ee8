import { minuteInMilliseconds } from "../durations.ts";
import type { Policy } from "./policy.ts";
import { type Change, isReached } from "./state.ts";

export type Flapping = {
  isFlapping: boolean;
  /** of the window: when it went down or came back */
  flips: readonly Date[];
};

export const notFlapping: Flapping = { isFlapping: false, flips: [] };

/**
 * Begins with `flapChanges` flips within the window, and ends when less than half of that are left in it, so that it
 * does not flap itself. To be asked from time to time without a change, too.
 *
 * @param at of what is judged, which may come late: then the window ends with the latest flip
 * @param now a flip after that is the fault of a clock that went back
 */
export function nextFlapping(
  former: Flapping,
  changes: readonly Change[],
  { at, now }: { at: Date; now: Date },
  { flapChanges, flapWindowMinutes }: Pick<Policy, "flapChanges" | "flapWindowMinutes">,
): Flapping {
  const flipped = changes.filter(isFlip).map((change) => change.confirmedAt);
  const known = [...former.flips, ...flipped].filter((flip) => flip <= at || flip <= now);
  const until = Math.max(at.getTime(), ...known.map((flip) => flip.getTime()));
  const from = until - flapWindowMinutes * minuteInMilliseconds;
  const flips = known.filter((flip) => flip.getTime() > from);
  const isFlapping = former.isFlapping ? flips.length >= flapChanges / 2 : flips.length >= flapChanges;
  return { isFlapping, flips };
}

/** When what flaps has calmed down, should it not flip any more. @param flips in order */
export function calmAt(
  flips: readonly Date[],
  { flapChanges, flapWindowMinutes }: Pick<Policy, "flapChanges" | "flapWindowMinutes">,
): Date | undefined {
  const leaves = flips.at(-Math.ceil(flapChanges / 2));
  return leaves && new Date(leaves.getTime() + flapWindowMinutes * minuteInMilliseconds);
}

/** Over unknown nothing flips, neither down nor back: nobody saw it. */
function isFlip({ from, to }: Change): boolean {
  return from !== "unknown" && to !== "unknown" && isReached(from) !== isReached(to);
}
