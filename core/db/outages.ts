import { sql } from "kysely";
import type { CauseCode, Outage } from "../domain/monitoring/outage.ts";
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

/** Of a target, the last ones first. */
export function listOutagesOf(db: Db, targetId: number, limit: number): Promise<StoredOutage[]> {
  return selectOutages(db).where("target_id", "=", targetId).orderBy("started_at", "desc").limit(limit).execute();
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

/** Of each target the one that lasts. */
export async function endOutages(
  tx: Tx,
  ended: readonly { targetId: Outage["targetId"]; endedAt: Date }[],
): Promise<void> {
  if (ended.length === 0) return;
  await sql`
    update outage set ended_at = ended.at
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
