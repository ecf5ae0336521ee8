import type { OutboxRow } from "../core/db/outbox.ts";
import type { Db, GroupTrouble, Tx } from "../core/db/tables.ts";
import { findTopic } from "../core/db/ticket/ticket-topics.ts";
import type { TopicChange } from "../core/domain/ticket/topic-rules.ts";
import type { AtCrashPoint } from "./crash-points.ts";
import type { Rendered, TitleOf } from "./rendered.ts";
import type { Client } from "./telegram/client.ts";
import { TelegramFailure } from "./telegram/telegram-failure.ts";

/** A row for the topic of a ticket. */
export type TopicRow = OutboxRow & { topicTicketId: number };

/** What the bot records of topics; each runs in a transaction of its own, or that which marks the row. */
export type TopicHooks = {
  titleOf: TitleOf;
  onBegun: (tx: Tx, row: TopicRow) => Promise<void>;
  onMade: (tx: Tx, row: TopicRow, made: { threadId: number; shows: string }) => Promise<void>;
  onChanged: (tx: Tx, row: TopicRow, changed: { change: TopicChange; shows: string }) => Promise<void>;
  /** It was deleted by hand; the row waits, and is brought into a new one. */
  onLost: (tx: Tx, row: TopicRow, threadId: number) => Promise<void>;
  /** The row goes another way, with all that waits for topics of the group. */
  onTrouble: (tx: Tx, chatId: number, trouble: GroupTrouble) => Promise<void>;
};

export type TopicClient = Pick<
  Client,
  "createForumTopic" | "renameForumTopic" | "closeForumTopic" | "reopenForumTopic"
>;

export function isForTopic(row: OutboxRow): row is TopicRow {
  return row.topicTicketId !== null;
}

/** The thread of the ticket's topic in that group; undefined: it has to be made. */
export async function findThread(db: Db, row: TopicRow): Promise<number | undefined> {
  const topic = await findTopic(db, row.topicTicketId);
  return topic?.chatId === row.chatId ? (topic.threadId ?? undefined) : undefined;
}

type MakingOptions = {
  db: Db;
  client: TopicClient;
  topics: TopicHooks;
  at?: AtCrashPoint | undefined;
  signal: AbortSignal;
};

/**
 * Makes the topic and leaves the row waiting: one call to Telegram for each turn of the sender, so that its limits count it.
 * Telegram knows no key by which a second making would be the same, and no list of topics: a crash between the call and
 * its record leaves a topic that stays empty.
 */
export async function makeTopic(row: TopicRow, { db, client, topics, at, signal }: MakingOptions): Promise<void> {
  const wanted = await topics.titleOf(db, row.topicTicketId);
  if (wanted === undefined) throw new Error(`making a topic: there is no ticket ${row.topicTicketId}`);
  await db.transaction().execute((tx) => topics.onBegun(tx, row));
  await at?.("action-to-send");
  const threadId = await client.createForumTopic(row.chatId, wanted.title, { signal });
  await at?.("send-to-mark");
  await db.transaction().execute((tx) => topics.onMade(tx, row, { threadId, shows: wanted.shows }));
}

/** What was changed already, in a try whose end nobody saw, is as good as done. */
export async function changeTopic(
  client: TopicClient,
  { chatId }: TopicRow,
  threadId: number,
  { change, title }: Extract<Rendered, { as: "topic" }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (change === "rename") await client.renameForumTopic(chatId, threadId, title, { signal });
    else if (change === "close") await client.closeForumTopic(chatId, threadId, { signal });
    else await client.reopenForumTopic(chatId, threadId, { signal });
  } catch (error) {
    if (!(error instanceof TelegramFailure && error.reason === "unchanged")) throw error;
  }
}

/** What a failure says about the group as a whole. */
export function troubleOf({ reason }: TelegramFailure): GroupTrouble | undefined {
  switch (reason) {
    case "blocked":
    case "no-chat":
      return "gone";
    case "no-rights":
    case "not-a-forum":
      return reason;
    default:
      return undefined;
  }
}
