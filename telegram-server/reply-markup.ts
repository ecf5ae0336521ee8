import { checkedUrl } from "./html.ts";
import { isObject, type JsonObject } from "./parameters.ts";
import { badRequest } from "./refusal.ts";
import { type InlineKeyboardButton, isInlineKeyboard, type ReplyMarkup } from "./types.ts";

/** source: Bot API, InlineKeyboardButton, callback_data */
const longestCallbackDataBytes = 64;
/** source: limits.tginfo.me, buttons of one keyboard; Telegram's documentation gives no number */
const mostButtons = 100;

const buttonTypes = [
  "url",
  "callback_data",
  "callback_game",
  "pay",
  "switch_inline_query",
  "switch_inline_query_chosen_chat",
  "switch_inline_query_current_chat",
  "login_url",
  "web_app",
  "copy_text",
];

/**
 * A call's `reply_markup`, read as tdlib/telegram-bot-api's `get_reply_markup` does; an empty keyboard is none. What stands in its
 * buttons is checked later, as on Telegram: after the chat has been found.
 *
 * @throws Refusal 400
 */
export function readReplyMarkup(value: unknown): ReplyMarkup | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw badRequest("object expected as reply markup");
  const keyboard = rowsIn(value, "keyboard", 'field "keyboard" must be an Array of Arrays');
  const shapeError = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays';
  const inlineRows = rowsIn(value, "inline_keyboard", shapeError);
  for (const button of keyboard.flat()) checkKeyboardButton(button);
  const inlineKeyboard = inlineRows.map((row) => row.map(inlineButton));
  if (keyboard.length > 0) return { ...value, keyboard: value.keyboard };
  if (inlineKeyboard.length > 0) return { inline_keyboard: inlineKeyboard };
  if (value.remove_keyboard === true) return { ...value, remove_keyboard: true };
  if (value.force_reply === true) return { ...value, force_reply: true };
  return undefined;
}

function rowsIn(markup: JsonObject, field: string, shapeError: string): unknown[][] {
  const rows = markup[field];
  if (rows === undefined || rows === null) return [];
  if (!Array.isArray(rows)) throw badRequest(`field "${field}" must be of type Array`);
  if (!rows.every((row) => Array.isArray(row))) throw badRequest(shapeError);
  return rows as unknown[][];
}

function checkKeyboardButton(button: unknown): void {
  if (typeof button === "string") return;
  if (!isObject(button)) {
    throw badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object");
  }
  requireText(button, "can't parse keyboard button");
}

function inlineButton(button: unknown): InlineKeyboardButton {
  const context = "can't parse inline keyboard button";
  if (!isObject(button)) throw badRequest(`${context}: InlineKeyboardButton must be an Object`);
  const text = requireText(button, context);
  for (const field of ["url", "callback_data"]) {
    const value = button[field];
    if (value !== undefined && value !== null && typeof value !== "string" && typeof value !== "number") {
      throw badRequest(`${context}: Field "${field}" must be of type String`);
    }
  }
  const type = buttonTypes.find((name) => button[name] !== undefined && button[name] !== null && button[name] !== "");
  if (type === undefined) throw badRequest(`${context}: Text buttons are unallowed in the inline keyboard`);
  const value = type === "url" || type === "callback_data" ? String(button[type]) : button[type];
  return { text, [type]: value };
}

function requireText(button: JsonObject, context: string): string {
  const { text } = button;
  if (text === undefined) throw badRequest(`${context}: Can't find field "text"`);
  if (typeof text !== "string" && typeof text !== "number") {
    throw badRequest(`${context}: Field "text" must be of type String`);
  }
  return String(text);
}

/**
 * The markup as it is kept: rows without buttons fall away, addresses are written in full.
 *
 * @throws Refusal 400
 */
export function checkReplyMarkup(markup: ReplyMarkup | undefined): ReplyMarkup | undefined {
  if (!isInlineKeyboard(markup)) return markup;
  const rows = markup.inline_keyboard.filter((row) => row.length > 0);
  if (rows.length === 0) return undefined;
  if (rows.flat().length > mostButtons) throw badRequest("reply markup is too long");
  return { inline_keyboard: rows.map((row) => row.map(checkedButton)) };
}

function checkedButton(button: InlineKeyboardButton): InlineKeyboardButton {
  if (button.text.trim() === "") throw badRequest("inline keyboard button text must be non-empty");
  if (button.callback_data !== undefined && Buffer.byteLength(button.callback_data) > longestCallbackDataBytes) {
    throw badRequest("BUTTON_DATA_INVALID");
  }
  return button.url === undefined ? button : { ...button, url: buttonUrl(button.url) };
}

function buttonUrl(url: string): string {
  const checked = checkedUrl(url);
  if (checked === undefined) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  return checked;
}
