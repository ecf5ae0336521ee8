/** The keyboard that the bot puts in place of the telephone's own: its buttons send their text. */

/** @import { Chat, KeyboardButton } from "./types.d.ts" */
import { element } from "./elements.js";
import { toast } from "./notices.js";
import { sendText } from "./server.js";
import { isFromBot } from "./words.js";

/** The keyboard last shown and not removed since. @param {Chat} chat */
function currentRows(chat) {
  if (chat.place) return [];
  const markups = [...chat.messages.values()].filter(isFromBot).map((message) => message.reply_markup ?? {});
  const decisive = markups.findLast((markup) => markup.keyboard || markup.remove_keyboard);
  return decisive?.keyboard ?? [];
}

/** @param {Chat} chat @param {HTMLElement} holder */
export function drawReplyKeyboard(chat, holder) {
  const rows = currentRows(chat);
  const wanted = JSON.stringify(rows);
  if (holder.dataset.drawn === wanted) return;
  holder.dataset.drawn = wanted;
  holder.hidden = rows.length === 0;
  holder.replaceChildren(
    ...rows.map((row) => element("div", { class: "row" }, ...row.map((button) => keyFor(chat, button)))),
  );
}

/** @param {Chat} chat @param {KeyboardButton | string} button */
function keyFor(chat, button) {
  const { text, ...special } = typeof button === "string" ? { text: button } : button;
  const asksForMore = Object.keys(special).some((field) => field.startsWith("request_") || field === "web_app");
  const key = element("button", { class: "key", text });
  key.onclick = () => {
    if (asksForMore) toast(chat, "Tombol jenis ini tidak didukung di ruang coba.", "error");
    else sendText(chat, text);
  };
  return key;
}
