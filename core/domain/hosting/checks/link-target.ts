import { partsOf } from "../archive-entry.ts";

/** As many links as Linux follows in one path. */
const mostLinks = 40;

/**
 * Whether a symbolic link leads out of the archive, also by way of other links of it: "b -> a/.." leads to where `a` leads.
 *
 * @param links the targets of all symbolic links, by their paths
 */
export function leadsOut(path: string, links: ReadonlyMap<string, string>): boolean {
  const target = links.get(path);
  if (target === undefined) return false;
  if (target.startsWith("/")) return true;
  const ahead = [...partsOf(path).slice(0, -1), ...partsOf(target)];
  const at: string[] = [];
  for (let followed = 0; ahead.length > 0; ) {
    const part = ahead.shift() ?? "";
    if (part === "..") {
      if (at.pop() === undefined) return true;
      continue;
    }
    at.push(part);
    const next = links.get(at.join("/"));
    if (next === undefined) continue;
    followed += 1;
    if (next.startsWith("/") || followed > mostLinks) return true;
    at.pop();
    ahead.unshift(...partsOf(next));
  }
  return false;
}
