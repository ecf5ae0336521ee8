import { sql } from "kysely";
import type { Db, Tx } from "../tables.ts";

export type Village = { id: number; name: string; district: string };

function selectVillages(db: Db) {
  return db.selectFrom("village").select(["id", "name", "district"]).where("removed_at", "is", null);
}

export function findVillage(db: Db, id: number): Promise<Village | undefined> {
  return selectVillages(db).where("id", "=", id).executeTakeFirst();
}

/** All, by name and sub-district. */
export function listVillages(db: Db): Promise<Village[]> {
  return selectVillages(db).orderBy("name").orderBy("district").execute();
}

/** @returns its id; undefined where it is there already */
export async function insertVillage(
  tx: Tx,
  { name, district, addedBy, now }: { name: string; district: string; addedBy: number; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("village")
    .values({ name, district, added_by: addedBy, added_at: now })
    .onConflict((conflict) =>
      conflict.expression(sql`lower(name), lower(district)`).where("removed_at", "is", null).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function markVillageRemoved(tx: Tx, id: number, by: { removedBy: number; now: Date }): Promise<void> {
  await tx.updateTable("village").set({ removed_by: by.removedBy, removed_at: by.now }).where("id", "=", id).execute();
}
