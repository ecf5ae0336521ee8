import type { Db, Tx } from "./tables.ts";

/** Telegram lets people edit what they wrote for 48 hours; a day more for updates that come late. */
export const heardDays = 3;

/** A message of a person that became an answer of an open form, or part of a ticket. It holds no words. */
export type HeardMessage = {
  chatId: number;
  messageId: number;
  draftId: number | null;
  entryId: number | null;
  field: string;
  /** Of its part of the answer; 0 for a file without words. */
  length: number;
};

/** Where a message stands in Telegram. */
export type Source = { chatId: number; messageId: number; albumId?: string };

function selectHeard(db: Db) {
  return db
    .selectFrom("heard_message")
    .select([
      "chat_id as chatId",
      "message_id as messageId",
      "draft_id as draftId",
      "entry_id as entryId",
      "field",
      "length",
    ]);
}

export function findHeard(
  db: Db,
  { chatId, messageId }: Pick<Source, "chatId" | "messageId">,
): Promise<HeardMessage | undefined> {
  return selectHeard(db).where("chat_id", "=", chatId).where("message_id", "=", messageId).executeTakeFirst();
}

/** What an earlier part of the same album became. */
export function findHeardOfAlbum(db: Db, chatId: number, albumId: string): Promise<HeardMessage | undefined> {
  return selectHeard(db)
    .where("chat_id", "=", chatId)
    .where("album_id", "=", albumId)
    .orderBy("message_id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** All messages that made the same answer, in the order in which they were written. */
export function listHeardWith(db: Db, { draftId, entryId, field }: HeardMessage): Promise<HeardMessage[]> {
  return selectHeard(db)
    .where("draft_id", "is not distinct from", draftId)
    .where("entry_id", "is not distinct from", entryId)
    .where("field", "=", field)
    .orderBy("message_id")
    .execute();
}

export async function hear(
  tx: Tx,
  source: Source,
  became: ({ draftId: number } | { entryId: number }) & { field: string; length: number; now: Date },
): Promise<void> {
  const what = {
    album_id: source.albumId ?? null,
    draft_id: "draftId" in became ? became.draftId : null,
    entry_id: "entryId" in became ? became.entryId : null,
    field: became.field,
    length: became.length,
    heard_at: became.now,
  };
  await tx
    .insertInto("heard_message")
    .values({ chat_id: source.chatId, message_id: source.messageId, ...what })
    .onConflict((conflict) => conflict.columns(["chat_id", "message_id"]).doUpdateSet(what))
    .execute();
}

/** The answer is another one now, which did not come from there. */
export async function forgetHeard(tx: Tx, draftId: number, field: string): Promise<void> {
  await tx.deleteFrom("heard_message").where("draft_id", "=", draftId).where("field", "=", field).execute();
}

export async function changeHeardLength(tx: Tx, message: HeardMessage, length: number): Promise<void> {
  await tx
    .updateTable("heard_message")
    .set({ length })
    .where("chat_id", "=", message.chatId)
    .where("message_id", "=", message.messageId)
    .execute();
}

/** A form was sent: what answered it is part of the ticket. @param field in which the entry keeps all of it */
export async function attachHeard(tx: Tx, draftId: number, to: { entryId: number; field?: string }): Promise<void> {
  await tx
    .updateTable("heard_message")
    .set({ draft_id: null, entry_id: to.entryId, ...(to.field === undefined ? {} : { field: to.field }) })
    .where("draft_id", "=", draftId)
    .execute();
}

/** One form turned into another. */
export async function moveHeard(tx: Tx, fromDraftId: number, to: { draftId: number; field: string }): Promise<void> {
  await tx
    .updateTable("heard_message")
    .set({ draft_id: to.draftId, field: to.field })
    .where("draft_id", "=", fromDraftId)
    .execute();
}

export async function deleteHeardBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("heard_message").where("heard_at", "<", date).execute();
}
