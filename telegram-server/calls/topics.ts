import { botMay, generalTopicId, groupUpdate, newMessage, type PlaygroundGroup, topicIn } from "../groups.ts";
import { integerOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { Topic } from "../state.ts";
import type { GroupChat, Message } from "../types.ts";
import type { World } from "../world.ts";
import { chatIn, requireGroup } from "./addressee.ts";
import type { Method } from "./call.ts";

/** source: Bot API, createForumTopic, icon_color */
const iconColors = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
/** source: tdlib, MAX_FORUM_TOPIC_TITLE_LENGTH; what is longer is cut */
const longestName = 128;

export const createForumTopic: Method = (world, { parameters }) => {
  const { chat, group } = forumIn(world, parameters);
  if (!botMay(world, group, "canManageTopics")) throw badRequest("not enough rights to create a topic");
  const name = cleanName(textOf(parameters, "name"));
  if (name === "") throw badRequest("name must be non-empty");
  const iconColor = integerOf(parameters, "icon_color", iconColors[0]);
  if (iconColor < 0 || iconColor > 0xffffff) throw badRequest("invalid icon color specified");
  if (!iconColors.includes(iconColor)) throw badRequest("TOPIC_ICON_COLOR_INVALID");
  return asForumTopic(createTopic(world, chat, group, { from: world.bot }, { name, iconColor }));
};

export const editForumTopic: Method = (world, { parameters }) => {
  const { chat, group } = forumIn(world, parameters);
  const topic = topicToChange(world, group, parameters, "canManageTopics", "edit the topic");
  const given = textOf(parameters, "name");
  const name = cleanName(given);
  if (given !== "" && name === "") throw badRequest("name must be non-empty");
  if (name === "") return true;
  if (topic === undefined) throw badRequest("TOPIC_ID_INVALID");
  if (name === topic.name) throw badRequest("TOPIC_NOT_MODIFIED");
  changeTopic(world, chat, group, { from: world.bot }, { ...topic, name }, { forum_topic_edited: { name } });
  return true;
};

export const closeForumTopic: Method = (world, { parameters }) => setClosed(world, parameters, true);
export const reopenForumTopic: Method = (world, { parameters }) => setClosed(world, parameters, false);

function setClosed(world: World, parameters: Parameters, isClosed: boolean): true {
  const { chat, group } = forumIn(world, parameters);
  const topic = topicToChange(world, group, parameters, "canManageTopics", "close or open the topic");
  if (topic === undefined) throw badRequest("TOPIC_ID_INVALID");
  if (topic.isClosed === isClosed) throw badRequest("TOPIC_NOT_MODIFIED");
  const said = isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} };
  changeTopic(world, chat, group, { from: world.bot }, { ...topic, isClosed }, said);
  return true;
}

export const deleteForumTopic: Method = (world, { parameters }) => {
  const { group } = forumIn(world, parameters);
  const topic = topicToChange(world, group, parameters, "canDeleteMessages", "delete the topic");
  if (topic === undefined) throw badRequest("TOPIC_ID_INVALID");
  world.record([{ change: "delete-topic", chatId: group.id, topicId: topic.id }], { type: "group", groupId: group.id });
  return true;
};

/** @throws Refusal 400 "the chat is not a forum" */
function forumIn(world: World, parameters: Parameters): { chat: GroupChat; group: PlaygroundGroup } {
  const chat = chatIn(world, parameters);
  if (chat.type === "private" || chat.is_forum !== true) throw badRequest("the chat is not a forum");
  return { chat, group: requireGroup(world, chat) };
}

/**
 * The topic that `message_thread_id` names. A bot may always change those that it created itself.
 *
 * @throws Refusal 400 "invalid forum topic identifier specified", "not enough rights to …"
 */
function topicToChange(
  world: World,
  group: PlaygroundGroup,
  parameters: Parameters,
  right: "canManageTopics" | "canDeleteMessages",
  what: string,
): Topic | undefined {
  const topicId = integerOf(parameters, "message_thread_id");
  if (topicId <= 0) throw badRequest("invalid forum topic identifier specified");
  // General has methods of its own, which are not here.
  if (topicId === generalTopicId) return undefined;
  const topic = topicIn(world, group.id, topicId);
  const isOwn = topic === undefined || topic.creatorId === world.bot.id;
  if (!isOwn && !botMay(world, group, right)) throw badRequest(`not enough rights to ${what}`);
  return topic;
}

type Sender = Pick<Message, "from" | "sender_chat">;

/** A topic begins with a message about itself, whose id it has. */
export function createTopic(
  world: World,
  chat: GroupChat,
  group: PlaygroundGroup,
  sender: Sender,
  { name, iconColor = iconColors[0] ?? 0 }: { name: string; iconColor?: number },
): Topic {
  const said = newMessage(world, chat, sender, { forum_topic_created: { name, icon_color: iconColor } });
  const message: Message = { ...said, message_thread_id: said.message_id, is_topic_message: true };
  const topic: Topic = { id: said.message_id, name, iconColor, creatorId: sender.from.id, isClosed: false };
  world.record(
    [
      { change: "topic", chatId: chat.id, topic },
      { change: "message", message },
      ...groupUpdate(world, group, "message", message),
    ],
    { type: "group", groupId: chat.id },
    { type: "group-message", groupId: chat.id, message },
  );
  return topic;
}

/** What becomes of a topic is said in it. */
export function changeTopic(
  world: World,
  chat: GroupChat,
  group: PlaygroundGroup,
  sender: Sender,
  topic: Topic,
  said: Partial<Message>,
): void {
  const message = newMessage(world, chat, sender, said, { topicId: topic.id });
  world.record(
    [
      { change: "topic", chatId: chat.id, topic },
      { change: "message", message },
      ...groupUpdate(world, group, "message", message),
    ],
    { type: "group", groupId: chat.id },
    { type: "group-message", groupId: chat.id, message },
  );
}

/** source: tdlib, clean_name */
export function cleanName(name: string): string {
  const tidy = name.replace(/\s+/g, " ").trim();
  return [...tidy].slice(0, longestName).join("").trim();
}

function asForumTopic({ id, name, iconColor }: Topic) {
  return { message_thread_id: id, name, icon_color: iconColor };
}
