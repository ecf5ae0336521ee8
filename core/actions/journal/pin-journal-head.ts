import { findHead } from "../../db/journal/journal.ts";
import {
  deleteJournalChat,
  findJournalChat,
  insertPin,
  markPinned,
  markPinSent,
  moveJournalChat,
  saveJournalChat,
} from "../../db/journal/journal-pins.ts";
import { enqueue, moveChat } from "../../db/outbox.ts";
import type { Tx } from "../../db/tables.ts";
import { pinDayOf } from "../../domain/journal/pin-day.ts";
import type { Notice } from "../notice.ts";
import { noticePriority, send } from "../notices.ts";
import type { Setting } from "../setting.ts";

/**
 * At the start: where the head is to be pinned, with a first pin where today has none yet.
 *
 * @param seed id of a group or channel; undefined: nowhere
 */
export async function chooseJournalChat(tx: Tx, { tasks }: Setting, seed: number | undefined): Promise<void> {
  if (seed === undefined) return deleteJournalChat(tx);
  await saveJournalChat(tx, seed);
  await tasks.enqueue(tx, "pin-journal-head", {});
}

/** Once for each day, also when nothing was sealed since the last one: that shows that the desk is alive. */
export async function pinJournalHead(tx: Tx, { now, rules }: Setting): Promise<void> {
  const chatId = await findJournalChat(tx);
  if (chatId === undefined) return;
  const head = await findHead(tx);
  const pinId = await insertPin(tx, { chatId, day: pinDayOf(now, rules.zone), ...head, at: now });
  if (pinId === undefined) return;
  await send(tx, chatId, { kind: "journal-head", pinId }, { now, priority: noticePriority });
}

/** The head stands in the chat; pinning it is a message of its own in the outbox, so that a crash does not lose it. */
export async function recordHeadSent(
  tx: Tx,
  { now }: Setting,
  sent: { pinId: number; chatId: number; messageId: number },
): Promise<void> {
  await markPinSent(tx, sent.pinId, sent.messageId);
  const message: Notice = { kind: "pin-journal-head", pinId: sent.pinId };
  await enqueue(tx, { chatId: sent.chatId, message, priority: noticePriority, now });
}

export async function recordHeadPinned(tx: Tx, { now }: Setting, pinId: number): Promise<void> {
  await markPinned(tx, pinId, now);
}

/** A group became a supergroup and has another id now: what waits goes there, and so do the heads of the days to come. */
export async function recordMovedChat(tx: Tx, fromChatId: number, toChatId: number): Promise<void> {
  await moveChat(tx, fromChatId, toChatId);
  await moveJournalChat(tx, fromChatId, toChatId);
}
