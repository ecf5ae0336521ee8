import { sql } from "kysely";
import type { CauseCode, Outage, OutageAbove } from "../../domain/monitoring/outage.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import type { Db, Tx } from "../tables.ts";

export type StoredOutage = Outage & {
  id: number;
  /** what it is down by, or was until its end; null: nothing but itself */
  rootId: number | null;
  /** what it lay behind when it began, also where it is down by itself since */
  beganBehindId: number | null;
  /** as somebody says of it */
  causeCode: CauseCode | null;
  /** it lasted when it ended: nobody looked any more */
  isUnwatched: boolean;
};

/** With those of what it lay behind. */
export type PlacedOutage = StoredOutage & { above: readonly OutageAbove[] };

function selectOutages(db: Db) {
  return db
    .selectFrom("outage")
    .select(["id", "target_id as targetId", "started_at as startedAt", "confirmed_at as confirmedAt"])
    .select(["ended_at as endedAt", "root_id as rootId", "began_behind_id as beganBehindId"])
    .select(["cause_code as causeCode", "is_unwatched as isUnwatched"]);
}

/** Those that last. */
export function listOpenOutages(db: Db): Promise<StoredOutage[]> {
  return selectOutages(db).where("ended_at", "is", null).orderBy("id").execute();
}

/** The one of a target that lasts. */
export function findOpenOutage(db: Db, targetId: number): Promise<StoredOutage | undefined> {
  return selectOutages(db).where("target_id", "=", targetId).where("ended_at", "is", null).executeTakeFirst();
}

export function findOutage(db: Db, id: number): Promise<StoredOutage | undefined> {
  return selectOutages(db).where("id", "=", id).executeTakeFirst();
}

export function lockOutage(tx: Tx, id: number): Promise<StoredOutage | undefined> {
  return selectOutages(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Of a target the last one that had begun then. */
export function findOutageAt(db: Db, targetId: number, at: Date): Promise<StoredOutage | undefined> {
  return selectOutages(db)
    .where("target_id", "=", targetId)
    .where("started_at", "<=", at)
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Those of these targets that have a part in that time, in order, each with those that it lay behind. */
export async function listOutagesIn(
  db: Db,
  targetIds: readonly number[],
  { from, until }: Span,
): Promise<PlacedOutage[]> {
  const outages = await selectOutages(db)
    .where(sql<boolean>`target_id = any(${targetIds}::bigint[])`)
    .where("started_at", "<", until)
    .where(sql<boolean>`coalesce(ended_at, 'infinity') > ${from}`)
    .orderBy("started_at")
    .orderBy("id")
    .execute();
  return placeOutages(db, outages);
}

export async function placeOutages(db: Db, outages: readonly StoredOutage[]): Promise<PlacedOutage[]> {
  const ids = outages.flatMap(({ id, beganBehindId }) => (beganBehindId === null ? [] : [id]));
  const above = ids.length === 0 ? undefined : await listAbove(db, ids);
  return outages.map((outage) => ({ ...outage, above: above?.get(outage.id) ?? [] }));
}

/** Of what these outages lay behind, and that lay behind in turn, those that lasted in their time, in order. By outage. */
async function listAbove(db: Db, ids: readonly number[]): Promise<Map<number, OutageAbove[]>> {
  const { rows } = await sql<OutageAbove & { outageId: number }>`
    with recursive way as (
      select id as outage_id, began_behind_id as target_id, started_at as since, coalesce(ended_at, 'infinity') as until
      from outage where id = any(${ids}::bigint[])
      union
      select way.outage_id, above.began_behind_id, way.since, way.until
      from way join outage as above on above.target_id = way.target_id
        and above.started_at < way.until and coalesce(above.ended_at, 'infinity') > way.since
    )
    select way.outage_id as "outageId", above.target_id as "targetId", above.started_at as "startedAt",
      above.ended_at as "endedAt", above.cause_code as "causeCode"
    from way join outage as above on above.target_id = way.target_id
      and above.started_at < way.until and coalesce(above.ended_at, 'infinity') > way.since
    order by above.started_at, above.id`.execute(db);
  return Map.groupBy(rows, ({ outageId }) => outageId);
}

export async function setCause(tx: Tx, id: number, causeCode: CauseCode): Promise<void> {
  await tx.updateTable("outage").set({ cause_code: causeCode }).where("id", "=", id).execute();
}

export async function insertOutages(tx: Tx, outages: readonly Outage[]): Promise<void> {
  if (outages.length === 0) return;
  await tx
    .insertInto("outage")
    .values(
      outages.map(({ targetId, startedAt, confirmedAt, endedAt }) => ({
        ...{ target_id: targetId, started_at: startedAt, confirmed_at: confirmedAt, ended_at: endedAt },
      })),
    )
    .execute();
}

/**
 * Of each target the one that lasts; none before it began, where the clock went back meanwhile.
 *
 * @param isUnwatched they last, and nobody looks any more
 */
export async function endOutages(
  tx: Tx,
  ended: readonly { targetId: Outage["targetId"]; endedAt: Date }[],
  { isUnwatched = false }: { isUnwatched?: boolean } = {},
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    update outage set ended_at = greatest(outage.started_at, ended.at), is_unwatched = ${isUnwatched}
    from unnest(${ended.map(({ targetId }) => targetId)}::bigint[], ${ended.map(({ endedAt }) => endedAt)}::timestamptz[])
      as ended (target_id, at)
    where outage.target_id = ended.target_id and outage.ended_at is null`.execute(tx);
}

/** The first of them that is something else stays known. @param roots what the target lies behind, by outage; null: nothing but itself */
export async function setRoots(
  tx: Tx,
  roots: readonly { outageId: StoredOutage["id"]; rootId: number | null }[],
): Promise<void> {
  if (roots.length === 0) return;
  await sql`
    update outage set root_id = said.root_id, began_behind_id = coalesce(outage.began_behind_id, said.root_id)
    from unnest(${roots.map(({ outageId }) => outageId)}::bigint[], ${roots.map(({ rootId }) => rootId)}::bigint[])
      as said (id, root_id)
    where outage.id = said.id`.execute(tx);
}
