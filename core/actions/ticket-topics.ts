import { findUsableGroup } from "../db/staff-group.ts";
import type { Tx } from "../db/tables.ts";
import { deleteCard, deleteCardOf } from "../db/ticket/ticket-cards.ts";
import { beginTopic, forgetThread, saveThread, saveTopicState } from "../db/ticket/ticket-topics.ts";
import { findTicket } from "../db/ticket/tickets.ts";
import type { TopicChange } from "../domain/ticket/topic-rules.ts";
import { answerPriority, noticePriority, sendCardToTopic, sendToTopic } from "./notices.ts";
import type { Setting } from "./setting.ts";
import { refreshTopic } from "./ticket/refresh-cards.ts";
import { hasTopic } from "./topic-route.ts";

type Place = { ticketId: number; chatId: number };

/** Before Telegram is asked for it: a crash in between leaves one empty topic, and the next try makes another. */
export async function recordTopicBegun(tx: Tx, { now }: Setting, place: Place): Promise<void> {
  await beginTopic(tx, { ...place, now });
}

export async function recordTopicMade(
  tx: Tx,
  setting: Setting,
  made: Place & { threadId: number; shows: string },
): Promise<void> {
  await saveThread(tx, made.ticketId, { ...made, now: setting.now });
  await refreshTopic(tx, made.ticketId, setting);
}

/** One change was made; what else there is to change comes next. */
export async function recordTopicChanged(
  tx: Tx,
  setting: Setting,
  { ticketId, change, shows }: { ticketId: number; change: TopicChange; shows: string },
): Promise<void> {
  await saveTopicState(tx, ticketId, change === "rename" ? { shows } : { isClosed: change === "close" });
  await refreshTopic(tx, ticketId, setting);
}

/** Somebody of the group renamed, closed or reopened it by hand: it follows its ticket again. */
export async function recordTopicTouched(
  tx: Tx,
  setting: Setting,
  { ticketId, touched }: { ticketId: number; touched: TopicChange },
): Promise<void> {
  await saveTopicState(tx, ticketId, touched === "rename" ? { shows: "" } : { isClosed: touched === "close" });
  await refreshTopic(tx, ticketId, setting);
}

/** Somebody deleted it by hand. An open ticket gets another one, with its card, in which that is said. */
export async function recordTopicLost(tx: Tx, { now }: Setting, lost: Place & { threadId: number }): Promise<void> {
  const { ticketId, chatId } = lost;
  if (!(await forgetThread(tx, ticketId, lost.threadId))) return;
  await deleteCardOf(tx, chatId, ticketId);
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined || ticket.endedAt !== null || !(await hasTopic(tx, ticket))) return;
  await sendToTopic(tx, { ticketId, chatId }, { kind: "topic-remade", ticketId }, { now, priority: answerPriority });
  await sendCardToTopic(tx, { ticketId, chatId }, { now, priority: noticePriority });
}

/** The card to edit is gone from its topic: while the ticket is open another one is sent, which also shows whether the topic is there. */
export async function recordTopicCardGone(
  tx: Tx,
  { now }: Setting,
  { ticketId, chatId, messageId }: Place & { messageId: number },
): Promise<void> {
  await deleteCard(tx, chatId, messageId);
  const ticket = await findTicket(tx, ticketId);
  if (chatId !== (await findUsableGroup(tx)) || ticket === undefined || ticket.endedAt !== null) return;
  await sendCardToTopic(tx, { ticketId, chatId }, { now, priority: noticePriority });
}
