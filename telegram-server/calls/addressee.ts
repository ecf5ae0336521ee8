import { botIn, chatOfGroup, groupOf, type PlaygroundGroup, stateOfGroup } from "../groups.ts";
import { integerOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest, blockedByUser, chatNotFound, neverStarted, notInGroup, upgraded } from "../refusal.ts";
import type { Chat, GroupChat, Message } from "../types.ts";
import { chatWith, messageIn, standingOf, type World } from "../world.ts";

/**
 * The chat that `chat_id` names, a person's or a group in which the bot may do something.
 *
 * @throws Refusal 400 "chat_id is empty", "chat not found", "group chat was upgraded to a supergroup chat"; 403 the bot is not in
 * the group
 */
export function chatIn(world: World, parameters: Parameters): Chat {
  const chat = readableChatIn(world, parameters);
  if (chat.type === "private") return chat;
  const { migratedTo } = stateOfGroup(world, chat.id);
  if (migratedTo !== undefined) throw upgraded(migratedTo);
  requireBotInside(world, chat);
  return chat;
}

/** As `chatIn`, for who only asks about the chat: a group that is left or migrated still has a name. */
export function readableChatIn(world: World, parameters: Parameters): Chat {
  const chatId = textOf(parameters, "chat_id");
  if (chatId === "") throw badRequest("chat_id is empty");
  // A person cannot be addressed by @username, as on Telegram.
  const id = /^-?\d+$/.test(chatId) ? Number(chatId) : 0;
  const group = groupOf(world, id);
  if (group !== undefined) {
    const chat = chatOfGroup(group);
    if (chat.type === "supergroup") requireBotInside(world, chat);
    return chat;
  }
  const person = world.people.get(id);
  if (person === undefined) throw chatNotFound();
  return chatWith(person);
}

/** @throws Refusal 403 the bot was removed, or never was there */
function requireBotInside(world: World, chat: GroupChat): void {
  const { status } = botIn(world, requireGroup(world, chat));
  if (status === "kicked") throw notInGroup("was kicked from", chat.type);
  if (status === "left") throw notInGroup("is not a member of", chat.type);
}

/** @throws Refusal 400 "chat not found" */
export function requireGroup(world: World, chat: Chat): PlaygroundGroup {
  const group = groupOf(world, chat.id);
  if (group === undefined) throw chatNotFound();
  return group;
}

/** @throws Refusal 403 the person never started the bot, or has blocked it */
export function requireOpenChat(world: World, chat: Chat): void {
  if (chat.type !== "private") return;
  const { started, blocked } = standingOf(world, chat.id);
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
