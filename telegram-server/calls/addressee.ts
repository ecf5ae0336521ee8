import { integerOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest, blockedByUser, chatNotFound, neverStarted } from "../refusal.ts";
import type { Chat, Message } from "../types.ts";
import { chatOfGroup, chatWith, messageIn, type PlaygroundPerson, standingOf, type World } from "../world.ts";

/**
 * The person whose private chat `chat_id` names.
 *
 * @throws Refusal 400 "chat_id is empty", "chat not found"
 */
export function personIn(world: World, parameters: Parameters): PlaygroundPerson {
  const chatId = textOf(parameters, "chat_id");
  if (chatId === "") throw badRequest("chat_id is empty");
  // A person cannot be addressed by @username, as on Telegram.
  const person = /^-?\d+$/.test(chatId) ? world.people.get(Number(chatId)) : undefined;
  if (person === undefined) throw chatNotFound();
  return person;
}

/**
 * The chat that `chat_id` names, a person's or a group.
 *
 * @throws Refusal 400 "chat_id is empty", "chat not found"
 */
export function chatIn(world: World, parameters: Parameters): Chat {
  const group = world.groups.get(Number(textOf(parameters, "chat_id")));
  return group === undefined ? chatWith(personIn(world, parameters)) : chatOfGroup(group);
}

/** @throws Refusal 403 the person never started the bot, or has blocked it */
export function requireOpenChat(world: World, { id }: { id: number }): void {
  if (world.groups.has(id)) return;
  const { started, blocked } = standingOf(world, id);
  if (!started) throw neverStarted();
  if (blocked) throw blockedByUser();
}

/**
 * The message that `message_id` names in the chat.
 *
 * @param what how Telegram's error names it, e.g. "message to edit"
 * @throws Refusal 400 "… not found"
 */
export function requireMessage(world: World, chat: { id: number }, parameters: Parameters, what: string): Message {
  const message = messageIn(world, chat.id, integerOf(parameters, "message_id"));
  if (message === undefined) throw badRequest(`${what} not found`);
  return message;
}
