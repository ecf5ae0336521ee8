import { listWindowsAt } from "../../core/db/maintenance-windows.ts";
import { type ListedTarget, listNamedTargets } from "../../core/db/monitor-lists.ts";
import { listSeen } from "../../core/db/monitor-states.ts";
import type { Db } from "../../core/db/tables.ts";
import { inMaintenance } from "../../core/domain/monitoring/maintenance.ts";
import { type Cause, causesOf, type Seen } from "../../core/domain/monitoring/root-cause.ts";
import { seesAllTargets } from "../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../core/domain/people/person.ts";

/** How a target is, as people see it. */
export type PresentTarget = ListedTarget & {
  seen: Seen & { flapping: { isFlapping: boolean } };
  /** where it is down */
  cause: Cause | undefined;
  isInMaintenance: boolean;
};

/** What this person may see, by names, and what is the cause of what. @property all of whoever's, by ids */
export type Present = { mine: PresentTarget[]; all: ReadonlyMap<number, PresentTarget> };

export async function findPresent(db: Db, viewer: Person, now: Date): Promise<Present> {
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
  const isMine = ({ officeId }: PresentTarget) =>
    seesAllTargets(viewer) || officeId === null || officeId === viewer.officeId;
  return { mine: present.filter(isMine), all: new Map(present.map((each) => [each.id, each])) };
}

/** Those that are down by this one. */
export function behindOf({ all }: Present, rootId: number): PresentTarget[] {
  return [...all.values()].filter(({ cause }) => cause?.kind === "behind" && cause.rootId === rootId);
}
