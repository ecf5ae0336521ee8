import type { Db, Tx } from "../tables.ts";

export type Office = { id: number; code: string; name: string };

/** Adds the profile's offices and brings names up to date; offices that the profile no longer names stay. */
export async function saveOffices(db: Db, offices: readonly { code: string; name: string }[]): Promise<void> {
  await db
    .insertInto("office")
    .values(offices.map(({ code, name }) => ({ code, name })))
    .onConflict((conflict) => conflict.column("code").doUpdateSet((row) => ({ name: row.ref("excluded.name") })))
    .execute();
}

export function listOffices(db: Db): Promise<Office[]> {
  return db.selectFrom("office").select(["id", "code", "name"]).orderBy("name").execute();
}

export function findOffice(db: Db, id: number): Promise<Office> {
  return db.selectFrom("office").select(["id", "code", "name"]).where("id", "=", id).executeTakeFirstOrThrow();
}

/** Who sends a registration of the office, and who takes away one of its officers, wait for each other. */
export async function lockOffice(tx: Tx, id: number): Promise<void> {
  await tx.selectFrom("office").select("id").where("id", "=", id).forNoKeyUpdate().execute();
}

export function findOfficeByCode(db: Db, code: string): Promise<Office> {
  return db.selectFrom("office").select(["id", "code", "name"]).where("code", "=", code).executeTakeFirstOrThrow();
}
