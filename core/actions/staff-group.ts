import { writeJournal } from "../db/journal/journal.ts";
import { moveChat, takePendingForTopics } from "../db/outbox.ts";
import {
  deleteStaffGroup,
  findStaffGroup,
  lockStaffGroup,
  markTrouble,
  moveStaffGroup,
  saveStaffGroup,
} from "../db/staff-group.ts";
import type { GroupTrouble, Tx } from "../db/tables.ts";
import { listTicketsWithoutTopic, listTopicsChangedSince, moveTopics } from "../db/ticket/ticket-topics.ts";
import { recordMovedChat } from "./journal/pin-journal-head.ts";
import type { Notice } from "./notice.ts";
import { noticePriority, sendCardToTopic, tellInPrivate, tellRole } from "./notices.ts";
import type { Setting } from "./setting.ts";
import { refreshCards } from "./ticket/refresh-cards.ts";

/**
 * Topics that one look makes at most, of a topic and its card each: of the hundred messages that a group takes until the next
 * look most are left for what happens meanwhile.
 */
const topicsAtOnce = 20;

/**
 * At the start: in which group the desk works.
 *
 * @param seed its id; undefined: in private chats
 */
export async function chooseStaffGroup(tx: Tx, setting: Setting, seed: number | undefined): Promise<void> {
  const before = await findStaffGroup(tx);
  if (seed === undefined) await deleteStaffGroup(tx);
  else await saveStaffGroup(tx, seed);
  const after = await findStaffGroup(tx);
  // What waits for a group that is no longer the desk's goes to its people.
  if (before !== undefined && before.chatId !== after?.chatId) await sendInPrivate(tx, before.chatId, setting);
  if (seed !== undefined) await lookAfterStaffGroup(tx, setting);
}

/** What Telegram says of the group. */
export type GroupLook = { outcome: "usable" } | { outcome: GroupTrouble } | { outcome: "moved"; toChatId: number };

/** What was seen of the group is recorded, and acted on. */
export async function recordGroupLook(tx: Tx, setting: Setting, chatId: number, look: GroupLook): Promise<void> {
  switch (look.outcome) {
    case "usable":
      return recordGroupUsable(tx, setting, chatId);
    case "moved":
      return recordMovedGroup(tx, setting, chatId, look.toChatId);
    default:
      return recordGroupTrouble(tx, setting, chatId, look.outcome);
  }
}

/** Soon, and from then on every few minutes. */
export async function lookAfterStaffGroup(tx: Tx, { tasks }: Pick<Setting, "tasks">): Promise<void> {
  await tasks.enqueue(tx, "look-after-staff-group", {});
}

/** The group cannot be used: what waits for it, and all that comes, goes to private chats; who can help is told once. */
export async function recordGroupTrouble(
  tx: Tx,
  setting: Setting,
  chatId: number,
  trouble: GroupTrouble,
): Promise<void> {
  const group = await lockStaffGroup(tx);
  // Of a group that the desk has left something may still be waiting.
  if (group?.chatId === chatId && group.trouble !== trouble) {
    await markTrouble(tx, trouble, setting.now);
    await tellTrouble(tx, setting, { kind: "staff-group-trouble", trouble });
    await note(tx, setting, "staff-group-trouble", { trouble });
  }
  await sendInPrivate(tx, chatId, setting);
}

/** The group can be used: where it could not, that is told, and what changed meanwhile is shown; topics that lack are made. */
export async function recordGroupUsable(tx: Tx, setting: Setting, chatId: number): Promise<void> {
  const group = await lockStaffGroup(tx);
  if (group?.chatId !== chatId) return;
  if (group.troubleSince !== null) {
    await markTrouble(tx, null, setting.now);
    await tellTrouble(tx, setting, { kind: "staff-group-healed" });
    await note(tx, setting, "staff-group-healed", {});
    const changed = await listTopicsChangedSince(tx, chatId, group.troubleSince);
    for (const ticketId of changed) await refreshCards(tx, ticketId, setting);
  }
  for (const ticketId of await listTicketsWithoutTopic(tx, chatId, topicsAtOnce)) {
    await sendCardToTopic(tx, { chatId, ticketId }, { now: setting.now, priority: noticePriority });
  }
}

/** A group became a supergroup. Topics it has none yet, so it is looked at again. */
export async function recordMovedGroup(tx: Tx, setting: Setting, fromChatId: number, toChatId: number): Promise<void> {
  await recordMovedChat(tx, fromChatId, toChatId);
  if (!(await moveStaffGroup(tx, fromChatId, toChatId))) return;
  await moveTopics(tx, fromChatId, toChatId);
  await moveChat(tx, fromChatId, toChatId);
  await lookAfterStaffGroup(tx, setting);
}

/** Nothing that was to be said is lost: each goes to those whom it is for. Edits, and questions of forms, stay behind. */
async function sendInPrivate(tx: Tx, chatId: number, setting: Setting): Promise<void> {
  const waiting = await takePendingForTopics(tx, chatId, "the staff group cannot be used, sent in private");
  for (const { message, editsMessageId, personIds } of waiting) {
    if (editsMessageId !== null || onlyForTopic.includes(message.kind)) continue;
    // The message that it would have replied to stands in the group.
    const { replyTo: _, ...notice } = message as Notice & { replyTo?: number };
    await tellInPrivate(tx, personIds, notice as Notice, setting);
  }
}

const onlyForTopic: readonly string[] = [
  ...["ticket-topic", "topic-remade", "reply-sent", "question", "draft-left", "history", "ticket-more"],
  ...["file", "full-text"],
];

async function tellTrouble(tx: Tx, setting: Setting, notice: Notice): Promise<void> {
  await tellRole(tx, "help-desk", notice, setting);
  await tellRole(tx, "administrator", notice, setting);
}

async function note(tx: Tx, setting: Setting, event: string, details: Record<string, string>): Promise<void> {
  const chatId = (await findStaffGroup(tx))?.chatId ?? 0;
  await writeJournal(tx, { at: setting.now, actorId: null, event, subject: { kind: "chat", id: chatId }, details });
}
