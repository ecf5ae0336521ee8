import { listOutagesIn } from "../../core/db/monitoring/outages.ts";
import type { Db } from "../../core/db/tables.ts";
import { nextOutage, type Outage } from "../../core/domain/monitoring/outage.ts";
import type { Change } from "../../core/domain/monitoring/state.ts";

/** All of them, in order. @param changes of one target, in order */
export function outagesOf(targetId: number, changes: readonly Change[]): Outage[] {
  const outages: Outage[] = [];
  let open: Outage | undefined;
  for (const change of changes) {
    const next = nextOutage(targetId, open, change);
    if (next !== undefined && next.endedAt !== null) outages.push(next);
    open = next?.endedAt === null ? next : undefined;
  }
  return open === undefined ? outages : [...outages, open];
}

/** Of a target, the last ones first. */
export async function listOutagesOf(db: Db, targetId: number, limit: number) {
  const ever = { from: new Date(0), until: new Date("9999-01-01T00:00:00Z") };
  return (await listOutagesIn(db, [targetId], ever)).toReversed().slice(0, limit);
}
