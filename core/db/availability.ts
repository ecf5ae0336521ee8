import { availabilityOf, type Measured, unknownSpans } from "../domain/monitoring/availability.ts";
import type { MeasuredTarget } from "../domain/monitoring/availability-lists.ts";
import { maintenanceOf } from "../domain/monitoring/maintenance.ts";
import { type Policy, policyOf } from "../domain/monitoring/policy.ts";
import type { Span } from "../domain/monitoring/spans.ts";
import { listWindowsIn } from "./maintenance-windows.ts";
import { listChangesIn } from "./monitor-states.ts";
import { policyIn } from "./monitor-targets.ts";
import { listOutagesIn } from "./outages.ts";
import type { Db } from "./tables.ts";

/**
 * What was measured of all targets that were watched in a period, also of those that are gone now.
 *
 * @param period in the current month until now
 * @param policy of the profile
 */
export async function findAvailability(db: Db, period: Span, policy: Policy): Promise<MeasuredTarget[]> {
  const all = await listAllTargets(db);
  const tree = new Map(all.map((target) => [target.id, target]));
  const said = new Map(all.map((target) => [target.id, policyIn(target)]));
  const measured = await measure(db, period, all);
  return [...measured].map(([target, what]) => ({
    ...{ id: target.id, kind: target.kind, name: target.name, officeId: target.office_id },
    ...{ officeCode: target.officeCode, officeName: target.officeName },
    ...{ provider: target.provider, circuitNumber: target.circuit_number },
    agreedPercent: policyOf(target.id, tree, said, policy).agreedPercent,
    figures: availabilityOf(what),
  }));
}

/** Of one target: when it was watched, unknown, in maintenance, and down. undefined: it was not watched then */
export async function findMeasured(db: Db, targetId: number, period: Span): Promise<Measured | undefined> {
  const [measured] = await measure(db, period, await listAllTargets(db), targetId);
  return measured?.[1];
}

type AnyTarget = Awaited<ReturnType<typeof listAllTargets>>[number];

async function measure(
  db: Db,
  period: Span,
  all: readonly AnyTarget[],
  onlyId?: number,
): Promise<Map<AnyTarget, Measured>> {
  const tree = new Map(all.map((target) => [target.id, target]));
  const wanted = all.filter(
    ({ id, addedAt, removedAt }) =>
      (onlyId === undefined || id === onlyId) &&
      addedAt < period.until &&
      (removedAt === null || removedAt > period.from),
  );
  const ids = wanted.map(({ id }) => id);
  const changes = await listChangesIn(db, ids, period);
  const outages = Map.groupBy(await listOutagesIn(db, ids, period), ({ targetId }) => targetId);
  const windows = await listWindowsIn(db, period);
  const measuredOf = (target: AnyTarget): Measured => ({
    period,
    watched: [{ from: target.addedAt, until: target.removedAt ?? period.until }],
    // What is paused is unknown as well.
    unknown: unknownSpans(changes.get(target.id) ?? [], period),
    maintenance: maintenanceOf(target.id, tree, windows),
    outages: outages.get(target.id) ?? [],
  });
  return new Map(wanted.map((target) => [target, measuredOf(target)]));
}

/** Removed ones, too: what lay behind them, did so. */
async function listAllTargets(db: Db) {
  const rows = await db
    .selectFrom("monitor_target as target")
    .leftJoin("office", "office.id", "target.office_id")
    .selectAll("target")
    .select(["office.code as officeCode", "office.name as officeName"])
    .orderBy("target.id")
    .execute();
  return rows.map((row) => ({
    ...row,
    ...{ parentId: row.parent_id, addedAt: row.added_at, removedAt: row.removed_at },
  }));
}
