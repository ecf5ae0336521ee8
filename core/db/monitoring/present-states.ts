import { inMaintenance } from "../../domain/monitoring/maintenance.ts";
import type { Presented, Present as PresentOf } from "../../domain/monitoring/present.ts";
import { causesOf } from "../../domain/monitoring/root-cause.ts";
import { maySeeTarget } from "../../domain/monitoring/target-access.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Db } from "../tables.ts";
import { listWindowsAt } from "./maintenance-windows.ts";
import { type ListedTarget, listNamedTargets } from "./monitor-lists.ts";
import { listSeen } from "./monitor-states.ts";

/** How a target is, as people see it. */
export type PresentTarget = ListedTarget & Presented;

/** What this person may see, by names, and what is the cause of what. @property all of whoever's, by ids */
export type Present = PresentOf<PresentTarget> & { mine: PresentTarget[] };

export async function findPresent(db: Db, viewer: Person, now: Date): Promise<Present> {
  const all = await findAllPresent(db, now);
  return { mine: [...all.values()].filter((target) => maySeeTarget(viewer, target)), all };
}

/** Whatever is watched or paused, by ids, in the order of the names. */
export async function findAllPresent(db: Db, now: Date): Promise<ReadonlyMap<number, PresentTarget>> {
  const seen = await listSeen(db);
  const tree = new Map(seen.map((each) => [each.id, each]));
  const causes = causesOf(seen, now);
  const windows = new Set((await listWindowsAt(db, now)).map(({ targetId }) => targetId));
  const silent = inMaintenance(windows, tree);
  const named = await listNamedTargets(db);
  const present = named.flatMap((target): PresentTarget[] => {
    const state = tree.get(target.id);
    if (state === undefined) return [];
    return [{ ...target, seen: state, cause: causes.get(target.id), isInMaintenance: silent.has(target.id) }];
  });
  return new Map(present.map((each) => [each.id, each]));
}
