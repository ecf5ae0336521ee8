import { answerPriority } from "../core/actions/notices.ts";
import { recordBlockedChat } from "../core/actions/record-delivery.ts";
import type { Setting } from "../core/actions/setting.ts";
import { lookAfterStaffGroup, recordMovedGroup } from "../core/actions/staff-group.ts";
import { recordTopicTouched } from "../core/actions/ticket-topics.ts";
import { hasTopic } from "../core/actions/topic-route.ts";
import type { Events } from "../core/db/events/events.ts";
import { enqueue, findPress, findTopicOfButton } from "../core/db/outbox.ts";
import { findPersonByTelegramUser } from "../core/db/people/people.ts";
import { findStaffGroup } from "../core/db/staff-group.ts";
import type { Tx } from "../core/db/tables.ts";
import { findTopicByThread, type TicketTopic } from "../core/db/ticket/ticket-topics.ts";
import { findTicket } from "../core/db/ticket/tickets.ts";
import { type Outcome, refuse } from "../core/domain/outcome.ts";
import { worksAtDesk } from "../core/domain/ticket/ticket.ts";
import type { TopicChange } from "../core/domain/ticket/topic-rules.ts";
import { pressButton } from "./commands/press-button.ts";
import { readTopicEdit } from "./commands/read-topic-edit.ts";
import { readTopicMessage } from "./commands/read-topic-message.ts";
import { type Conversation, reply } from "./conversation.ts";
import { press } from "./presses/press.ts";
import type { OfficeWords } from "./replies/office-words.ts";
import type { GroupHint } from "./screens/screens.ts";
import { type CallbackQuery, type ChatMemberUpdated, type Message, writtenContents } from "./telegram/update.ts";

export type GroupContext = { tx: Tx; setting: Setting; office: OfficeWords; takeToken: Events["takeToken"] };

/** One hint a day for each who writes without being of the desk, and one in an hour where a command has no place. */
const hintsForOutsider = { burst: 1, perMinute: 1 / (24 * 60) };
const hintsOnCommands = { burst: 1, perMinute: 1 / 60 };

/** What is written in a group: of the staff group the topics of tickets are read, and nothing else. */
export async function hearGroup(context: GroupContext, message: Message, isEdited: boolean): Promise<void> {
  const { tx, setting } = context;
  const chatId = message.chat.id;
  if (message.migrate_to_chat_id !== undefined) {
    return recordMovedGroup(tx, setting, chatId, message.migrate_to_chat_id);
  }
  const isStaffGroup = (await findStaffGroup(tx))?.chatId === chatId;
  const threadId = message.is_topic_message ? message.message_thread_id : undefined;
  const topic = isStaffGroup && threadId !== undefined ? await findTopicByThread(tx, chatId, threadId) : undefined;
  if (topic !== undefined) return hearTopic(context, message, topic, isEdited);
  if (isEdited) return;
  if (isStaffGroup && isOrphan(message, context.office)) return hint(context, message, "topic-unused");
  if (!isCommandForBot(message.text, context.office)) return;
  if (await context.takeToken(`command in group ${chatId}`, hintsOnCommands)) {
    await hint(context, message, "commands-elsewhere");
  }
}

async function hearTopic(
  context: GroupContext,
  message: Message,
  topic: TicketTopic,
  isEdited: boolean,
): Promise<void> {
  const { tx, setting, office, takeToken } = context;
  const touched = touchOf(message);
  if (touched !== undefined) return recordTopicTouched(tx, setting, { ticketId: topic.ticketId, touched });
  if (!hasContent(message)) return;
  // An administrator who writes in the name of the group, or somebody in that of a channel: nobody knows who.
  if (message.sender_chat !== undefined) return hint(context, message, "anonymous");
  const { from } = message;
  if (from === undefined || from.is_bot) return;
  const person = await findPersonByTelegramUser(tx, from.id);
  if (person === undefined || !worksAtDesk(person)) {
    if (await takeToken(`outsider in group ${from.id}`, hintsForOutsider)) await hint(context, message, "not-at-desk");
    return;
  }
  const conversation: Conversation & { topic: NonNullable<Conversation["topic"]> } = {
    ...{ tx, setting, office, person },
    chatId: topic.chatId,
    topic: { ticketId: topic.ticketId },
    messageId: message.message_id,
    ...(message.media_group_id === undefined ? {} : { albumId: message.media_group_id }),
  };
  const read = isEdited ? readTopicEdit : readTopicMessage;
  const outcome = await read(conversation, message);
  if (!outcome.ok) await reply(conversation, { kind: "refused", refusal: outcome.refusal });
}

/** A press in the staff group: whoever is in it sees every button, so the person is checked, and must be of the desk. */
export async function pressInGroup(
  { tx, setting, office }: Omit<GroupContext, "takeToken">,
  query: CallbackQuery,
  { chatId, token, index }: { chatId: number; token: string; index: number },
): Promise<Outcome> {
  const group = await findStaffGroup(tx);
  const ticketId = await findTopicOfButton(tx, token, chatId);
  if (group?.chatId !== chatId || ticketId === undefined) return refuse("button-unknown");
  const person = await findPersonByTelegramUser(tx, query.from.id);
  if (person === undefined) return refuse("not-linked-in-group");
  if (!worksAtDesk(person)) return refuse("not-at-desk");
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  if (!(await hasTopic(tx, ticket))) return refuse("works-not-in-topic");
  if (group.trouble !== null) return refuse("group-in-trouble");
  const found = press.safeParse(await findPress(tx, token, index, chatId));
  if (!found.success) return refuse("button-unknown");
  const pressed = query.message === undefined ? {} : { pressedMessageId: query.message.message_id };
  const conversation = { tx, setting, office, person, chatId, topic: { ticketId }, ...pressed };
  return pressButton(conversation, found.data);
}

/** The bot was let in, removed, or its rights were changed. */
export async function noteStanding(tx: Tx, change: ChatMemberUpdated, setting: Setting): Promise<void> {
  const chatId = change.chat.id;
  if ((await findStaffGroup(tx))?.chatId !== chatId) return;
  const { status } = change.new_chat_member;
  if (status === "left" || status === "kicked") await recordBlockedChat(tx, setting, chatId);
  else await lookAfterStaffGroup(tx, setting);
}

/** What somebody did to the topic by hand; of what the bot does itself it is not told. */
function touchOf(message: Message): TopicChange | undefined {
  if (message.forum_topic_closed !== undefined) return "close";
  if (message.forum_topic_reopened !== undefined) return "reopen";
  return message.forum_topic_edited?.name === undefined ? undefined : "rename";
}

/** Else Telegram tells that somebody came, or something was pinned: nobody has written it. */
function hasContent(message: Message): boolean {
  return writtenContents.some((content) => message[content] !== undefined);
}

/** A topic that the bot made and lost sight of in a crash. What is written there would be believed to be kept. */
function isOrphan({ reply_to_message: first, message_thread_id }: Message, { botUsername }: OfficeWords): boolean {
  const isFirst = first?.message_id === message_thread_id && first?.forum_topic_created !== undefined;
  return isFirst && first?.from?.username === botUsername;
}

function isCommandForBot(text: string | undefined, { botUsername }: OfficeWords): boolean {
  const named = /^\/\w+(?:@(\w+))?(?:\s|$)/.exec(text?.trim() ?? "");
  if (named === null) return false;
  return named[1] === undefined || named[1].toLowerCase() === botUsername.toLowerCase();
}

async function hint({ tx, setting }: GroupContext, message: Message, what: GroupHint): Promise<void> {
  const { id: chatId } = message.chat;
  const threadId = message.is_topic_message ? message.message_thread_id : undefined;
  const screen = { kind: "group-hint", what, replyTo: message.message_id, ...(threadId && { threadId }) } as const;
  await enqueue(tx, { chatId, message: screen, priority: answerPriority, now: setting.now });
}
