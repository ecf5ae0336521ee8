import { deskRoles } from "../../domain/people/roles.ts";
import type { Db, Tx } from "../tables.ts";

/** The forum topic of a ticket. */
export type TicketTopic = {
  ticketId: number;
  chatId: number;
  /** null: not made yet, or deleted by hand */
  threadId: number | null;
  /** What its title shows, by `shownOf`; a title that was changed by hand shows nothing of it. */
  shows: string;
  isClosed: boolean;
};

const columns = [
  "ticket_id as ticketId",
  "chat_id as chatId",
  "thread_id as threadId",
  "shows",
  "is_closed as isClosed",
] as const;

export function findTopic(db: Db, ticketId: number): Promise<TicketTopic | undefined> {
  return db.selectFrom("ticket_topic").select(columns).where("ticket_id", "=", ticketId).executeTakeFirst();
}

export function findTopicByThread(db: Db, chatId: number, threadId: number): Promise<TicketTopic | undefined> {
  return db
    .selectFrom("ticket_topic")
    .select(columns)
    .where("chat_id", "=", chatId)
    .where("thread_id", "=", threadId)
    .executeTakeFirst();
}

/** The mark that a topic is about to be made; a topic in another group is forgotten. */
export async function beginTopic(tx: Tx, topic: { ticketId: number; chatId: number; now: Date }): Promise<void> {
  const begun = { chat_id: topic.chatId, begun_at: topic.now, ...noThread };
  await tx
    .insertInto("ticket_topic")
    .values({ ticket_id: topic.ticketId, ...begun })
    .onConflict((conflict) => conflict.column("ticket_id").doUpdateSet(begun))
    .execute();
}

export async function saveThread(
  tx: Tx,
  ticketId: number,
  made: { threadId: number; shows: string; now: Date },
): Promise<void> {
  await tx
    .updateTable("ticket_topic")
    .set({ thread_id: made.threadId, made_at: made.now, shows: made.shows, is_closed: false })
    .where("ticket_id", "=", ticketId)
    .execute();
}

/** Somebody deleted it. @returns whether it was that one, and not a newer one */
export async function forgetThread(tx: Tx, ticketId: number, threadId: number): Promise<boolean> {
  const forgotten = await tx
    .updateTable("ticket_topic")
    .set(noThread)
    .where("ticket_id", "=", ticketId)
    .where("thread_id", "=", threadId)
    .executeTakeFirst();
  return forgotten.numUpdatedRows > 0n;
}

export async function saveTopicState(
  tx: Tx,
  ticketId: number,
  state: Partial<Pick<TicketTopic, "shows" | "isClosed">>,
): Promise<void> {
  const { shows, isClosed } = state;
  await tx
    .updateTable("ticket_topic")
    .set({ ...(shows !== undefined && { shows }), ...(isClosed !== undefined && { is_closed: isClosed }) })
    .where("ticket_id", "=", ticketId)
    .execute();
}

/** The group has another id now. */
export async function moveTopics(tx: Tx, fromChatId: number, toChatId: number): Promise<void> {
  await tx.updateTable("ticket_topic").set({ chat_id: toChatId }).where("chat_id", "=", fromChatId).execute();
}

/** Open tickets that have no topic in that group and should have one, the urgent first, then the oldest. */
export async function listTicketsWithoutTopic(db: Db, chatId: number, limit: number): Promise<number[]> {
  const tickets = await db
    .selectFrom("ticket")
    .leftJoin("ticket_topic as topic", (join) =>
      join
        .onRef("topic.ticket_id", "=", "ticket.id")
        .on("topic.chat_id", "=", chatId)
        .on("topic.thread_id", "is not", null),
    )
    .select("ticket.id")
    .where("ticket.ended_at", "is", null)
    .where("topic.ticket_id", "is", null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom("person_role")
            .select("person_role.role")
            .whereRef("person_role.person_id", "=", "ticket.requester_id")
            .where("person_role.role", "in", [...deskRoles]),
        ),
      ),
    )
    .orderBy("ticket.is_urgent", "desc")
    .orderBy("ticket.id")
    .limit(limit)
    .execute();
  return tickets.map(({ id }) => id);
}

/** Tickets with a topic there that changed since. */
export async function listTopicsChangedSince(db: Db, chatId: number, date: Date): Promise<number[]> {
  const topics = await db
    .selectFrom("ticket_topic as topic")
    .innerJoin("ticket", "ticket.id", "topic.ticket_id")
    .select("ticket.id")
    .where("topic.chat_id", "=", chatId)
    .where("topic.thread_id", "is not", null)
    .where("ticket.changed_at", ">=", date)
    .orderBy("ticket.id")
    .execute();
  return topics.map(({ id }) => id);
}

const noThread = { thread_id: null, made_at: null, shows: "", is_closed: false };
