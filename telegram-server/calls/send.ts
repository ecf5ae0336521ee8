import { flagOf, integerOf, isObject, jsonOf, type Parameters, textOf } from "../parameters.ts";
import { pictureIn } from "../picture.ts";
import { badRequest, chatNotFound, tooLarge } from "../refusal.ts";
import { checkReplyMarkup, readReplyMarkup } from "../reply-markup.ts";
import type { Change, StoredFile } from "../state.ts";
import { asBotSees, type Chat, type Message } from "../types.ts";
import {
  mediaOf,
  messageIn,
  newFile,
  nextMessageId,
  nowSeconds,
  type PersonEvent,
  quoted,
  type World,
} from "../world.ts";
import { chatIn, requireOpenChat } from "./addressee.ts";
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
  if (integerOf(parameters, "message_thread_id") > 0) throw badRequest("message thread not found");
  const replied = repliedMessage(world, chat, reply);
  // The keyboard before the content, so that nothing is stored for a call that is refused.
  const keyboard = checkReplyMarkup(markup);
  requireOpenChat(world, chat);
  const { content, changes } = makeContent();

  const message: Message = {
    message_id: nextMessageId(world),
    from: world.bot,
    chat,
    date: nowSeconds(world),
    ...(replied === undefined ? {} : { reply_to_message: quoted(replied) }),
    ...content,
    ...(flagOf(parameters, "protect_content") ? { has_protected_content: true } : {}),
    ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
  };
  // Nobody's app shows a group.
  const seen: PersonEvent[] = chat.type === "private" ? [{ type: "message", personId: chat.id, message }] : [];
  world.record([...changes, { change: "message", message }], ...seen);
  return asBotSees(message);
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
