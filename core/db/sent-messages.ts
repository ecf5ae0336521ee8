import { sql } from "kysely";
import type { OutboxRow } from "./outbox.ts";
import type { Db } from "./tables.ts";

/** What a message that was sent to the chat says, as a kind and its values. */
export async function findSentMessage(
  db: Db,
  chatId: number,
  messageId: number,
): Promise<({ kind: string } & Record<string, unknown>) | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select("message")
    .where("chat_id", "=", chatId)
    .where("sent_message_id", "=", messageId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.message;
}

/** Whether the message that a row is to edit was written anew since that row was put in. */
export async function isWrittenAnew(
  db: Db,
  row: Pick<OutboxRow, "id" | "chatId" | "editsMessageId">,
): Promise<boolean> {
  const newer = await db
    .selectFrom("outbox")
    .select("id")
    .where("chat_id", "=", row.chatId)
    .where("sent_message_id", "=", row.editsMessageId)
    .where("sent_at", ">", (known) => known.selectFrom("outbox").select("created_at").where("id", "=", row.id))
    .limit(1)
    .executeTakeFirst();
  return newer !== undefined;
}

/** The ticket that a message which was sent to the chat is about. */
export async function findTicketOfMessage(db: Db, chatId: number, messageId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select(sql<number | null>`(message ->> 'ticketId')::bigint`.as("ticketId"))
    .where("chat_id", "=", chatId)
    .where("sent_message_id", "=", messageId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.ticketId ?? undefined;
}
