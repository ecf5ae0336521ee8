import { botMay, newMessage, topicIn } from "../groups.ts";
import { flagOf, integerOf, isObject, jsonOf, type Parameters, textOf } from "../parameters.ts";
import { pictureIn } from "../picture.ts";
import { badRequest, chatNotFound, tooLarge } from "../refusal.ts";
import { checkReplyMarkup, readReplyMarkup } from "../reply-markup.ts";
import type { Change, StoredFile } from "../state.ts";
import { asBotSees, type Chat, type Message } from "../types.ts";
import { mediaOf, messageEvent, messageIn, newFile, type World } from "../world.ts";
import { chatIn, requireGroup, requireOpenChat } from "./addressee.ts";
import type { Method } from "./call.ts";
import { asCaption, asText, checkCaption, checkText, readCaption, readText } from "./text-parameters.ts";

/** source: tdlib, MAX_PHOTO_SIZE */
const largestPhotoBytes = 10 * 2 ** 20;
/** source: Bot API, "Sending files" */
const largestDocumentBytes = 50 * 2 ** 20;
/** source: Bot API, sendPhoto: width and height together, and their ratio */
const largestPhotoSides = 10_000;
const largestPhotoRatio = 20;

export const sendMessage: Method = (world, { parameters }) => {
  const text = readText(parameters);
  return send(world, parameters, () => {
    checkText(text);
    return { content: asText(text), changes: [] };
  });
};

export const sendPhoto: Method = (world, { parameters }) => {
  const photo = inputFile(parameters, "photo");
  const caption = readCaption(parameters);
  return send(world, parameters, () => {
    checkCaption(caption);
    const { file, changes } =
      "bytes" in photo ? uploadedPhoto(world, photo.bytes) : known(world, photo.fileId, "photo");
    return { content: { ...mediaOf(file), ...asCaption(caption) }, changes };
  });
};

export const sendDocument: Method = (world, { parameters }) => {
  const document = inputFile(parameters, "document");
  const caption = readCaption(parameters);
  return send(world, parameters, () => {
    checkCaption(caption);
    const { file, changes } =
      "bytes" in document ? uploadedDocument(world, document) : known(world, document.fileId, "document");
    return { content: { ...mediaOf(file), ...asCaption(caption) }, changes };
  });
};

type Content = { content: Partial<Message>; changes: Change[] };

/**
 * What all sends share. The checks stand in Telegram's order, so that of several mistakes the same one is told.
 *
 * @param makeContent called when the chat has been found; checks and stores what is to be sent
 */
function send(world: World, parameters: Parameters, makeContent: () => Content): Message {
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

type InputFile = { bytes: Buffer; name: string; mimeType: string } | { fileId: string };

/** An upload under the field's own name or by `attach://`, or the id of a file that the server has. */
function inputFile(parameters: Parameters, field: string): InputFile {
  const value = textOf(parameters, field);
  const isAttached = value.startsWith("attach://");
  if (value !== "" && !isAttached) return { fileId: value };
  const file = parameters.files.get(isAttached ? value.slice("attach://".length) : field);
  if (file === undefined) throw badRequest(`there is no ${field} in the request`);
  return file;
}

function known(world: World, fileId: string, kind: StoredFile["kind"]): { file: StoredFile; changes: Change[] } {
  // Telegram would fetch the address; this server goes nowhere.
  if (/^https?:\/\//i.test(fileId)) throw badRequest("failed to get HTTP URL content");
  const file = world.state.files.get(fileId);
  if (file === undefined) {
    throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
  }
  if (file.kind !== kind) throw badRequest(`can't use file of type ${titled(file.kind)} as ${titled(kind)}`);
  return { file, changes: [] };
}

function uploadedPhoto(world: World, bytes: Buffer): { file: StoredFile; changes: Change[] } {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (bytes.length > largestPhotoBytes) {
    const sizes = `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${largestPhotoBytes} bytes`;
    throw badRequest(sizes);
  }
  const picture = pictureIn(bytes);
  if (picture === undefined) throw badRequest("IMAGE_PROCESS_FAILED");
  const { width, height } = picture;
  if (width + height > largestPhotoSides || Math.max(width / height, height / width) > largestPhotoRatio) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  const { file, change } = newFile(world, { kind: "photo", bytes, ...picture });
  return { file, changes: [change] };
}

function uploadedDocument(
  world: World,
  { bytes, name, mimeType }: { bytes: Buffer; name: string; mimeType: string },
): { file: StoredFile; changes: Change[] } {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (bytes.length > largestDocumentBytes) throw tooLarge();
  const { file, change } = newFile(world, { kind: "document", bytes, mimeType, name: name === "" ? "document" : name });
  return { file, changes: [change] };
}

function titled(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
