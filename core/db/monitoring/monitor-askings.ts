import type { Db, Tx } from "../tables.ts";

/** What somebody had asked since that instant, the latest first. */
export function listAskings(db: Db, personId: number, since: Date): Promise<{ targetId: number; at: Date }[]> {
  return db
    .selectFrom("monitor_asking")
    .select(["target_id as targetId", "at"])
    .where("person_id", "=", personId)
    .where("at", ">", since)
    .orderBy("at", "desc")
    .execute();
}

export async function insertAsking(tx: Tx, personId: number, targetId: number, at: Date): Promise<void> {
  await tx.insertInto("monitor_asking").values({ person_id: personId, target_id: targetId, at }).execute();
}

export async function deleteAskingsBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("monitor_asking").where("at", "<", date).execute();
}
