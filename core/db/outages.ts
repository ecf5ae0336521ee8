import { sql } from "kysely";
import type { CauseCode, Outage } from "../domain/monitoring/outage.ts";
import type { Span } from "../domain/monitoring/spans.ts";
import type { Db, Tx } from "./tables.ts";

export type StoredOutage = Outage & { id: number; rootId: number | null; causeCode: CauseCode | null };

function selectOutages(db: Db) {
  return db
    .selectFrom("outage")
    .select(["id", "target_id as targetId", "started_at as startedAt", "confirmed_at as confirmedAt"])
    .select(["ended_at as endedAt", "root_id as rootId", "cause_code as causeCode"]);
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

/**
 * Those of these targets that have a part in that time, in order. Of which nobody said why, the cause is that of what it was down
 * by: who lies behind a trunk without power was down by the power cut.
 */
export async function listOutagesIn(
  db: Db,
  targetIds: readonly number[],
  { from, until }: Span,
): Promise<StoredOutage[]> {
  const { rows } = await sql<StoredOutage>`
    select outage.id, outage.target_id as "targetId", outage.started_at as "startedAt", outage.ended_at as "endedAt",
      outage.confirmed_at as "confirmedAt", outage.root_id as "rootId",
      coalesce(outage.cause_code, (
        select root.cause_code from outage as root
        where root.target_id = outage.root_id
          and root.started_at < coalesce(outage.ended_at, 'infinity')
          and coalesce(root.ended_at, 'infinity') > outage.started_at
        order by root.started_at limit 1
      )) as "causeCode"
    from outage
    where outage.target_id = any(${targetIds}::bigint[])
      and outage.started_at < ${until} and coalesce(outage.ended_at, 'infinity') > ${from}
    order by outage.started_at, outage.id`.execute(db);
  return rows;
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

/** Of each target the one that lasts; none before it began, where the clock went back meanwhile. */
export async function endOutages(
  tx: Tx,
  ended: readonly { targetId: Outage["targetId"]; endedAt: Date }[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    update outage set ended_at = greatest(outage.started_at, ended.at)
    from unnest(${ended.map(({ targetId }) => targetId)}::bigint[], ${ended.map(({ endedAt }) => endedAt)}::timestamptz[])
      as ended (target_id, at)
    where outage.target_id = ended.target_id and outage.ended_at is null`.execute(tx);
}

/** @param roots what the target lies behind, by outage; null: nothing but itself */
export async function setRoots(
  tx: Tx,
  roots: readonly { outageId: StoredOutage["id"]; rootId: number | null }[],
): Promise<void> {
  if (roots.length === 0) return;
  await sql`
    update outage set root_id = said.root_id
    from unnest(${roots.map(({ outageId }) => outageId)}::bigint[], ${roots.map(({ rootId }) => rootId)}::bigint[])
      as said (id, root_id)
    where outage.id = said.id`.execute(tx);
}
