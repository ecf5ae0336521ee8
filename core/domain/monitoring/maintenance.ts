import type { Target } from "./target.ts";
import { ancestorsOf, type Tree } from "./tree.ts";

/** Those that are in maintenance: of a window themselves, or behind one that is. @param ids of targets with a window now */
export function inMaintenance(ids: ReadonlySet<Target["id"]>, tree: Tree): Set<Target["id"]> {
  const all = [...tree.keys()];
  return new Set(all.filter((id) => ids.has(id) || ancestorsOf(id, tree).some((each) => ids.has(each))));
}
