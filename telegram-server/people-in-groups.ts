import { botMember } from "./calls/chat.ts";
import { commandsInGroup } from "./calls/commands.ts";
import { changeTopic, cleanName, createTopic } from "./calls/topics.ts";
import {
  allGroups,
  anonymousAdministrator,
  botIn,
  chatOfGroup,
  fullRights,
  generalTopicId,
  groupUpdate,
  newMessage,
  ownerOf,
  type PlaygroundGroup,
  stateOfGroup,
  statusOf,
  topicIn,
  topicsOf,
} from "./groups.ts";
import { isAdministrator, requireGroup, requireMembership, requirePerson } from "./person-place.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { type BotStanding, isSupergroupId, type Topic } from "./state.ts";
import type { BotCommand, Message } from "./types.ts";
import { newUpdate } from "./updates.ts";
import { messageEvent, nowSeconds, userOf, type World } from "./world.ts";

/** Rights that are not named are given. */
export type NewBotStanding =
  | { status: "administrator"; canManageTopics?: boolean; canPinMessages?: boolean; canDeleteMessages?: boolean }
  | { status: "member" | "left" | "kicked" };

/** What the apps of a group's members do. All of it throws a PersonRefusal where an app would not do it. */
export type PeopleInGroups = {
  /** The groups in which that person is, those that migrated to another one left out. */
  groups(personId: number): PlaygroundGroup[];
  /**
   * What stands in a group, oldest first, as everybody in it sees it.
   * @param topicId only what stands there; 1 is General
   */
  groupMessages(groupId: number, topicId?: number): Message[];
  /** The topics of a forum besides General, oldest first. */
  topics(groupId: number): Topic[];
  groupCommands(personId: number, groupId: number): BotCommand[];
  createTopic(personId: number, groupId: number, name: string): Topic;
  renameTopic(personId: number, groupId: number, topicId: number, name: string): void;
  closeTopic(personId: number, groupId: number, topicId: number): void;
  reopenTopic(personId: number, groupId: number, topicId: number): void;
  /** Deletes a topic with all that stands in it. The bot hears nothing of it. */
  deleteTopic(groupId: number, topicId: number): void;
  /** Makes the bot an administrator or a plain member, or removes it, and tells it. */
  setBot(groupId: number, standing: NewBotStanding): void;
  /**
   * Makes a supergroup of a group, as its owner. What was written stays in the old one.
   * @returns the id of the supergroup
   */
  migrateGroup(groupId: number, options?: { isForum?: boolean }): number;
};

export function openPeopleInGroups(world: World): PeopleInGroups {
  function topicToChange(personId: number, groupId: number, topicId: number) {
    const group = requireMembership(world, personId, groupId);
    const topic = requireTopic(world, groupId, topicId);
    if (topic.creatorId !== personId && !isAdministrator(group, personId)) {
      throw new PersonRefusal(409, "Hanya pembuat topik dan admin grup yang dapat mengubah topik.");
    }
    const sender = { from: userOf(requirePerson(world, personId)) };
    return {
      topic,
      change: (changed: Topic, said: Partial<Message>) =>
        changeTopic(world, chatOfGroup(group), group, sender, changed, said),
    };
  }

  function setClosed(personId: number, groupId: number, topicId: number, isClosed: boolean): void {
    const { topic, change } = topicToChange(personId, groupId, topicId);
    if (topic.isClosed === isClosed) return;
    change({ ...topic, isClosed }, isClosed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} });
  }

  return {
    groups(personId) {
      requirePerson(world, personId);
      const isIn = (group: PlaygroundGroup) =>
        statusOf(group, personId) !== "left" && stateOfGroup(world, group.id).migratedTo === undefined;
      return allGroups(world).filter(isIn);
    },
    groupMessages(groupId, topicId) {
      requireGroup(world, groupId);
      const messages = [...(world.state.chats.get(groupId)?.values() ?? [])];
      if (topicId === undefined) return messages;
      const thread = topicId === generalTopicId ? undefined : topicId;
      return messages.filter(({ message_thread_id }) => message_thread_id === thread);
    },
    topics: (groupId) => topicsOf(world, requireGroup(world, groupId).id),
    groupCommands: (personId, groupId) =>
      commandsInGroup(world.state, requirePerson(world, personId), requireMembership(world, personId, groupId)),
    createTopic(personId, groupId, name) {
      const group = requireMembership(world, personId, groupId);
      if (group.isForum !== true) throw new PersonRefusal(409, "Grup ini tidak mempunyai topik.");
      const sender = { from: userOf(requirePerson(world, personId)) };
      return createTopic(world, chatOfGroup(group), group, sender, { name: requireName(name) });
    },
    renameTopic(personId, groupId, topicId, given) {
      const { topic, change } = topicToChange(personId, groupId, topicId);
      const name = requireName(given);
      if (name !== topic.name) change({ ...topic, name }, { forum_topic_edited: { name } });
    },
    closeTopic: (personId, groupId, topicId) => setClosed(personId, groupId, topicId, true),
    reopenTopic: (personId, groupId, topicId) => setClosed(personId, groupId, topicId, false),
    deleteTopic(groupId, topicId) {
      requireGroup(world, groupId);
      requireTopic(world, groupId, topicId);
      world.record([{ change: "delete-topic", chatId: groupId, topicId }], { type: "group", groupId });
    },
    setBot: (groupId, standing) => setBot(world, requireGroup(world, groupId), standing),
    migrateGroup: (groupId, options) => migrateGroup(world, requireGroup(world, groupId), options?.isForum === true),
  };
}

function requireTopic(world: World, groupId: number, topicId: number): Topic {
  const topic = topicIn(world, groupId, topicId);
  if (topic === undefined) throw new PersonRefusal(404, `Tidak ada topik ${topicId} dalam grup ini.`);
  return topic;
}

function requireName(given: string): string {
  const name = cleanName(given);
  if (name === "") throw new PersonRefusal(400, "Topik perlu nama.");
  return name;
}

function setBot(world: World, group: PlaygroundGroup, given: NewBotStanding): void {
  const standing: BotStanding =
    given.status === "administrator" ? { ...fullRights, ...given } : { status: given.status };
  const chat = chatOfGroup(group);
  const at = nowSeconds(world);
  const update = {
    chat,
    from: ownerOf(world, group),
    date: at,
    old_chat_member: botMember(world.bot, botIn(world, group), chat),
    new_chat_member: botMember(world.bot, standing, chat),
  };
  world.record(
    [
      { change: "group", id: group.id, group: { ...stateOfGroup(world, group.id), bot: standing } },
      ...newUpdate(world.state, "my_chat_member", update, at),
    ],
    { type: "group", groupId: group.id },
  );
}

/**
 * The bot is told that it came into the supergroup, and by a message in each of the two; of having left the group it is not told.
 * source: issue 266 of tdlib/telegram-bot-api
 */
function migrateGroup(world: World, group: PlaygroundGroup, isForum: boolean): number {
  const earlier = stateOfGroup(world, group.id);
  if (isSupergroupId(group.id) || earlier.migratedTo !== undefined) {
    throw new PersonRefusal(409, "Grup ini sudah supergrup.");
  }
  const newId = -1_000_000_000_000 + group.id;
  const standing = botIn(world, group);
  world.record([
    { change: "group", id: newId, group: { migratedFrom: group.id, isForum, bot: { status: "left" } } },
    { change: "group", id: group.id, group: { ...earlier, migratedTo: newId } },
  ]);
  const supergroup = requireGroup(world, newId);
  setBot(world, supergroup, standing);
  say(world, group, { from: ownerOf(world, group) }, { migrate_to_chat_id: newId });
  const itself = { from: anonymousAdministrator, sender_chat: chatOfGroup(supergroup) };
  say(world, supergroup, itself, { migrate_from_chat_id: group.id });
  return newId;
}

function say(
  world: World,
  group: PlaygroundGroup,
  sender: Pick<Message, "from" | "sender_chat">,
  content: Partial<Message>,
): void {
  const message = newMessage(world, chatOfGroup(group), sender, content);
  const update = groupUpdate(world, group, "message", message);
  world.record([{ change: "message", message }, ...update], messageEvent("message", message));
}
