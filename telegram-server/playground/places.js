/** Where a person is: in the private chat with the bot, or in a topic of a group. */

/** @import { Chat, Command, Message, Place } from "./types.d.ts" */

/** What stands where the column is. @param {Chat} chat */
export const messagesOf = (chat) => (chat.place ? messagesIn(chat.place) : [...chat.messages.values()]);

/** @param {Place} place */
export function messagesIn({ group, topicId }) {
  const messages = [...group.messages.values()];
  return group.is_forum ? messages.filter((message) => message.message_thread_id === topicId) : messages;
}

/** @param {Chat} chat @returns {Command[]} */
export function commandsOf({ place, person, commands }) {
  return place ? (place.group.commands[person.id] ?? []) : commands;
}

/** @param {Place} place */
export function placeName({ group, topicId }) {
  if (!group.is_forum) return group.title;
  return topicId === undefined ? "Umum" : (group.topics.find(({ id }) => id === topicId)?.name ?? "Topik");
}

/** @param {Place} place */
export const isClosed = ({ group, topicId }) => group.topics.some((topic) => topic.id === topicId && topic.is_closed);

/** Says the same of the same place, for lists and for what is remembered. @param {Place | undefined} place */
export const placeKey = (place) => (place ? `${place.group.id}:${place.topicId ?? 1}` : "");

/** All places of the person's groups, as the list shows them. @param {Chat} chat @returns {Place[]} */
export function placesOf({ groups }) {
  return groups.flatMap((group) => {
    if (!group.is_forum) return [{ group }];
    return [{ group }, ...group.topics.map(({ id }) => ({ group, topicId: id }))];
  });
}

/** Names the place to the server. @param {Chat} chat */
export function whereOf({ place }) {
  return place ? { group_id: place.group.id, topic_id: place.topicId } : {};
}

/** Names the chat in which a message stands. @param {Chat} chat @param {Message} message */
export function chatOfMessage({ person }, { chat }) {
  return chat === undefined || chat.id === person.id ? {} : { group_id: chat.id };
}

/** @param {Chat} chat @param {Message} message */
export const isOwn = ({ person }, { from, sender_chat }) => from?.id === person.id && sender_chat === undefined;
