/** Calls to the server, and what a person sends. */

/** @import { Chat, StoredFile } from "./types.d.ts" */
import { toast } from "./notices.js";
import { whereOf } from "./places.js";

/**
 * @param {string} path below `/playground/api`
 * @param {object} [body] sent as JSON, or as it is where it is a form; without it the call is a GET
 * @throws Error with a sentence for the person
 */
export function call(path, body) {
  return callAt(`/api${path}`, body && { method: "POST", body });
}

/**
 * @param {string} path below `/playground`
 * @param {{ method?: string, body?: object }} [request]
 * @throws Error with a sentence for the person
 */
export async function callAt(path, request = {}) {
  const response = await fetch(`/playground${path}`, requestFor(request)).catch((cause) => {
    throw new Error("Server tidak dapat dihubungi. Coba lagi sebentar lagi.", { cause });
  });
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(answer?.error ?? `Server menolak permintaan ini (kode ${response.status}).`);
  return answer;
}

/** @param {{ method?: string, body?: object }} request @returns {RequestInit} */
function requestFor({ method = "GET", body }) {
  if (body === undefined) return { method };
  if (body instanceof FormData) return { method, body };
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Does something as a person. @param {Chat} chat @param {string} what @param {object} body */
export function actAs(chat, what, body = {}) {
  return call(`/people/${chat.person.id}/${what}`, body);
}

/**
 * Sends in the order in which the person sent; a refusal becomes a toast.
 *
 * @param {Chat} chat
 * @param {() => Promise<unknown>} send
 * @param {() => void} [giveBack] puts back what the person wrote when it was not taken
 */
export function sendInOrder(chat, send, giveBack) {
  chat.sending = chat.sending.then(send).then(
    () => {},
    (/** @type {Error} */ error) => {
      giveBack?.();
      toast(chat, error.message, "error");
    },
  );
  return chat.sending;
}

/** @param {Chat} chat @param {string} text @param {number} [replyTo] @param {() => void} [giveBack] */
export function sendText(chat, text, replyTo, giveBack) {
  chat.column?.scrollToNewest();
  // Where the person is now; they may be elsewhere when what was sent earlier has gone out.
  const message = { text, reply_to_message_id: replyTo, ...whereOf(chat) };
  return sendInOrder(chat, () => actAs(chat, "messages", message), giveBack);
}

/** @param {Chat} chat @param {File} file @param {Record<string, string | number | undefined>} fields what is said of it; nothing is left out */
export function sendFile(chat, file, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, String(value));
  form.set("file", file, file.name);
  return actAs(chat, "messages", form);
}

/** @param {StoredFile} file */
export const fileUrl = (file) => `/playground/files/${encodeURIComponent(file.file_id)}`;
