import { openStates, type Registration } from "../../domain/people/registration.ts";
import type { Db, Tables, Tx } from "../tables.ts";

function selectRegistrations(db: Db) {
  return db
    .selectFrom("registration")
    .select([
      "id",
      "telegram_user_id as telegramUserId",
      "telegram_name as telegramName",
      "telegram_username as telegramUsername",
      "office_id as officeId",
      "state",
      "nip",
      "name",
      "sent_at as sentAt",
      "decided_by as decidedBy",
      "decided_at as decidedAt",
      "reason",
    ]);
}

export function findRegistration(db: Db, id: number): Promise<Registration | undefined> {
  return selectRegistrations(db).where("id", "=", id).executeTakeFirst();
}

/** One decision at a time. */
export function lockRegistration(tx: Tx, id: number): Promise<Registration | undefined> {
  return selectRegistrations(tx).where("id", "=", id).forUpdate().executeTakeFirst();
}

/** The one that a Telegram account fills in, or that waits; locked, for it may be decided on right now. */
export function lockOpenRegistration(tx: Tx, telegramUserId: number): Promise<Registration | undefined> {
  return selectRegistrations(tx)
    .where("telegram_user_id", "=", telegramUserId)
    .where("state", "in", openStates)
    .forUpdate()
    .executeTakeFirst();
}

/** Those that wait for somebody of the office, oldest first. */
export function listWaiting(db: Db, officeId: number): Promise<Registration[]> {
  return selectRegistrations(db)
    .where("office_id", "=", officeId)
    .where("state", "=", "waiting")
    .orderBy("id")
    .execute();
}

/** Those that have waited since before that date, locked for their end. */
export function lockSentBefore(tx: Tx, date: Date): Promise<Registration[]> {
  return selectRegistrations(tx)
    .where("state", "=", "waiting")
    .where("sent_at", "<=", date)
    .orderBy("id")
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function insertRegistration(
  tx: Tx,
  registration: Pick<Registration, "telegramUserId" | "telegramName" | "telegramUsername" | "officeId"> & { now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("registration")
    .values({
      telegram_user_id: registration.telegramUserId,
      telegram_name: registration.telegramName,
      telegram_username: registration.telegramUsername,
      office_id: registration.officeId,
      state: "asking-nip",
      touched_at: registration.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export type RegistrationChanges = Partial<
  Pick<
    Tables["registration"],
    | "state"
    | "office_id"
    | "telegram_name"
    | "telegram_username"
    | "nip"
    | "name"
    | "sent_at"
    | "decided_by"
    | "decided_at"
    | "reason"
  >
>;

export async function updateRegistration(
  tx: Tx,
  id: number,
  changes: RegistrationChanges & { touched_at: Date },
): Promise<void> {
  await tx.updateTable("registration").set(changes).where("id", "=", id).execute();
}

export async function deleteRegistration(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("registration").where("id", "=", id).execute();
}

/** Those that were not sent, and those that have ended. What waits stays until it is decided or expires. */
export async function deleteRegistrationsBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("registration").where("state", "<>", "waiting").where("touched_at", "<", date).execute();
}
