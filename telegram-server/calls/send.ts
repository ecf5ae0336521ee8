import { botMay, newMessage, topicIn } from "../groups.ts";
import { flagOf, integerOf, isObject, jsonOf, type Parameters } from "../parameters.ts";
import { badRequest, chatNotFound } from "../refusal.ts";
import { checkReplyMarkup, readReplyMarkup } from "../reply-markup.ts";
import type { Change } from "../state.ts";
import { asBotSees, type Chat, type Message } from "../types.ts";
import { messageEvent, messageIn, type World } from "../world.ts";
import { chatIn, requireGroup, requireOpenChat } from "./addressee.ts";
import type { Method } from "./call.ts";
import { asText, checkText, readText } from "./text-parameters.ts";

export const sendMessage: Method = (world, { parameters }) => {
  const text = readText(parameters);
  return send(world, parameters, () => {
    checkText(text);
    return { content: asText(text), changes: [] };
  });
};

export type Content = { content: Partial<Message>; changes: Change[] };

/**
 * What all sends share. The checks stand in Telegram's order, so that of several mistakes the same one is told.
 *
 * @param makeContent called when the chat has been found; checks and stores what is to be sent
 */
export function send(world: World, parameters: Parameters, makeContent: () => Content): Message {
  const reply = replyParameters(parameters);
  const markup = readReplyMarkup(jsonOf(parameters, "reply_markup", "reply keyboard markup"));
  const chat = chatIn(world, parameters);
  const named = topicNamed(world, chat, parameters);
  const replied = repliedMessage(world, chat, reply);
  // The keyboard before the content, so that nothing is stored for a call that is refused.
  const keyboard = checkReplyMarkup(markup);
  requireOpenChat(world, chat);
  const { content, changes } = makeContent();
  const topicId = named ?? replied?.message_thread_id;
  requireOpenTopic(world, chat, topicId);

  const isReplyInTopic = replied?.message_thread_id === topicId;
  const fields = {
    ...(replied === undefined || isReplyInTopic ? {} : { external_reply: externalReply(replied) }),
    ...content,
    ...(flagOf(parameters, "protect_content") ? { has_protected_content: true } : {}),
    ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
  };
  const place = { topicId, replied: isReplyInTopic ? replied : undefined };
  const message: Message = newMessage(world, chat, { from: world.bot }, fields, place);
  world.record([...changes, { change: "message", message }], messageEvent("message", message));
  return asBotSees(message);
}

/**
 * The topic that `message_thread_id` names. Where there are no topics Telegram lets it pass, except in private chats.
 *
 * @throws Refusal 400 "message thread not found"
 */
function topicNamed(world: World, chat: Chat, parameters: Parameters): number | undefined {
  const topicId = integerOf(parameters, "message_thread_id");
  if (topicId <= 0) return undefined;
  if (chat.type !== "private" && chat.is_forum !== true) return undefined;
  if (topicIn(world, chat.id, topicId) === undefined) throw badRequest("message thread not found");
  return topicId;
}

/**
 * Who created a topic, or may manage topics, writes also into a closed one.
 *
 * @throws Refusal 400 "TOPIC_CLOSED"
 */
function requireOpenTopic(world: World, chat: Chat, topicId: number | undefined): void {
  const topic = topicId === undefined ? undefined : topicIn(world, chat.id, topicId);
  if (topic?.isClosed !== true || topic.creatorId === world.bot.id) return;
  if (!botMay(world, requireGroup(world, chat), "canManageTopics")) throw badRequest("TOPIC_CLOSED");
}

/** A reply across topics is told as one to another chat is. source: Bot API, ExternalReplyInfo */
function externalReply({ from, sender_chat, date, chat, message_id }: Message) {
  const sender = sender_chat === undefined ? { type: "user", sender_user: from } : { type: "chat", sender_chat };
  return { origin: { ...sender, date }, chat, message_id };
}

type ReplyParameters = { messageId: number; chatId: string; mayBeMissing: boolean };

/** @throws Refusal 400 "can't parse reply parameters JSON object", "object expected as reply parameters", field errors */
function replyParameters(parameters: Parameters): ReplyParameters | undefined {
  const given = jsonOf(parameters, "reply_parameters", "reply parameters");
  if (given === undefined) {
    const messageId = integerOf(parameters, "reply_to_message_id");
    const mayBeMissing = flagOf(parameters, "allow_sending_without_reply");
    return messageId > 0 ? { messageId, chatId: "", mayBeMissing } : undefined;
  }
  if (!isObject(given)) throw badRequest("object expected as reply parameters");
  if (Object.keys(given).length === 0) return undefined;
  if (given.message_id === undefined) throw badRequest(`can't find field "message_id"`);
  const messageId = Number(given.message_id);
  if (!Number.isInteger(messageId)) throw badRequest('field "message_id" must be a valid Number');
  const chatId = given.chat_id === undefined ? "" : String(given.chat_id);
  return { messageId, chatId, mayBeMissing: given.allow_sending_without_reply === true };
}

/** @throws Refusal 400 "message to be replied not found"; replies into another chat do not exist between private chats */
function repliedMessage(world: World, chat: Chat, reply: ReplyParameters | undefined): Message | undefined {
  if (reply === undefined || reply.messageId <= 0) return undefined;
  if (reply.chatId !== "" && Number(reply.chatId) !== chat.id && !world.people.has(Number(reply.chatId))) {
    throw chatNotFound();
  }
  const isHere = reply.chatId === "" || Number(reply.chatId) === chat.id;
  const message = isHere ? messageIn(world, chat.id, reply.messageId) : undefined;
  if (message === undefined && !reply.mayBeMissing) throw badRequest("message to be replied not found");
  return message;
}
