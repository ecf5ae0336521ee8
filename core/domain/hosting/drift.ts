/** Something on a host is not as it was built. Not when: only between which two looks. */
export type Drift = {
  kind: "container" | "network" | "volume" | "other";
  /** of the resource in its stack: "web-a" */
  name: string;
  property: string;
  /** as text; undefined: it was not there, is not there, or is not to be shown */
  from?: string;
  to?: string;
};

/** Values of these may hold secrets; that they differ is said, and no more. */
const notShown = new Set(["envs", "environment"]);

/** Sorted, each once, and without what is not to be shown. */
export function tidyDrift(found: readonly Drift[]): Drift[] {
  const byKey = new Map<string, Drift>();
  for (const each of found) {
    const key = `${each.kind} ${each.name} ${each.property}`;
    if (byKey.has(key)) continue;
    const { kind, name, property } = each;
    byKey.set(key, notShown.has(property) ? { kind, name, property } : each);
  }
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, drift]) => drift);
}

/** What of two looks is new, and what of the former one is gone. The same property with another value is both. */
export function compareLooks<Former extends Drift>(
  former: readonly Former[],
  present: readonly Drift[],
): { found: Drift[]; gone: Former[] } {
  const keyOf = ({ kind, name, property, from, to }: Drift) => JSON.stringify([kind, name, property, from, to]);
  const [before, now] = [new Set(former.map(keyOf)), new Set(present.map(keyOf))];
  return {
    found: present.filter((drift) => !before.has(keyOf(drift))),
    gone: former.filter((drift) => !now.has(keyOf(drift))),
  };
}
