import { findJournalChat } from "../db/journal/journal-pins.ts";
import { enqueue } from "../db/outbox.ts";
import { markReachable, markUnreachable } from "../db/people/accounts.ts";
import { findPersonByTelegramUser } from "../db/people/people.ts";
import { findStaffGroup } from "../db/staff-group.ts";
import type { Tx } from "../db/tables.ts";
import { saveQuestionMessage } from "../db/ticket/drafts.ts";
import { deleteCard, saveCard } from "../db/ticket/ticket-cards.ts";
import { listOpenTicketsOfRequester } from "../db/ticket/tickets.ts";
import { keptByTelegramMs } from "../domain/deafness.ts";
import type { Notice } from "./notice.ts";
import { answerPriority, isGroup, noticePriority, send, tell, tellRole } from "./notices.ts";
import type { Setting } from "./setting.ts";
import { recordGroupTrouble } from "./staff-group.ts";
import { askAgain } from "./ticket/ask-again.ts";
import { readersOf } from "./ticket/readers-of-ticket.ts";
import { refreshCards, refreshCardsIn } from "./ticket/refresh-cards.ts";

/** As many open tickets as a person plausibly has. */
const manyTickets = { offset: 0, limit: 100 };

/** A card went out: it is the chat's card of that ticket from now on, and the one before it says so. Of two the older one does. */
export async function recordCard(
  tx: Tx,
  { now }: Setting,
  card: { chatId: number; ticketId: number; messageId: number },
): Promise<void> {
  const older = await saveCard(tx, card);
  if (older === undefined) return;
  await enqueue(tx, {
    chatId: card.chatId,
    message: { kind: "card-moved", ticketId: card.ticketId } satisfies Notice,
    priority: noticePriority,
    editsMessageId: older,
    topicTicketId: isGroup(card.chatId) ? card.ticketId : undefined,
    now,
  });
}

/** A question of a form went out: the one before it, or itself where the form has moved on, can no longer be answered. */
export async function recordQuestion(
  tx: Tx,
  setting: Setting,
  sent: { chatId: number; draftId: number; question: string; messageId: number },
): Promise<void> {
  const passed = await saveQuestionMessage(tx, sent);
  if (passed !== undefined) await passQuestion(tx, setting, { chatId: sent.chatId, messageId: passed });
}

/** It loses its buttons, unless it is written anew from now on. */
export async function passQuestion(
  tx: Tx,
  { now }: Pick<Setting, "now">,
  message: { chatId: number; messageId: number },
): Promise<void> {
  await enqueue(tx, {
    chatId: message.chatId,
    message: { kind: "question-passed" } satisfies Notice,
    priority: noticePriority,
    editsMessageId: message.messageId,
    now,
  });
}

/** The person deleted the message that was to be edited. */
export async function forgetCard(tx: Tx, card: { chatId: number; messageId: number }): Promise<void> {
  await deleteCard(tx, card.chatId, card.messageId);
}

/** A person blocked the bot: nothing more is sent there, and who works on the person's tickets is told. */
export async function recordBlockedChat(tx: Tx, setting: Setting, chatId: number): Promise<void> {
  if (chatId === (await findStaffGroup(tx))?.chatId) await recordGroupTrouble(tx, setting, chatId, "gone");
  if (chatId === (await findJournalChat(tx))) return reportJournalChat(tx, setting, "not-sent");
  const personId = await markUnreachable(tx, chatId, setting.now);
  if (personId === undefined) return;
  for (const ticket of await listOpenTicketsOfRequester(tx, personId, manyTickets)) {
    const notice = { kind: "requester-unreachable", ticketId: ticket.id } as const;
    await tell(tx, await readersOf(tx, ticket), notice, setting);
    await refreshCards(tx, ticket.id, setting);
  }
}

/** The person is back: the cards are true again, theirs and those in their chat, and a question that was missed is asked. */
export async function recordUnblockedChat(tx: Tx, setting: Setting, chatId: number): Promise<void> {
  const personId = await markReachable(tx, chatId);
  if (personId === undefined) return;
  await refreshCardsIn(tx, chatId, setting);
  await askAgain(tx, personId, setting);
}

/** A message that Telegram refuses for good: administrators see which one, not what it says. */
export async function reportDeadMessage(
  tx: Tx,
  setting: Setting,
  row: { id: number; message: { kind: string } },
): Promise<void> {
  const { kind } = row.message;
  // A hint in a group in which the bot may not write is nobody's loss.
  if (kind === "message-dead" || kind === "group-hint") return;
  if (kind === "journal-head") return reportJournalChat(tx, setting, "not-sent");
  if (kind === "pin-journal-head") return reportJournalChat(tx, setting, "not-pinned");
  await tellRole(tx, "administrator", { kind: "message-dead", outboxId: row.id }, setting);
}

async function reportJournalChat(tx: Tx, setting: Setting, what: "not-sent" | "not-pinned"): Promise<void> {
  await tellRole(tx, "administrator", { kind: "journal-chat-trouble", what }, setting);
}

/** An update that could not be handled: its sender gets one sentence with a reference, administrators the reference. */
export async function reportParkedUpdate(
  tx: Tx,
  setting: Setting,
  row: { id: number; chatId: number | undefined },
): Promise<void> {
  const sender = row.chatId === undefined ? undefined : await findPersonByTelegramUser(tx, row.chatId);
  if (sender !== undefined && row.chatId !== undefined) {
    const apology = { kind: "apology", inboxId: row.id } as const;
    await send(tx, row.chatId, apology, { now: setting.now, priority: answerPriority });
  }
  await tellRole(tx, "administrator", { kind: "update-parked", inboxId: row.id }, setting, sender?.id);
}

/**
 * The bot was deaf, or did not run, and hears again: help desk and administrators are told since when. What was written meanwhile has
 * come by now, unless it lasted longer than Telegram keeps it.
 */
export async function reportSilence(tx: Tx, setting: Setting, since: Date): Promise<void> {
  const { now } = setting;
  const mayBeMissing = now.getTime() - since.getTime() > keptByTelegramMs;
  const notice: Notice = mayBeMissing
    ? { kind: "updates-missing", since: since.toISOString() }
    : { kind: "updates-late", since: since.toISOString(), until: now.toISOString() };
  await tellRole(tx, "help-desk", notice, setting);
  await tellRole(tx, "administrator", notice, setting);
}
