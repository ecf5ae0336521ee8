import type { DatabaseSecrets } from "../../domain/hosting/application.ts";
import type { Db, Tx } from "../tables.ts";

export async function insertSecrets(
  tx: Tx,
  applicationId: number,
  { adminPassword, password, url }: DatabaseSecrets,
): Promise<void> {
  await tx
    .insertInto("application_database")
    .values({ application_id: applicationId, admin_password: adminPassword, password, url, filled_at: null })
    .execute();
}

/** Its database is gone: nobody needs what it was opened by, and the next one is opened by others. */
export async function deleteSecrets(tx: Tx, applicationId: number): Promise<void> {
  await tx.deleteFrom("application_database").where("application_id", "=", applicationId).execute();
}

/** Its account is there, and what was handed in is loaded: nothing is loaded over it any more. */
export async function markFilled(tx: Tx, applicationId: number, now: Date): Promise<void> {
  await tx
    .updateTable("application_database")
    .set({ filled_at: now })
    .where("application_id", "=", applicationId)
    .execute();
}

/** Who asked for the application is offered what its database is opened by. */
export async function markOffered(tx: Tx, applicationId: number, now: Date): Promise<void> {
  await tx
    .updateTable("application_database")
    .set({ offered_at: now })
    .where("application_id", "=", applicationId)
    .execute();
}

/** When it was offered last; null: never. */
export async function findOfferedAt(db: Db, applicationId: number): Promise<Date | null> {
  const row = await db
    .selectFrom("application_database")
    .select("offered_at as offeredAt")
    .where("application_id", "=", applicationId)
    .executeTakeFirst();
  return row?.offeredAt ?? null;
}
