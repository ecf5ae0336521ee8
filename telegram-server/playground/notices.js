/** What is told in passing: toasts and dialogs. */

/** @import { Chat } from "./types.d.ts" */
import { element, fromTemplate, part } from "./elements.js";
import { nameOf } from "./words.js";

const TOAST_MS = 2_500;
const TOAST_MS_PER_LETTER = 50;

/**
 * Shown in the person's column; where that cannot be seen, on the page with the person's name.
 *
 * @param {Chat | undefined} chat
 * @param {string} text
 * @param {"note" | "error"} [kind]
 */
export function toast(chat, text, kind = "note") {
  const column = chat?.column?.isShown ? chat.column.root : undefined;
  const words = chat && !column ? `${nameOf(chat.person)}: ${text}` : text;
  const shown = element("div", { class: `toast ${kind}`, text: words });
  shown.onclick = () => shown.remove();
  part(column ?? document, column ? ".toasts" : "#toasts").append(shown);
  setTimeout(() => shown.remove(), TOAST_MS + words.length * TOAST_MS_PER_LETTER);
}

/** @param {Chat} chat @param {string} text */
export function showAlert(chat, text) {
  const dialog = /** @type {HTMLDialogElement} */ (fromTemplate("alert-template"));
  part(dialog, "h2").textContent = `${chat.bot.first_name} untuk ${nameOf(chat.person)}`;
  part(dialog, "p").textContent = text;
  dialog.onclose = () => dialog.remove();
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {Chat} chat @param {string} text @param {string} [done] */
export async function copy(chat, text, done = "Disalin") {
  try {
    await navigator.clipboard.writeText(text);
    toast(chat, done);
  } catch {
    toast(chat, "Peramban tidak mengizinkan penyalinan. Pilih teksnya, lalu salin sendiri.", "error");
  }
}
