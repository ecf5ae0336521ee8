import type pg from "pg";
import { OperatorFault } from "../domain/operator-fault.ts";
import { connectClient } from "./postgres/postgres-session.ts";
import type { Db } from "./tables.ts";

export type Installation = { purpose: "playground" | "telegram"; profile: string };

/** The database was made for something else; the text says what to do. */
export class WrongInstallation extends OperatorFault {
  override name = "WrongInstallation";
}

/**
 * Looks before anything is changed: the playground gives rights without a password, so it never opens a database that a
 * token has used, nor the other way round; and the offices of two regencies are never mixed.
 *
 * @throws WrongInstallation
 */
export async function checkInstallation(owner: pg.ClientConfig, wanted: Installation): Promise<void> {
  const client = await connectClient(owner, "simpul installation");
  try {
    const { rows: tables } = await client.query("select to_regclass('public.installation') as name");
    if (tables[0]?.name === null) return;
    const { rows } = await client.query<Installation>("select purpose, profile from public.installation");
    if (rows[0] !== undefined) refuseOther(rows[0], wanted);
  } finally {
    await client.end();
  }
}

/**
 * Marks a new database with what it is for.
 *
 * @returns its id, which names the folder of its files
 * @throws WrongInstallation
 */
export async function claimInstallation(db: Db, wanted: Installation): Promise<string> {
  await db
    .insertInto("installation")
    .values(wanted)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const made = await db.selectFrom("installation").select(["id", "purpose", "profile"]).executeTakeFirstOrThrow();
  refuseOther(made, wanted);
  return made.id;
}

/** What this database was made for; undefined where nothing was started over it yet. */
export async function findInstallation(db: Db): Promise<(Installation & { id: string }) | undefined> {
  return db.selectFrom("installation").select(["id", "purpose", "profile"]).executeTakeFirst();
}

function refuseOther(made: Installation, wanted: Installation): void {
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
