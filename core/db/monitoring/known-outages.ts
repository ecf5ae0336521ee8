import type { Outage } from "../../domain/monitoring/outage.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { Db, Tx } from "../tables.ts";

/** What was known to be down when a complaint was filed. */
export type KnownOutage = Pick<Outage, "targetId" | "startedAt" | "endedAt"> & {
  targetName: string;
  targetKind: TargetKind;
  isUnwatched: boolean;
};

export async function insertKnownOutages(tx: Tx, ticketId: number, outageIds: readonly number[]): Promise<void> {
  if (outageIds.length === 0) return;
  const rows = outageIds.map((outageId) => ({ ticket_id: ticketId, outage_id: outageId }));
  await tx.insertInto("ticket_known_outage").values(rows).execute();
}

/** Those that were known when the ticket was filed, as they are now. */
export function listKnownOutages(db: Db, ticketId: number): Promise<KnownOutage[]> {
  return db
    .selectFrom("ticket_known_outage as known")
    .innerJoin("outage", "outage.id", "known.outage_id")
    .innerJoin("monitor_target as target", "target.id", "outage.target_id")
    .select(["target.id as targetId", "target.name as targetName", "target.kind as targetKind"])
    .select(["outage.started_at as startedAt", "outage.ended_at as endedAt", "outage.is_unwatched as isUnwatched"])
    .where("known.ticket_id", "=", ticketId)
    .orderBy("outage.id")
    .execute();
}

/** The open tickets that were filed although the outage was known. */
export async function listFiledBeside(db: Db, outageId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("ticket_known_outage as known")
    .innerJoin("ticket", "ticket.id", "known.ticket_id")
    .select("ticket.id")
    .where("known.outage_id", "=", outageId)
    .where("ticket.ended_at", "is", null)
    .orderBy("ticket.id")
    .execute();
  return rows.map(({ id }) => id);
}
