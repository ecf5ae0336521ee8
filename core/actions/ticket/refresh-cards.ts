import { findIncident } from "../../db/monitoring/incidents.ts";
import { listStandingAlerts } from "../../db/monitoring/monitor-alerts.ts";
import { enqueue, touchPending } from "../../db/outbox.ts";
import { findUsableGroup } from "../../db/staff-group.ts";
import type { Tx } from "../../db/tables.ts";
import { listCards, listCardsIn, type TicketCard } from "../../db/ticket/ticket-cards.ts";
import { findTopic } from "../../db/ticket/ticket-topics.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import { nextTopicChange } from "../../domain/ticket/topic-rules.ts";
import type { Notice } from "../notice.ts";
import { cardKey } from "../notice-keys.ts";
import { editSent, isGroup, noticePriority, sendToTopic } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { hasTopic } from "../topic-route.ts";

/** As many as somebody plausibly looks at again. */
const newestCards = 50;

/** What the requester was told or asked by that step is shown as it is now: answered, taken back, or open again. */
export async function refreshQuestion(tx: Tx, ticketId: number, entryId: number, setting: Setting): Promise<void> {
  const question = { kind: "step-told", ticketId, entryId } as const;
  await editSent(tx, question, question, setting);
}

/**
 * Edits every card of the ticket that people have, its topic, and what was told of its outage; what stands there is looked up when
 * it is sent.
 */
export async function refreshCards(tx: Tx, ticketId: number, { now }: Pick<Setting, "now">): Promise<void> {
  await touchPending(tx, cardKey(ticketId));
  for (const card of await listCards(tx, ticketId)) await refreshCard(tx, card, now);
  await refreshTopic(tx, ticketId, { now });
  await refreshAlert(tx, ticketId, { now });
}

/** The message of the outage for which the ticket was opened says its number, and who works on it. */
export async function refreshAlert(tx: Tx, ticketId: number, setting: Pick<Setting, "now">): Promise<void> {
  const incident = await findIncident(tx, ticketId);
  if (incident === undefined) return;
  const alert = (await listStandingAlerts(tx)).find(({ rootId }) => rootId === incident.targetId);
  if (alert === undefined) return;
  const told: Notice = { kind: "outage-told", alertId: alert.id };
  await editSent(tx, told, told, setting);
}

/** A chat is reached again: its cards, of the newest tickets, are true. */
export async function refreshCardsIn(tx: Tx, chatId: number, { now }: Pick<Setting, "now">): Promise<void> {
  for (const card of await listCardsIn(tx, chatId, newestCards)) await refreshCard(tx, card, now);
}

async function refreshCard(tx: Tx, { chatId, ticketId, messageId }: TicketCard, now: Date): Promise<void> {
  await enqueue(tx, {
    chatId,
    message: { kind: "ticket-card", ticketId } satisfies Notice,
    priority: noticePriority,
    editsMessageId: messageId,
    mergeKey: cardKey(ticketId),
    topicTicketId: isGroup(chatId) ? ticketId : undefined,
    now,
  });
}

/** Title and lock of the ticket's topic follow the ticket, where they do not yet. */
export async function refreshTopic(tx: Tx, ticketId: number, { now }: Pick<Setting, "now">): Promise<void> {
  const topic = await findTopic(tx, ticketId);
  if (topic?.threadId == null || topic.chatId !== (await findUsableGroup(tx))) return;
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return;
  const mayBeOpen = await hasTopic(tx, ticket);
  if (nextTopicChange(topic, ticket, { mayBeOpen }) === undefined) return;
  await sendToTopic(tx, topic, { kind: "ticket-topic", ticketId }, { now, priority: noticePriority });
}
