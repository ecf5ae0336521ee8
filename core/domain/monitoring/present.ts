import type { Flapping } from "./flapping.ts";
import type { Cause, Seen } from "./root-cause.ts";
import type { State } from "./state.ts";
import { ancestorsOf } from "./tree.ts";

/** How a target is now. */
export type Presented = {
  seen: Seen & { flapping: Flapping };
  /** where it is down */
  cause: Cause | undefined;
  /** itself, or what it lies behind */
  isInMaintenance: boolean;
};

/** As lists and pictures show it: what is not well in maintenance is so on purpose. */
export type ShownState = State | "paused" | "maintenance";

export function shownStateOf({ seen, isInMaintenance }: Pick<Presented, "seen" | "isInMaintenance">): ShownState {
  if (seen.isPaused) return "paused";
  return isInMaintenance && seen.state !== "up" ? "maintenance" : seen.state;
}

/** @property all of whoever's, by ids */
export type Present<Each extends Presented = Presented> = { all: ReadonlyMap<number, Each> };

/** Those that are down by this one. */
export function behindOf<Each extends Presented>({ all }: Present<Each>, rootId: number): Each[] {
  return [...all.values()].filter(({ cause }) => cause?.kind === "behind" && cause.rootId === rootId);
}

/** Down by nothing but itself, and neither on purpose nor in turns. */
export function isPlainlyDown({ seen, cause, isInMaintenance }: Presented): boolean {
  return cause?.kind === "own" && !isInMaintenance && !seen.flapping.isFlapping;
}

/**
 * Whether that is so, and what it lies behind has been back by then, or never left: what went down with its trunk may only be a
 * little slower than that.
 */
export function isPlainlyDownSince<Each extends Presented>(
  { all }: Present<Each>,
  targetId: number,
  by: Date,
): boolean {
  const target = all.get(targetId);
  if (target === undefined || !isPlainlyDown(target)) return false;
  const tree = new Map([...all].map(([id, { seen }]) => [id, seen]));
  return ancestorsOf(targetId, tree).every((id) => (tree.get(id)?.reachedSince ?? by) <= by);
}
