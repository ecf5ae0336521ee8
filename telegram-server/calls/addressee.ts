import { integerOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest, blockedByUser, chatNotFound, neverStarted } from "../refusal.ts";
import type { Message } from "../types.ts";
import { messageIn, type PlaygroundPerson, standingOf, type World } from "../world.ts";

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

/** @throws Refusal 403 the person never started the bot, or has blocked it */
export function requireOpenChat(world: World, person: PlaygroundPerson): void {
  const { started, blocked } = standingOf(world, person.id);
  if (!started) throw neverStarted();
  if (blocked) throw blockedByUser();
}

/**
 * The message that `message_id` names in the person's chat.
 *
 * @param what how Telegram's error names it, e.g. "message to edit"
 * @throws Refusal 400 "… not found"
 */
export function requireMessage(world: World, person: PlaygroundPerson, parameters: Parameters, what: string): Message {
  const message = messageIn(world, person.id, integerOf(parameters, "message_id"));
  if (message === undefined) throw badRequest(`${what} not found`);
  return message;
}
