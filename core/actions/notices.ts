import { enqueue, enqueueAll, isWaiting, listChatsUnder, listSentUnder, touchPending } from "../db/outbox.ts";
import { listPeopleOfChats } from "../db/people/accounts.ts";
import { listPeopleWithRole } from "../db/people/people.ts";
import type { Tx } from "../db/tables.ts";
import type { Role } from "../domain/people/roles.ts";
import type { Notice } from "./notice.ts";
import { cardKey, keyOf } from "./notice-keys.ts";
import { reachable } from "./people/reachable.ts";
import type { Setting } from "./setting.ts";
import { routeOf } from "./topic-route.ts";

/** Answers come before notices when the limits of Telegram make messages wait. */
export const answerPriority = 0;
export const noticePriority = 1;

/** In private, or what the desk is told about a ticket once in its topic, where there is a staff group. */
export async function tell(
  tx: Tx,
  personIds: readonly number[],
  notice: Notice,
  setting: Pick<Setting, "now">,
): Promise<void> {
  const { topic, inPrivate } = await routeOf(tx, personIds, notice);
  if (topic !== undefined) await sendToTopic(tx, topic, notice, { now: setting.now, priority: noticePriority });
  await tellInPrivate(tx, inPrivate, notice, setting);
}

export async function tellInPrivate(
  tx: Tx,
  personIds: readonly number[],
  notice: Notice,
  { now }: Pick<Setting, "now">,
): Promise<void> {
  for (const account of await reachable(tx, personIds)) {
    await send(tx, account.telegramUserId, notice, { now, priority: noticePriority });
  }
}

/** In private, where that notice does not stand in the chat already. */
export async function tellOnce(tx: Tx, personId: number, notice: Notice, { now }: Pick<Setting, "now">): Promise<void> {
  const key = keyOf(notice);
  const sent = key === undefined ? [] : await listSentUnder(tx, key);
  for (const { telegramUserId } of await reachable(tx, [personId])) {
    if (sent.some(({ chatId }) => chatId === telegramUserId)) continue;
    await send(tx, telegramUserId, notice, { now, priority: noticePriority });
  }
}

export async function tellRole(tx: Tx, role: Role, notice: Notice, setting: Setting, butNot?: number): Promise<void> {
  const people = await listPeopleWithRole(tx, role);
  const ids = people.map(({ id }) => id).filter((id) => id !== butNot);
  await tell(tx, ids, notice, setting);
}

/** To thousands at once, in chats that can be reached. */
export async function sendToAll(tx: Tx, chatIds: readonly number[], notice: Notice, { now }: Setting): Promise<void> {
  const outgoing = { message: notice, priority: noticePriority, mergeKey: keyOf(notice), now } as const;
  await enqueueAll(
    tx,
    chatIds.map((chatId) => ({ ...outgoing, chatId })),
  );
}

/** What has a key merges while it waits, and is found again by it when it has to change. */
export async function send(
  tx: Tx,
  chatId: number,
  notice: Notice,
  { now, priority }: { now: Date; priority: 0 | 1 },
): Promise<void> {
  await enqueue(tx, { chatId, message: notice, priority, mergeKey: keyOf(notice), now });
}

/** @param topic.personIds whom it is for; one alone is named in it */
export async function sendToTopic(
  tx: Tx,
  topic: { chatId: number; ticketId: number; personIds?: readonly number[] },
  notice: Notice,
  { now, priority }: { now: Date; priority: 0 | 1 },
): Promise<void> {
  const { chatId, ticketId: topicTicketId, personIds } = topic;
  await enqueue(tx, { chatId, topicTicketId, personIds, message: notice, priority, mergeKey: keyOf(notice), now });
}

/** The ticket's card at the end of its topic; one that is about to come there, with its news, is enough. */
export async function sendCardToTopic(
  tx: Tx,
  { chatId, ticketId }: { chatId: number; ticketId: number },
  how: { now: Date; priority: 0 | 1 },
): Promise<void> {
  if (await isWaiting(tx, chatId, cardKey(ticketId))) return;
  await sendToTopic(tx, { chatId, ticketId }, { kind: "ticket-card", ticketId }, how);
}

/**
 * Edits what was sent as `sent`, each message of it, in whichever chats: a question that was answered loses its buttons.
 *
 * @param onlyChatId in that chat alone
 */
export async function editSent(
  tx: Tx,
  sent: Notice,
  notice: Notice,
  { now }: Pick<Setting, "now">,
  onlyChatId?: number,
): Promise<void> {
  const key = keyOf(sent);
  if (key === undefined) return;
  await touchPending(tx, key);
  const messages = await listSentUnder(tx, key);
  const edits = messages
    .filter(({ chatId }) => onlyChatId === undefined || chatId === onlyChatId)
    .map(({ chatId, messageId }) => ({
      ...{ chatId, editsMessageId: messageId, mergeKey: `${key} message ${messageId}` },
      topicTicketId: isGroup(chatId) && "ticketId" in notice ? notice.ticketId : undefined,
      ...({ message: notice, priority: noticePriority, now } as const),
    }));
  await enqueueAll(tx, edits);
}

/** Who was told that in private, or is about to be. */
export async function listTold(tx: Tx, notice: Notice): Promise<number[]> {
  const key = keyOf(notice);
  return key === undefined ? [] : listPeopleOfChats(tx, await listChatsUnder(tx, key));
}

/** Telegram's ids of groups are below zero. */
export function isGroup(chatId: number): boolean {
  return chatId < 0;
}
