import { type BotStanding, type Change, type GroupState, isSupergroupId, type Topic } from "./state.ts";
import { asBotSees, type GroupChat, type Message, type User } from "./types.ts";
import { newUpdate } from "./updates.ts";
import { messageIn, nextMessageId, nowSeconds, quoted, userOf, type World } from "./world.ts";

/** A group of the bot and, where it names members, of people who are played. */
export type PlaygroundGroup = {
  /** below zero, as Telegram has it; that of a supergroup begins with -100 and has 13 digits or more */
  id: number;
  title: string;
  /** a supergroup with topics */
  isForum?: boolean;
  /** ids of people; the first is the owner */
  members?: readonly number[];
  /** ids of those members who are administrators besides the owner */
  administrators?: readonly number[];
  /** what the bot is at first; an administrator with all rights where nothing is said */
  bot?: BotStanding;
};

export const fullRights = {
  status: "administrator" as const,
  canManageTopics: true,
  canPinMessages: true,
  canDeleteMessages: true,
};

/** The topic that every forum has; messages in it name none. source: core.telegram.org/api/forum */
export const generalTopicId = 1;

/** In whose name anonymous administrators write. source: Bot API, Message, from */
export const anonymousAdministrator: User = {
  id: 1087968824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
};

/** @throws RangeError a group whose id is not one */
export function checkGroup({ id, isForum }: PlaygroundGroup): void {
  if (!Number.isSafeInteger(id) || id >= 0) throw new RangeError(`the id of group ${id} is not below zero`);
  if (isForum === true && !isSupergroupId(id)) {
    throw new RangeError(`the id of forum ${id} is not one of a supergroup, e.g. -1001234567890`);
  }
}

export function stateOfGroup(world: World, groupId: number): GroupState {
  return world.state.groups.get(groupId) ?? {};
}

/** The group as it is now, also one that came of a migration. */
export function groupOf(world: World, groupId: number): PlaygroundGroup | undefined {
  const given = world.groups.get(groupId);
  if (given !== undefined) return given;
  const { migratedFrom, isForum = false } = stateOfGroup(world, groupId);
  const earlier = migratedFrom === undefined ? undefined : groupOf(world, migratedFrom);
  return earlier === undefined ? undefined : { ...earlier, id: groupId, isForum };
}

/** All groups, the migrated ones too. */
export function allGroups(world: World): PlaygroundGroup[] {
  const ids = new Set([...world.groups.keys(), ...world.state.groups.keys()]);
  return [...ids].flatMap((id) => groupOf(world, id) ?? []);
}

export function chatOfGroup({ id, title, isForum }: PlaygroundGroup): GroupChat {
  if (!isSupergroupId(id)) return { id, title, type: "group" };
  return { id, title, type: "supergroup", ...(isForum === true ? { is_forum: true } : {}) };
}

export function botIn(world: World, group: PlaygroundGroup): BotStanding {
  return stateOfGroup(world, group.id).bot ?? group.bot ?? fullRights;
}

type Right = "canManageTopics" | "canPinMessages" | "canDeleteMessages";

export function botMay(world: World, group: PlaygroundGroup, right: Right): boolean {
  const standing = botIn(world, group);
  return standing.status === "administrator" && standing[right];
}

export function statusOf(group: PlaygroundGroup, personId: number): "creator" | "administrator" | "member" | "left" {
  const members = group.members ?? [];
  if (members[0] === personId) return "creator";
  if (!members.includes(personId)) return "left";
  return group.administrators?.includes(personId) === true ? "administrator" : "member";
}

/** Whose name stands under what the group's owner does. */
export function ownerOf(world: World, group: PlaygroundGroup): User {
  const owner = world.people.get(group.members?.[0] ?? 0);
  return owner === undefined ? anonymousAdministrator : userOf(owner);
}

export function topicsOf(world: World, groupId: number): Topic[] {
  return [...(world.state.topics.get(groupId)?.values() ?? [])];
}

export function topicIn(world: World, groupId: number, topicId: number): Topic | undefined {
  return world.state.topics.get(groupId)?.get(topicId);
}

type Sender = Pick<Message, "from" | "sender_chat">;
type Place = { topicId?: number | undefined; replied?: Message | undefined };

/**
 * A message as it stands in its chat. In a topic Telegram tells one that replies to nothing as a reply to the topic's first
 * message. source: tdlib/telegram-bot-api, get_implicit_reply_to_message_id
 */
export function newMessage<Chat extends Message["chat"]>(
  world: World,
  chat: Chat,
  sender: Sender,
  content: Partial<Message>,
  { topicId, replied }: Place = {},
): Message & { chat: Chat } {
  const first = topicId === undefined ? undefined : messageIn(world, chat.id, topicId);
  const shown = replied ?? first;
  return {
    message_id: nextMessageId(world, chat.id),
    ...sender,
    chat,
    date: nowSeconds(world),
    ...(topicId === undefined ? {} : { message_thread_id: topicId, is_topic_message: true as const }),
    ...(shown === undefined ? {} : { reply_to_message: quoted(shown) }),
    ...content,
  } as Message & { chat: Chat };
}

/** The update of what stands in a group; none where the bot does not see it. */
export function groupUpdate(
  world: World,
  group: PlaygroundGroup,
  kind: "message" | "edited_message",
  message: Message,
): Change[] {
  if (!botSees(world, group, message)) return [];
  return newUpdate(world.state, kind, asBotSees(message), message.edit_date ?? message.date);
}

/** source: Bot API, Message, those of the service messages that this server makes */
const serviceContents = [
  "forum_topic_created",
  "forum_topic_edited",
  "forum_topic_closed",
  "forum_topic_reopened",
  "pinned_message",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
];

export function serviceContentIn(message: Message): string | undefined {
  return serviceContents.find((content) => content in message);
}

/** With privacy mode who is no administrator sees what is meant for them. source: core.telegram.org/bots/features#privacy-mode */
function botSees(world: World, group: PlaygroundGroup, message: Message): boolean {
  const { status } = botIn(world, group);
  if (status === "administrator") return true;
  if (status !== "member") return false;
  if (serviceContentIn(message) !== undefined) return true;
  return isCommandFor(world.bot, message) || isReplyTo(world.bot, message);
}

function isCommandFor({ username }: User, { text = "", entities = [] }: Message): boolean {
  const command = entities.find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (command === undefined) return false;
  const [, named] = text.slice(0, command.length).split("@");
  return named === undefined || named.toLowerCase() === username?.toLowerCase();
}

/** What Telegram only shows as a reply to the topic's first message is none. */
function isReplyTo({ id }: User, { reply_to_message: replied, message_thread_id }: Message): boolean {
  return replied?.from.id === id && replied.message_id !== message_thread_id;
}
