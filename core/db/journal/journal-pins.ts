import { sql } from "kysely";
import type { Db, Tx } from "../tables.ts";

/** A head of the journal's chain that was published. */
export type JournalPin = {
  id: number;
  chatId: number;
  /** rows in the chain; 0: none was sealed yet */
  number: number;
  /** in hex */
  hash: string;
  at: Date;
  /** null: not sent yet */
  messageId: number | null;
};

/** Where heads are pinned now. */
export async function findJournalChat(db: Db): Promise<number | undefined> {
  const chat = await db.selectFrom("journal_chat").select("chat_id").executeTakeFirst();
  return chat?.chat_id;
}

/** The same seed as before leaves the id alone that the chat has got meanwhile. */
export async function saveJournalChat(tx: Tx, seed: number): Promise<void> {
  await tx
    .insertInto("journal_chat")
    .values({ seed, chat_id: seed })
    .onConflict((conflict) =>
      conflict.column("is_only_row").doUpdateSet({ seed, chat_id: seed }).where("journal_chat.seed", "<>", seed),
    )
    .execute();
}

export async function deleteJournalChat(tx: Tx): Promise<void> {
  await tx.deleteFrom("journal_chat").execute();
}

/** A group became a supergroup. */
export async function moveJournalChat(tx: Tx, fromChatId: number, toChatId: number): Promise<void> {
  await tx.updateTable("journal_chat").set({ chat_id: toChatId }).where("chat_id", "=", fromChatId).execute();
}

/**
 * @param pin `day` as 2026-11-25
 * @returns its id; undefined where that day has one in that chat
 */
export async function insertPin(
  tx: Tx,
  pin: { chatId: number; day: string; number: number; hash: string; at: Date },
): Promise<number | undefined> {
  const made = await tx
    .insertInto("journal_pin")
    .values({
      chat_id: pin.chatId,
      day: pin.day,
      number: pin.number,
      hash: Buffer.from(pin.hash, "hex"),
      at: pin.at,
    })
    .onConflict((conflict) => conflict.columns(["chat_id", "day"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

export async function findPin(db: Db, id: number): Promise<JournalPin | undefined> {
  const pin = await db
    .selectFrom("journal_pin")
    .select(["id", "chat_id as chatId", "number", "hash", "at", "message_id as messageId"])
    .where("id", "=", id)
    .executeTakeFirst();
  return pin && { ...pin, hash: pin.hash.toString("hex") };
}

export async function markPinSent(tx: Tx, id: number, messageId: number): Promise<void> {
  await tx.updateTable("journal_pin").set({ message_id: messageId }).where("id", "=", id).execute();
}

export async function markPinned(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable("journal_pin").set({ pinned_at: now }).where("id", "=", id).execute();
}

/** Pins whose head is not in the chain at its place: the chain was made anew, or its end was cut off. */
export async function listContradictedPins(db: Db, limit: number): Promise<{ number: number; at: Date }[]> {
  return db
    .selectFrom("journal_pin")
    .leftJoin("journal_chain", "journal_chain.number", "journal_pin.number")
    .select(["journal_pin.number", "journal_pin.at"])
    .where("journal_pin.number", ">", 0)
    .where(sql<boolean>`journal_chain.hash is distinct from journal_pin.hash`)
    .orderBy("journal_pin.id")
    .limit(limit)
    .execute();
}
