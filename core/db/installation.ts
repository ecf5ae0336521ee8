import type { Db } from "./tables.ts";

export type Purpose = "playground" | "telegram";

/** The database was made for something else; the text says what to do. */
export class WrongInstallation extends Error {
  override name = "WrongInstallation";
}

/**
 * Marks a new database with what it is for. The playground gives rights without a password, so it never opens a
 * database that a token has used, nor the other way round; and the offices of two regencies are never mixed.
 *
 * @throws WrongInstallation
 */
export async function claimInstallation(db: Db, wanted: { purpose: Purpose; profile: string }): Promise<void> {
  await db
    .insertInto("installation")
    .values(wanted)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await db.selectFrom("installation").select(["purpose", "profile"]).executeTakeFirstOrThrow();
  if (made.purpose !== wanted.purpose) {
    const why =
      made.purpose === "telegram"
        ? "a bot's token has used this database, so the playground does not open it: set TELEGRAM_BOT_TOKEN, or another SIMPUL_HOME or DATABASE_URL"
        : "this is the playground's database, so it is not opened with a token: set another SIMPUL_HOME or DATABASE_URL";
    throw new WrongInstallation(`Opening the database: ${why}.`);
  }
  if (made.profile !== wanted.profile) {
    throw new WrongInstallation(
      `Opening the database: it belongs to the profile ${made.profile}: set SIMPUL_PROFILE=${made.profile}, or another SIMPUL_HOME or DATABASE_URL.`,
    );
  }
}
