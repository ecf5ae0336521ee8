import {
  anonymousAdministrator,
  botIn,
  chatOfGroup,
  generalTopicId,
  groupOf,
  groupUpdate,
  type PlaygroundGroup,
  stateOfGroup,
  statusOf,
  topicIn,
} from "./groups.ts";
import { PersonRefusal } from "./person-refusal.ts";
import type { Change } from "./state.ts";
import { asBotSees, type Chat, type Message } from "./types.ts";
import { newUpdate } from "./updates.ts";
import { chatWith, messageIn, type PlaygroundPerson, standingOf, userOf, type World } from "./world.ts";

/** Where a person does something: in the private chat with the bot, where nothing is said. */
export type Where = {
  groupId?: number;
  /** a topic of that group; absent: General, or the topic of the message that is replied to */
  topicId?: number;
  replyTo?: number;
  /** as an administrator who does not show the own name */
  isAnonymous?: boolean;
};

export type Place = {
  chat: Chat;
  sender: Pick<Message, "from" | "sender_chat">;
  topicId?: number;
  replied?: Message;
};

export function requirePerson(world: World, personId: number): PlaygroundPerson {
  const person = world.people.get(personId);
  if (person === undefined) throw new PersonRefusal(404, `Tidak ada orang dengan id ${personId}.`);
  return person;
}

export function requireGroup(world: World, groupId: number): PlaygroundGroup {
  const group = groupOf(world, groupId);
  if (group === undefined) throw new PersonRefusal(404, `Tidak ada grup dengan id ${groupId}.`);
  return group;
}

/** A group in which that person is, and which was not migrated. */
export function requireMembership(world: World, personId: number, groupId: number): PlaygroundGroup {
  requirePerson(world, personId);
  const group = requireGroup(world, groupId);
  if (statusOf(group, personId) === "left") throw new PersonRefusal(409, "Orang ini bukan anggota grup itu.");
  if (stateOfGroup(world, groupId).migratedTo !== undefined) {
    throw new PersonRefusal(409, "Grup itu sudah menjadi supergrup dengan id lain.");
  }
  return group;
}

/** The chat of the person and the bot, or the group; may be read though the bot is blocked. */
export function chatOf(world: World, personId: number, groupId: number | undefined): Chat {
  if (groupId === undefined) return chatWith(requirePerson(world, personId));
  return chatOfGroup(requireMembership(world, personId, groupId));
}

export function requireMessage(world: World, chat: Chat, messageId: number): Message {
  const message = messageIn(world, chat.id, messageId);
  if (message === undefined) throw new PersonRefusal(404, `Tidak ada pesan ${messageId} dalam percakapan ini.`);
  return message;
}

/** Where and as whom the person may write. */
export function writingPlace(world: World, personId: number, where: Where = {}): Place {
  const { groupId, topicId, replyTo, isAnonymous } = where;
  const chat = chatOf(world, personId, groupId);
  const person = requirePerson(world, personId);
  if (chat.type === "private" && standingOf(world, personId).blocked) {
    throw new PersonRefusal(409, "Bot ini diblokir. Buka blokirnya dulu.");
  }
  const replied = replyTo === undefined ? undefined : requireMessage(world, chat, replyTo);
  const sender =
    isAnonymous === true && chat.type !== "private"
      ? { from: anonymousAdministrator, sender_chat: chat }
      : { from: userOf(person) };
  const shared = { chat, sender, ...(replied === undefined ? {} : { replied: asBotSees(replied) }) };
  const topic = topicId === generalTopicId ? undefined : (topicId ?? replied?.message_thread_id);
  if (topicId !== undefined) requireReplyInTopic(replied, topic);
  if (topic === undefined) return shared;
  requireOpenTopic(world, personId, requireGroup(world, chat.id), topic);
  return { ...shared, topicId: topic };
}

function requireReplyInTopic(replied: Message | undefined, topicId: number | undefined): void {
  if (replied === undefined || replied.message_thread_id === topicId) return;
  throw new PersonRefusal(409, "Pesan yang dibalas ada di topik lain.");
}

function requireOpenTopic(world: World, personId: number, group: PlaygroundGroup, topicId: number): void {
  const topic = topicIn(world, group.id, topicId);
  if (topic === undefined) throw new PersonRefusal(404, `Tidak ada topik ${topicId} dalam grup ini.`);
  if (!topic.isClosed || topic.creatorId === personId || isAdministrator(group, personId)) return;
  throw new PersonRefusal(409, "Topik ini ditutup.");
}

export function isAdministrator(group: PlaygroundGroup, personId: number): boolean {
  return ["creator", "administrator"].includes(statusOf(group, personId));
}

/** The update of what the person wrote or changed, where the bot sees it. */
export function updateOf(world: World, kind: "message" | "edited_message", message: Message): Change[] {
  if (message.chat.type !== "private") return groupUpdate(world, requireGroup(world, message.chat.id), kind, message);
  return newUpdate(world.state, kind, message, message.edit_date ?? message.date);
}

/** Whether the bot is there to hear of a press. */
export function requireBotThere(world: World, chat: Chat): void {
  if (chat.type === "private") {
    if (standingOf(world, chat.id).blocked) throw new PersonRefusal(409, "Bot ini diblokir. Buka blokirnya dulu.");
    return;
  }
  const { status } = botIn(world, requireGroup(world, chat.id));
  if (status === "left" || status === "kicked") throw new PersonRefusal(409, "Bot ini tidak ada lagi di grup itu.");
}
