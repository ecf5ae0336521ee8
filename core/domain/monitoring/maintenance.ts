import type { Span } from "./spans.ts";
import type { Target } from "./target.ts";
import { ancestorsOf, type Tree } from "./tree.ts";

/** Those that are in maintenance: of a window themselves, or behind one that is. @param ids of targets with a window now */
export function inMaintenance(ids: ReadonlySet<Target["id"]>, tree: Tree): Set<Target["id"]> {
  const all = [...tree.keys()];
  return new Set(all.filter((id) => ids.has(id) || ancestorsOf(id, tree).some((each) => ids.has(each))));
}

/** When a target was in maintenance, by windows of itself and of what it lies behind. */
export function maintenanceOf(
  targetId: Target["id"],
  tree: Tree,
  windows: readonly { targetId: Target["id"]; beginsAt: Date; endsAt: Date }[],
): Span[] {
  const concerned = new Set([targetId, ...ancestorsOf(targetId, tree)]);
  return windows
    .filter((window) => concerned.has(window.targetId))
    .map(({ beginsAt, endsAt }) => ({ from: beginsAt, until: endsAt }));
}
