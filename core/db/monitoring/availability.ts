import { availabilityOf, type Measured, unknownSpans } from "../../domain/monitoring/availability.ts";
import type { MeasuredTarget } from "../../domain/monitoring/availability-lists.ts";
import { type Known, maintenanceIn, placedBefore } from "../../domain/monitoring/former.ts";
import { type Policy, policyOf } from "../../domain/monitoring/policy.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import { linkAtFault } from "../../domain/monitoring/tree.ts";
import { listOffices } from "../people/offices.ts";
import type { Db } from "../tables.ts";
import { findAgreedBefore, listFormers } from "./former-targets.ts";
import { listWindowsIn } from "./maintenance-windows.ts";
import { listChangesIn } from "./monitor-states.ts";
import { listOutagesIn } from "./outages.ts";

/**
 * What was measured of all targets that were watched in a period, also of those that are gone now. What may change of a target is as
 * it was at the end of the period.
 *
 * @param period in the current month until now
 * @param policy of the profile
 */
export async function findAvailability(db: Db, period: Span, policy: Policy): Promise<MeasuredTarget[]> {
  const known = await listKnown(db, period);
  const tree = placedAt(period.until, known);
  const said = new Map(
    [...tree].flatMap(([id, { agreedPercent }]) => (agreedPercent === null ? [] : [[id, { agreedPercent }]])),
  );
  const agreedPercent = (await findAgreedBefore(db, period.until)) ?? policy.agreedPercent;
  const offices = new Map((await listOffices(db)).map((office) => [office.id, office]));
  const measured = await measure(db, period, known);
  return [...tree.values()].flatMap((target) => {
    const { id, kind, name, officeId, provider, circuitNumber } = target;
    const office = officeId === null ? undefined : offices.get(officeId);
    const what = measured.get(id);
    if (what === undefined) return [];
    return {
      ...{ id, kind, name, officeId, officeCode: office?.code ?? null, officeName: office?.name ?? null },
      ...{ provider, circuitNumber },
      agreedPercent: policyOf(id, tree, said, { ...policy, agreedPercent }).agreedPercent,
      figures: availabilityOf(what),
    };
  });
}

/** Of one target: when it was watched, unknown, in maintenance, and down. undefined: it was not watched then */
export async function findMeasured(db: Db, targetId: number, period: Span): Promise<Measured | undefined> {
  const measured = await measure(db, period, await listKnown(db, period), targetId);
  return measured.get(targetId);
}

async function measure(
  db: Db,
  period: Span,
  known: Awaited<ReturnType<typeof listKnown>>,
  onlyId?: number,
): Promise<Map<number, Measured>> {
  const wanted = [...known.values()]
    .map(({ present }) => present)
    .filter(
      ({ id, addedAt, removedAt }) =>
        (onlyId === undefined || id === onlyId) &&
        addedAt < period.until &&
        (removedAt === null || removedAt > period.from),
    );
  const ids = wanted.map(({ id }) => id);
  const changes = await listChangesIn(db, ids, period);
  const outages = Map.groupBy(await listOutagesIn(db, ids, period), ({ targetId }) => targetId);
  const tree = placedAt(period.until, known);
  const ofProviders = Map.groupBy(tree.keys(), (id) => linkAtFault(id, tree)?.provider ?? null);
  const maintenanceOf = maintenanceIn(period, known, await listWindowsIn(db, period));
  const ofProviderOf = (id: number) => {
    const provider = tree.get(id)?.provider ?? null;
    return new Set(provider === null ? [] : ofProviders.get(provider));
  };
  const measuredOf = ({ id, addedAt, removedAt }: (typeof wanted)[number]): Measured => ({
    period,
    watched: [{ from: addedAt, until: removedAt ?? period.until }],
    // What is paused is unknown as well.
    unknown: unknownSpans(changes.get(id) ?? [], period),
    maintenance: maintenanceOf(id),
    outages: outages.get(id) ?? [],
    ofProvider: ofProviderOf(id),
  });
  return new Map(wanted.map((target) => [target.id, measuredOf(target)]));
}

function placedAt(at: Date, known: Awaited<ReturnType<typeof listKnown>>) {
  return new Map([...known].map(([id, each]) => [id, placedBefore(each, at)]));
}

/** Removed ones, too: what lay behind them, did so. With what was said of each since the period began. */
async function listKnown(db: Db, { from }: Span) {
  const rows = await db
    .selectFrom("monitor_target")
    .select(["id", "kind", "name", "office_id as officeId", "parent_id as parentId", "provider"])
    .select(["circuit_number as circuitNumber", "agreed_percent as agreedPercent"])
    .select(["added_at as addedAt", "removed_at as removedAt"])
    .orderBy("id")
    .execute();
  const formers = await listFormers(db, from);
  const known = rows.map((present) => [present.id, { present, formers: formers.get(present.id) ?? [] }] as const);
  return new Map<number, Known<(typeof rows)[number]>>(known);
}
