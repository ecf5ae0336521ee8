/** What Telegram itself says in a chat: that a topic was closed, a message pinned. */

/** @import { Chat, Message } from "./types.d.ts" */
import { element } from "./elements.js";
import { excerptOf, senderOf } from "./words.js";

/** @param {Message} message */
export const isService = (message) => serviceWords(message) !== undefined;

/** @param {Chat} chat @param {Message} message */
export function renderService(chat, message) {
  const note = element("div", { class: "day service" });
  note.append(element("span", { text: `${senderOf(chat, message)} ${serviceWords(message)}` }));
  return note;
}

/** What was done, as a sentence without its subject. @param {Message} message */
function serviceWords(message) {
  if (message.forum_topic_created) return `membuat topik “${message.forum_topic_created.name}”`;
  if (message.forum_topic_edited) return `mengganti nama topik menjadi “${message.forum_topic_edited.name ?? ""}”`;
  if (message.forum_topic_closed) return "menutup topik ini";
  if (message.forum_topic_reopened) return "membuka kembali topik ini";
  if (message.pinned_message) return `menyematkan pesan “${excerptOf(message.pinned_message).split("\n")[0]}”`;
  if (message.migrate_to_chat_id) return "menjadikan grup ini supergrup";
  if (message.migrate_from_chat_id) return "menjadi supergrup";
  return undefined;
}
