import type { Finding } from "../../domain/names/finding.ts";
import type { Db, Tx } from "../tables.ts";

/** Where a name was seen to lead. @property changedAt since when it is so; null: it was right whenever it was looked up */
export type NameCheck = { name: string; finding: Finding; seen: string[]; checkedAt: Date; changedAt: Date | null };

function selectChecks(db: Db) {
  return db
    .selectFrom("name_check")
    .select(["name", "finding", "seen", "checked_at as checkedAt", "changed_at as changedAt"]);
}

/** All, by their names. */
export function listChecks(db: Db): Promise<NameCheck[]> {
  return selectChecks(db).orderBy("name").execute();
}

export function findCheck(db: Db, name: string): Promise<NameCheck | undefined> {
  return selectChecks(db).where("name", "=", name).executeTakeFirst();
}

/** Those that do not lead where they should. */
export function listFlagged(db: Db): Promise<NameCheck[]> {
  return selectChecks(db).where("finding", "<>", "as-registered").orderBy("name").execute();
}

/** What is flagged stands first: of many only the first are shown. */
export function listChangedAt(db: Db, changedAt: Date): Promise<NameCheck[]> {
  return selectChecks(db)
    .where("changed_at", "=", changedAt)
    .orderBy((check) => check("finding", "=", "as-registered"))
    .orderBy("name")
    .execute();
}

export async function saveCheck(tx: Tx, { name, finding, seen, checkedAt, changedAt }: NameCheck): Promise<void> {
  const row = { finding, seen: JSON.stringify(seen), checked_at: checkedAt, changed_at: changedAt };
  await tx
    .insertInto("name_check")
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
    .execute();
}

/** Of names that are in use no more. */
export async function deleteOtherChecks(tx: Tx, inUse: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("name_check")
    .$if(inUse.length > 0, (query) => query.where("name", "not in", inUse))
    .execute();
}
