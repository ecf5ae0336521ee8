import type { Db, Tx } from "../tables.ts";

/** A person's Telegram account; `telegramUserId` is also the id of the private chat with the bot. */
export type Account = { personId: number; telegramUserId: number; linkedAt: Date; unreachableSince: Date | null };

function selectActive(db: Db) {
  return db
    .selectFrom("telegram_account")
    .select(["person_id as personId", "telegram_user_id as telegramUserId"])
    .select(["linked_at as linkedAt", "unreachable_since as unreachableSince"])
    .where("unlinked_at", "is", null);
}

export function findAccount(db: Db, personId: number): Promise<Account | undefined> {
  return selectActive(db).where("person_id", "=", personId).executeTakeFirst();
}

/** Whose account it is, active in the register or not. */
export function findAccountOfTelegramUser(db: Db, telegramUserId: number): Promise<Account | undefined> {
  return selectActive(db).where("telegram_user_id", "=", telegramUserId).executeTakeFirst();
}

export function listAccounts(db: Db, personIds: readonly number[]): Promise<Account[]> {
  if (personIds.length === 0) return Promise.resolve([]);
  return selectActive(db).where("person_id", "in", personIds).orderBy("person_id").execute();
}

/** Whose private chats these are. */
export async function listPeopleOfChats(db: Db, chatIds: readonly number[]): Promise<number[]> {
  if (chatIds.length === 0) return [];
  const accounts = await selectActive(db).where("telegram_user_id", "in", chatIds).orderBy("person_id").execute();
  return accounts.map(({ personId }) => personId);
}

export async function linkAccount(
  tx: Tx,
  link: { personId: number; telegramUserId: number; now: Date },
): Promise<void> {
  await tx
    .insertInto("telegram_account")
    .values({ person_id: link.personId, telegram_user_id: link.telegramUserId, linked_at: link.now })
    .execute();
}

/** @returns the chat that was closed */
export async function unlinkAccount(tx: Tx, personId: number, now: Date): Promise<number | undefined> {
  const row = await tx
    .updateTable("telegram_account")
    .set({ unlinked_at: now })
    .where("person_id", "=", personId)
    .where("unlinked_at", "is", null)
    .returning("telegram_user_id")
    .executeTakeFirst();
  return row?.telegram_user_id;
}

/** @returns whose chat it is, when that is news */
export async function markUnreachable(tx: Tx, telegramUserId: number, now: Date): Promise<number | undefined> {
  const row = await tx
    .updateTable("telegram_account")
    .set({ unreachable_since: now })
    .where("telegram_user_id", "=", telegramUserId)
    .where("unlinked_at", "is", null)
    .where("unreachable_since", "is", null)
    .returning("person_id")
    .executeTakeFirst();
  return row?.person_id;
}

/** @returns whose chat it is, when that is news */
export async function markReachable(tx: Tx, telegramUserId: number): Promise<number | undefined> {
  const row = await tx
    .updateTable("telegram_account")
    .set({ unreachable_since: null })
    .where("telegram_user_id", "=", telegramUserId)
    .where("unlinked_at", "is", null)
    .where("unreachable_since", "is not", null)
    .returning("person_id")
    .executeTakeFirst();
  return row?.person_id;
}
