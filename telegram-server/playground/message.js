/** One message: quote, picture or file, text, time, actions. */

/** @import { Chat, Message, StoredFile } from "./types.d.ts" */
import { element, find, icon } from "./elements.js";
import { renderKeyboard } from "./keyboard.js";
import { renderLocation, renderPlayed } from "./media.js";
import { isOwn } from "./places.js";
import { fileUrl } from "./server.js";
import { renderText } from "./text.js";
import { canBeEdited, clockWords, dateOf, excerptOf, otherKind, senderOf, sizeName } from "./words.js";

/** @param {Chat} chat @param {Message} message */
export function renderMessage(chat, message) {
  const article = element("article", { class: "message" });
  article.dataset.messageId = String(message.message_id);
  article.dataset[isOwn(chat, message) ? "out" : "in"] = "";
  article.ariaLabel = `${senderOf(chat, message)}, ${clockWords.format(dateOf(message.date))}`;
  article.tabIndex = -1;
  article.append(renderBubble(chat, message), renderActions(chat, message));
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length > 0) article.append(renderKeyboard(chat, message, rows));
  return article;
}

/** @param {Chat} chat @param {Message} message */
function renderBubble(chat, message) {
  const bubble = element("div", { class: "bubble" });
  if (chat.place && !isOwn(chat, message)) {
    bubble.append(element("strong", { class: "sender", text: senderOf(chat, message) }));
  }
  const quoted = message.reply_to_message;
  // In a topic Telegram tells also what replies to nothing as a reply to the topic's first message.
  if (quoted && quoted.message_id !== message.message_thread_id) bubble.append(renderQuote(chat, quoted));
  const content = renderContent(chat, message);
  if (content) bubble.append(content);
  const text = message.text ?? message.caption ?? (content ? "" : otherKind(message));
  if (text) {
    const entities = message.text === undefined ? message.caption_entities : message.entities;
    bubble.append(element("div", { class: "text" }, renderText(chat, text, entities)));
  }
  bubble.append(renderTime(message));
  return bubble;
}

/** @param {Chat} chat @param {Message} message @returns {HTMLElement | undefined} */
function renderContent(chat, message) {
  if (message.photo) return renderPhoto(message, message.photo);
  if (message.location) return renderLocation(chat, message.location, message.venue);
  const played = renderPlayed(message);
  if (played) return played;
  return message.document ? renderFile(message.document) : undefined;
}

/** @param {Message} message */
function renderTime(message) {
  const date = dateOf(message.date);
  const time = element("time", { text: clockWords.format(date) });
  time.dateTime = date.toISOString();
  time.title = date.toLocaleString("id-ID", { dateStyle: "full", timeStyle: "medium" });
  const meta = element("span", { class: "meta" });
  if (message.edit_date) meta.append(element("span", { class: "edited", text: "diedit" }), " ");
  meta.append(time);
  return meta;
}

/** @param {Chat} chat @param {Message} quoted */
function renderQuote(chat, quoted) {
  const quote = element("button", { class: "quote", onclick: () => chat.column?.showMessage(quoted.message_id) });
  quote.append(element("strong", { text: senderOf(chat, quoted) }), element("span", { text: excerptOf(quoted) }));
  return quote;
}

/** @param {Message} message @param {StoredFile[]} sizes smallest first, as Telegram gives them */
function renderPhoto(message, sizes) {
  const full = sizes.at(-1);
  const thumbnail = sizes.find((size) => (size.width ?? 0) >= 640) ?? full;
  if (!full || !thumbnail) return element("span", { text: "Foto" });
  const image = element("img");
  image.src = fileUrl(thumbnail);
  image.alt = message.caption ?? "Foto";
  if (thumbnail.width && thumbnail.height) {
    image.width = thumbnail.width;
    image.height = thumbnail.height;
  }
  return element("button", { class: "photo", label: "Buka foto", onclick: () => openPhoto(full, image.alt) }, image);
}

/** @param {StoredFile} file @param {string} description */
function openPhoto(file, description) {
  const dialog = find(document, "#photo", HTMLDialogElement);
  const image = find(dialog, "img", HTMLImageElement);
  image.src = fileUrl(file);
  image.alt = description;
  find(dialog, "a", HTMLAnchorElement).href = fileUrl(file);
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.showModal();
}

/** @param {StoredFile} file */
function renderFile(file) {
  const anchor = element("a", { class: "file" }, element("span", { class: "file-icon" }, icon("file")));
  anchor.href = fileUrl(file);
  anchor.download = file.file_name ?? "";
  anchor.append(element("span", { class: "file-name", text: file.file_name ?? "Berkas" }));
  const size = file.file_size === undefined ? "" : `${sizeName(file.file_size)} · `;
  anchor.append(element("span", { class: "file-size", text: `${size}Unduh` }));
  return anchor;
}

/** @param {Chat} chat @param {Message} message */
function renderActions(chat, message) {
  const actions = element("div", { class: "actions" });
  const reply = () => chat.column?.composer.startReply(message);
  actions.append(element("button", { class: "round", label: "Balas", onclick: reply }, icon("reply")));
  if (!isOwn(chat, message) || !canBeEdited(message)) return actions;
  const edit = () => chat.column?.composer.startEdit(message);
  actions.append(element("button", { class: "round", label: "Ubah", onclick: edit }, icon("edit")));
  return actions;
}
