/** Text with the entities of the Bot API, as elements. */

/** @import { Bot, Chat, Entity } from "./types.d.ts" */
import { actAsButton, element } from "./elements.js";
import { copy } from "./notices.js";
import { sendText } from "./server.js";

/** Entities that are nothing but an element. @type {Record<string, keyof HTMLElementTagNameMap>} */
const PLAIN_ENTITIES = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
};

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

/** @param {Chat} chat @param {string} text @param {Entity[]} [entities] */
export function renderText(chat, text, entities = []) {
  const outermostFirst = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return renderRange(chat, text, 0, text.length, outermostFirst);
}

/** @param {Chat} chat @param {string} text @param {number} from @param {number} to @param {Entity[]} entities */
function renderRange(chat, text, from, to, entities) {
  const fragment = document.createDocumentFragment();
  let at = from;
  for (const [index, entity] of entities.entries()) {
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) continue;
    const inside = entities.slice(index + 1).filter((other) => other.offset < end);
    const holder = entityElement(chat, entity, text.slice(entity.offset, end));
    holder.append(renderRange(chat, text, entity.offset, end, inside));
    fragment.append(text.slice(at, entity.offset), holder);
    // The line break after a block is the block's own.
    at = BLOCKS.includes(entity.type) && text[end] === "\n" && end < to ? end + 1 : end;
  }
  fragment.append(text.slice(at, to));
  return fragment;
}

/** @param {Chat} chat @param {Entity} entity @param {string} text */
function entityElement(chat, entity, text) {
  const plain = PLAIN_ENTITIES[entity.type];
  if (plain) return element(plain);
  if (entity.type === "code" || entity.type === "pre") return copyable(chat, entity.type, text);
  if (entity.type === "text_link") return link(chat, entity.url ?? "");
  if (entity.type === "url") return link(chat, /^[a-z]+:/i.test(text) ? text : `https://${text}`);
  if (entity.type === "email") return link(chat, `mailto:${text}`);
  if (entity.type === "phone_number") return link(chat, `tel:${text.replaceAll(/[^+\d]/g, "")}`);
  if (entity.type === "bot_command") return commandLink(chat, text);
  if (entity.type === "spoiler") return revealable("spoiler", "Tampilkan teks tersembunyi");
  if (entity.type === "expandable_blockquote") return revealable("expandable", "Tampilkan seluruh kutipan");
  return element("span", { class: entity.type.replaceAll("_", "-") });
}

/** @param {Chat} chat @param {"code" | "pre"} tag @param {string} text */
function copyable(chat, tag, text) {
  const code = element(tag);
  code.title = "Klik untuk menyalin";
  actAsButton(code, () => copy(chat, text));
  return code;
}

/** @param {Chat} chat @param {string} text */
function commandLink(chat, text) {
  const command = element("span", { class: "command" });
  actAsButton(command, () => sendText(chat, text.replace(/@\w+$/, "")));
  return command;
}

/** @param {string} kind @param {string} label */
function revealable(kind, label) {
  const holder = element(kind === "expandable" ? "blockquote" : "span", { class: kind });
  holder.title = label;
  actAsButton(holder, () => {
    holder.classList.toggle("revealed");
    holder.title = holder.classList.contains("revealed") ? "" : label;
  });
  return holder;
}

/** A link to the bot itself cannot be followed here: it is copied, and opened by "Buka tautan bot". @param {Chat} chat @param {string} address */
export function link(chat, address) {
  const url = URL.parse(address);
  if (!url || !["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return element("span");
  if (startPayload(chat.bot, address) !== undefined) {
    const copied = element("span", { class: "command" });
    copied.title = `Salin ${address}`;
    actAsButton(copied, () => copy(chat, address, "Tautan disalin"));
    return copied;
  }
  const anchor = element("a");
  anchor.href = url.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

/** The payload of `https://t.me/<bot>?start=PAYLOAD`; undefined for any other address. @param {Bot} bot @param {string} address */
export function startPayload(bot, address) {
  const url = URL.parse(/^https?:/i.test(address) ? address : `https://${address}`);
  if (!url || !["t.me", "telegram.me"].includes(url.hostname)) return undefined;
  if (url.pathname.slice(1).toLowerCase() !== bot.username.toLowerCase()) return undefined;
  return url.searchParams.get("start") ?? undefined;
}
