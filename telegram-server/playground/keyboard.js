/** Buttons under a message of the bot, and the answers to their presses. */

/** @import { Chat, InlineButton, Message, ServerEvent } from "./types.d.ts" */
import { element, icon } from "./elements.js";
import { copy, showAlert, toast } from "./notices.js";
import { chatOfMessage } from "./places.js";
import { actAs } from "./server.js";
import { link, startPayload } from "./text.js";

const ANSWER_WAIT_MS = 10_000;

/** Presses that wait for the bot's answer, by callback query id. @type {Map<string, () => void>} */
const presses = new Map();
/** Answers that overtook the reply to their press. @type {Set<string>} */
const answered = new Set();

/** @param {Chat} chat @param {Message} message @param {InlineButton[][]} rows */
export function renderKeyboard(chat, message, rows) {
  const keyboard = element("div", { class: "keyboard" });
  for (const row of rows) {
    keyboard.append(element("div", { class: "row" }, ...row.map((button) => renderButton(chat, message, button))));
  }
  return keyboard;
}

/** @param {Chat} chat @param {Message} message @param {InlineButton} button */
function renderButton(chat, message, button) {
  const { text, url, copy_text: copied } = button;
  if (url && startPayload(chat.bot, url) === undefined) {
    const anchor = link(chat, url);
    anchor.append(text, icon("link"));
    anchor.classList.add("key");
    return anchor;
  }
  const key = element("button", { class: `key ${button.style ?? ""}` }, text);
  if (url) key.onclick = () => copy(chat, url, "Tautan disalin");
  else if (copied) key.onclick = () => copy(chat, copied.text);
  else if (button.callback_data !== undefined) key.onclick = () => press(chat, message, button, key);
  else key.onclick = () => toast(chat, "Tombol jenis ini tidak didukung di ruang coba.", "error");
  if (url || copied) key.append(icon("copy"));
  return key;
}

/** The spinner stays until the bot answers, at most ten seconds. @param {Chat} chat @param {Message} message @param {InlineButton} button @param {HTMLElement} key */
async function press(chat, message, button, key) {
  if (key.ariaBusy === "true") return;
  key.ariaBusy = "true";
  const release = () => {
    key.ariaBusy = null;
  };
  setTimeout(release, ANSWER_WAIT_MS);
  try {
    const pressed = await actAs(chat, "presses", {
      message_id: message.message_id,
      data: button.callback_data,
      ...chatOfMessage(chat, message),
    });
    const id = String(pressed.callback_query_id);
    if (answered.delete(id)) release();
    else presses.set(id, release);
  } catch (error) {
    release();
    toast(chat, /** @type {Error} */ (error).message, "error");
  }
}

/** @param {Chat} chat @param {ServerEvent} answer */
export function answerPress(chat, { callback_query_id, text, show_alert }) {
  const id = String(callback_query_id);
  const release = presses.get(id);
  presses.delete(id);
  if (release) release();
  else answered.add(id);
  if (text && show_alert) showAlert(chat, text);
  else if (text) toast(chat, text);
}
