import { isDeepStrictEqual } from "node:util";
import { integerOf, jsonOf, type Parameters, textOf } from "../parameters.ts";
import { badRequest, blockedByUser } from "../refusal.ts";
import { checkReplyMarkup, readReplyMarkup } from "../reply-markup.ts";
import { asBotSees, isInlineKeyboard, type Message } from "../types.ts";
import { messageEvent, nowSeconds, standingOf, type World } from "../world.ts";
import { chatIn, requireMessage } from "./addressee.ts";
import type { Method } from "./call.ts";
import { asCaption, asText, checkCaption, checkText, readCaption, readText } from "./text-parameters.ts";

/** What can have a caption. */
export const captionedContents = ["photo", "document", "voice", "video", "audio", "animation"];

const notModified =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

export const editMessageText: Method = (world, { parameters }) => {
  const text = readText(parameters);
  return edit(world, parameters, (message) => {
    if (message.text === undefined) throw badRequest("there is no text in the message to edit");
    checkText(text);
    const { text: _, entities: __, ...rest } = message;
    return { ...rest, ...asText(text) } as Message;
  });
};

export const editMessageCaption: Method = (world, { parameters }) => {
  const caption = readCaption(parameters);
  return edit(world, parameters, (message) => {
    if (!captionedContents.some((content) => content in message)) {
      throw badRequest("there is no caption in the message to edit");
    }
    checkCaption(caption);
    const { caption: _, caption_entities: __, ...rest } = message;
    return { ...rest, ...asCaption(caption) } as Message;
  });
};

export const editMessageReplyMarkup: Method = (world, { parameters }) => edit(world, parameters, (message) => message);

/**
 * What all edits share: the bot's own message, with the keyboard that the call brings; a call without one takes it away.
 *
 * @param change gives the message with its new content
 */
function edit(world: World, parameters: Parameters, change: (message: Message) => Message): Message {
  const markup = readReplyMarkup(jsonOf(parameters, "reply_markup", "reply keyboard markup"));
  if (textOf(parameters, "chat_id") === "" && integerOf(parameters, "message_id") === 0) {
    throw badRequest("message identifier is not specified");
  }
  const chat = chatIn(world, parameters);
  const message = requireMessage(world, chat, parameters, "message to edit");
  const hasOtherKeyboard = message.reply_markup !== undefined && !isInlineKeyboard(message.reply_markup);
  if (message.from.id !== world.bot.id || hasOtherKeyboard) throw badRequest("message can't be edited");
  const changed = change(message);
  const keyboard = checkReplyMarkup(markup);
  if (keyboard !== undefined && !isInlineKeyboard(keyboard)) throw badRequest("inline keyboard expected");
  if (chat.type === "private" && standingOf(world, chat.id).blocked) throw blockedByUser();

  const { reply_markup: _, ...content } = changed;
  const edited = { ...content, ...(keyboard === undefined ? {} : { reply_markup: keyboard }) } as Message;
  if (isDeepStrictEqual(edited, message)) throw badRequest(notModified);
  edited.edit_date = nowSeconds(world);
  world.record([{ change: "message", message: edited }], messageEvent("edit", edited));
  return asBotSees(edited);
}
