import type { Db } from "./tables.ts";

export type Purpose = "playground" | "telegram";

/**
 * Marks a new database with what it is for.
 *
 * @returns what it was made for; differs from what was asked when it was made for something else
 */
export async function claimInstallation(
  db: Db,
  wanted: { purpose: Purpose; profile: string },
): Promise<{ purpose: Purpose; profile: string }> {
  await db
    .insertInto("installation")
    .values(wanted)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db.selectFrom("installation").select(["purpose", "profile"]).executeTakeFirstOrThrow();
}
