import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "./postgres/preparing-client.ts";
import { storableJson } from "./storable-json.ts";
import type { Db, Tx } from "./tables.ts";

export type OutgoingMessage<Message extends { kind: string } = { kind: string }> = {
  chatId: number;
  /** A kind and its values; the bot turns it into words when it is sent. */
  message: Message;
  /** 0 answers what the person just did and goes first, 1 notices. */
  priority: 0 | 1;
  /** Edits that message instead of sending a new one. */
  editsMessageId?: number | undefined;
  /** Takes the place of what waits in that chat with the same key. */
  mergeKey?: string | undefined;
  /** Goes into the topic of that ticket; `chatId` is the staff group's. */
  topicTicketId?: number | undefined;
  /** In a topic: for whom it is. */
  personIds?: readonly number[] | undefined;
  now: Date;
};

export type OutboxRow = {
  id: number;
  chatId: number;
  message: { kind: string };
  editsMessageId: number | null;
  mergeKey: string | null;
  /** Grows when something is merged into the row, also while it is being sent. */
  revision: number;
  /** Of its buttons. */
  token: string;
  /** What its buttons do. Only added to, so that a button that was sent never changes its meaning. */
  presses: object[];
  attempts: number;
  topicTicketId: number | null;
  personIds: number[];
};

/** So that one statement stays well below the 65,535 parameters that PostgreSQL takes. */
const insertedAtOnce = 1000;

/** Puts a message in the outbox, in the transaction of what it tells of. */
export function enqueue<Message extends { kind: string }>(tx: Tx, outgoing: OutgoingMessage<Message>): Promise<void> {
  return enqueueAll(tx, [outgoing]);
}

/** Many at once: thousands of people are told the same by a few statements. No two with the same chat and key. */
export async function enqueueAll<Message extends { kind: string }>(
  tx: Tx,
  all: readonly OutgoingMessage<Message>[],
): Promise<void> {
  for (let first = 0; first < all.length; first += insertedAtOnce) {
    await insertRows(tx, all.slice(first, first + insertedAtOnce));
  }
}

async function insertRows(tx: Tx, all: readonly OutgoingMessage[]): Promise<void> {
  await tx
    .insertInto("outbox")
    .values(
      all.map((outgoing) => ({
        chat_id: outgoing.chatId,
        message: storableJson(outgoing.message),
        priority: outgoing.priority,
        edits_message_id: outgoing.editsMessageId ?? null,
        merge_key: outgoing.mergeKey ?? null,
        topic_ticket_id: outgoing.topicTicketId ?? null,
        person_ids: [...(outgoing.personIds ?? [])],
        token: randomBytes(16).toString("base64url"),
        created_at: outgoing.now,
        due_at: outgoing.now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["chat_id", "merge_key"])
        .where("state", "=", sql.lit("pending" as const))
        .where("merge_key", "is not", null)
        .doUpdateSet({
          revision: sql`outbox.revision + 1`,
          // An edit adds nothing to a message that has not gone out yet: what it shows is looked up when it is sent.
          message: sql`case when outbox.edits_message_id is null and excluded.edits_message_id is not null
            then outbox.message else excluded.message end`,
          // Who is named in a message that waits is named also when it says something newer to nobody in particular.
          person_ids: sql`case when excluded.person_ids = '{}' then outbox.person_ids else excluded.person_ids end`,
          priority: sql`least(outbox.priority, excluded.priority)`,
          edits_message_id: sql`case when outbox.edits_message_id is not null then excluded.edits_message_id end`,
          attempts: 0,
        }),
    )
    .$if(all.length === 1, (one) => one.modifyEnd(prepared))
    .execute();
}

/** Whether something waits in that chat under that key that comes as a new message. */
export async function isWaiting(tx: Tx, chatId: number, mergeKey: string): Promise<boolean> {
  const row = await tx
    .selectFrom("outbox")
    .select("id")
    .where("chat_id", "=", chatId)
    .where("merge_key", "=", mergeKey)
    .where("state", "=", "pending")
    .where("edits_message_id", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** What waits under that key, in whichever chat, is to show what is true now, also when it is under way already. */
export async function touchPending(tx: Tx, mergeKey: string): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ revision: sql`revision + 1` })
    .where("merge_key", "=", mergeKey)
    .where("state", "=", "pending")
    .execute();
}

/** The messages that went out under that key, in whichever chats. */
export function listSentUnder(db: Db, mergeKey: string): Promise<{ chatId: number; messageId: number }[]> {
  return db
    .selectFrom("outbox")
    .select(["chat_id as chatId", "sent_message_id as messageId"])
    .where("merge_key", "=", mergeKey)
    .where("sent_message_id", "is not", null)
    .where("state", "=", "sent")
    .distinct()
    .orderBy("chat_id")
    .$narrowType<{ messageId: number }>()
    .execute();
}

/** The chats in which something under that key came, or is about to come, as a new message. */
export async function listChatsUnder(db: Db, mergeKey: string): Promise<number[]> {
  const rows = await db
    .selectFrom("outbox")
    .select("chat_id as chatId")
    .where("merge_key", "=", mergeKey)
    .where("edits_message_id", "is", null)
    .where((row) => row.or([row("state", "=", "pending"), row("sent_message_id", "is not", null)]))
    .distinct()
    .execute();
  return rows.map(({ chatId }) => chatId);
}

/** What a button does. A token is good in its chat only. */
export async function findPress(db: Db, token: string, index: number, chatId: number): Promise<object | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select("presses")
    .where("token", "=", token)
    .where("chat_id", "=", chatId)
    .modifyEnd(prepared)
    .executeTakeFirst();
  return row?.presses?.[index];
}

/** The ticket in whose topic a button stands; undefined for one elsewhere, or that is not known. */
export async function findTopicOfButton(db: Db, token: string, chatId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("outbox")
    .select("topic_ticket_id as ticketId")
    .where("token", "=", token)
    .where("chat_id", "=", chatId)
    .executeTakeFirst();
  return row?.ticketId ?? undefined;
}

/** Takes what waits for the topics of a group out of the queue, oldest first: it goes another way. */
export async function takePendingForTopics(
  tx: Tx,
  chatId: number,
  reason: string,
): Promise<Pick<OutboxRow, "message" | "editsMessageId" | "personIds">[]> {
  const rows = await tx
    .updateTable("outbox")
    .set({ state: "dropped", last_error: reason })
    .where("chat_id", "=", chatId)
    .where("topic_ticket_id", "is not", null)
    .where("state", "=", "pending")
    .returning(["id", "message", "edits_message_id as editsMessageId", "person_ids as personIds"])
    .execute();
  return rows.sort((one, other) => one.id - other.id);
}

/**
 * What may go now, at most one row of each chat: its first by priority, then age. A chat whose first row is not
 * due yet waits as a whole, so that nothing overtakes.
 */
export async function listDue(
  db: Db,
  query: { now: Date; exceptChats: readonly number[]; limit: number },
): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select id, chat_id as "chatId", message, edits_message_id as "editsMessageId", merge_key as "mergeKey", revision,
           token, coalesce(presses, '[]') as presses, attempts, topic_ticket_id as "topicTicketId",
           person_ids as "personIds"
    from outbox as first
    where state = 'pending'
      and due_at <= ${query.now}
      and chat_id <> all(${query.exceptChats}::bigint[])
      and not exists (
        select from outbox as earlier
        where earlier.state = 'pending' and earlier.chat_id = first.chat_id
          and (earlier.priority, earlier.id) < (first.priority, first.id)
        offset 0 -- looked up row by row, which takes half as long to plan as a join
      )
    order by priority, id
    limit ${query.limit}`.execute(db);
  return rows;
}

/**
 * When what was sent lately went out, for the limits after a restart: topics that were made included, and each sending of
 * a row that was sent more than once.
 */
export async function listSentSince(db: Db, date: Date): Promise<{ chatId: number; sentAt: Date }[]> {
  const { rows } = await sql<{ chatId: number; sentAt: Date }>`
    select chat_id as "chatId", sent_at as "sentAt" from outbox where sent_at > ${date}
    union all
    select chat_id, before from outbox, unnest(sent_before) as before where sent_at > ${date} and before > ${date}
    union all
    select chat_id, made_at from ticket_topic where made_at > ${date}
    order by "sentAt"`.execute(db);
  return rows;
}

export async function storePresses(db: Db, id: number, presses: readonly object[]): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ presses: storableJson(presses) })
    .where("id", "=", id)
    .modifyEnd(prepared)
    .execute();
}

/**
 * Records that this revision has gone out. Where something was merged meanwhile the row stays pending.
 *
 * @param sent with `isEditedNext` what was merged becomes an edit of this message
 * @returns whether the row is done
 */
export async function markSent(
  db: Db,
  row: Pick<OutboxRow, "id" | "revision">,
  sent: { messageId: number | undefined; isEditedNext: boolean; now: Date },
): Promise<boolean> {
  const messageId = sent.messageId ?? null;
  const isSame = sql<boolean>`revision = ${row.revision}`;
  const { rows } = await sql<{ isDone: boolean }>`
    update outbox set
      state = case when ${isSame} then 'sent' else state end,
      sent_before = case when sent_at is null then '{}' else sent_before || sent_at end,
      sent_at = ${sent.now},
      sent_message_id = case when ${isSame} then ${messageId}::bigint else sent_message_id end,
      last_error = case when ${isSame} then null else last_error end,
      edits_message_id = case when ${isSame} or not ${sent.isEditedNext} then edits_message_id else ${messageId}::bigint end
    where id = ${row.id} and state = 'pending'
    returning ${isSame} as "isDone" ${prepared}`.execute(db);
  return rows[0]?.isDone ?? false;
}

/**
 * Ends the row without sending it: `dropped` when there was nothing left to say, `dead` when it cannot be sent.
 *
 * @param reason without text of people
 * @returns false when something was merged meanwhile: then that is tried
 */
export async function markEnded(
  tx: Tx,
  row: Pick<OutboxRow, "id" | "revision">,
  state: "dropped" | "dead",
  reason: string,
): Promise<boolean> {
  const result = await updatePending(tx, row)
    .where("revision", "=", row.revision)
    .set({ state, last_error: reason })
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Counts a failed try and plans the next one. */
export async function markFailed(
  tx: Tx,
  row: Pick<OutboxRow, "id" | "revision" | "attempts">,
  error: string,
  dueAt: Date,
): Promise<void> {
  await updatePending(tx, row)
    .where("revision", "=", row.revision)
    .set({ attempts: row.attempts + 1, last_error: error, due_at: dueAt })
    .execute();
}

/** Holds back all that waits for that chat. */
export async function postponeChat(db: Db, chatId: number, until: Date, reason: string): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ due_at: sql`greatest(due_at, ${until})`, last_error: reason })
    .where("chat_id", "=", chatId)
    .where("state", "=", "pending")
    .execute();
}

/** A group became a supergroup and has another id now: what waits goes there. */
export async function moveChat(db: Db, fromChatId: number, toChatId: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ chat_id: toChatId })
    .where("chat_id", "=", fromChatId)
    .where("state", "=", "pending")
    .execute();
}

/** Takes what is secret out of a message that has been sent. */
export async function forgetValue(tx: Tx, id: number, name: string): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ message: sql`message - ${name}::text` })
    .where("id", "=", id)
    .execute();
}

/** Forgets what is done; buttons of those messages have expired then. */
export async function deleteBefore(db: Db, date: Date): Promise<number> {
  const result = await db
    .deleteFrom("outbox")
    .where("state", "<>", "pending")
    .where((row) => row(row.fn.coalesce("sent_at", "created_at"), "<", date))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Forgets what was said in private to accounts that were never linked: strangers leave nothing behind. */
export async function deleteToUnlinkedBefore(db: Db, date: Date): Promise<number> {
  const result = await db
    .deleteFrom("outbox")
    .where("state", "<>", "pending")
    .where("created_at", "<", date)
    .where("chat_id", ">", 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("telegram_account")
            .select("id")
            .whereRef("telegram_account.telegram_user_id", "=", "outbox.chat_id"),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

function updatePending(tx: Tx, row: Pick<OutboxRow, "id">) {
  return tx.updateTable("outbox").where("id", "=", row.id).where("state", "=", "pending");
}
