/** How people, times, sizes and messages are named on the page. */

/** @import { Chat, Location, Message, Person, StoredFile } from "./types.d.ts" */

export const clockWords = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const dayWords = new Intl.DateTimeFormat("id-ID", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const shortDayWords = new Intl.DateTimeFormat("id-ID", { day: "2-digit", month: "2-digit", year: "2-digit" });
const sizeWords = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });

/** @param {number} unixSeconds */
export const dateOf = (unixSeconds) => new Date(unixSeconds * 1000);
/** @param {number} unixSeconds */
export const dayOf = (unixSeconds) => dateOf(unixSeconds).toDateString();

/** @param {number} unixSeconds */
export function dayName(unixSeconds) {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayOf(unixSeconds) === new Date().toDateString()) return "Hari ini";
  if (dayOf(unixSeconds) === yesterday.toDateString()) return "Kemarin";
  return dayWords.format(dateOf(unixSeconds));
}

/** The time of day for today, else the day. @param {number} unixSeconds */
export function shortTime(unixSeconds) {
  const day = dayName(unixSeconds);
  if (day === "Hari ini") return clockWords.format(dateOf(unixSeconds));
  return day === "Kemarin" ? day : shortDayWords.format(dateOf(unixSeconds));
}

/** @param {number} bytes */
export function sizeName(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${sizeWords.format(bytes / 1024)} KB`;
  return `${sizeWords.format(bytes / 1024 ** 2)} MB`;
}

/** @param {{ first_name: string, last_name?: string }} person */
export const nameOf = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** @param {Person} person */
export function initialsOf(person) {
  const letters = nameOf(person)
    .split(/\s+/)
    .map((word) => [...word][0] ?? "");
  return letters.slice(0, 2).join("").toUpperCase();
}

/** @param {Message} message */
export const isFromBot = (message) => message.from?.is_bot ?? true;

/** @param {Chat} chat @param {Message} message */
export function senderOf(chat, { from, sender_chat }) {
  if (sender_chat?.title) return sender_chat.title;
  return from ? nameOf(from) : chat.bot.first_name;
}

/** @param {Message} message @returns {StoredFile | undefined} */
export const fileOf = (message) =>
  message.video ?? message.video_note ?? message.animation ?? message.audio ?? message.voice ?? message.document;

/** What a file is called that has no name. @param {Message} message */
export function fileKind(message) {
  if (message.voice) return "Pesan suara";
  if (message.video_note) return "Pesan video";
  if (message.video || message.animation) return "Video";
  return message.audio ? "Rekaman suara" : "Berkas";
}

/** Texts and captions; a round video and a pin have neither. @param {Message} message */
export function canBeEdited(message) {
  return message.text !== undefined || Boolean(message.photo ?? (message.video_note ? undefined : fileOf(message)));
}

/** What stands for a message that is neither text, photo nor file. @param {Message} message */
export function otherKind(message) {
  if (message.sticker) return `Stiker ${message.sticker.emoji ?? ""}`;
  if (message.venue) return `Tempat: ${message.venue.title}`;
  if (message.location) return `Titik di peta: ${coordinates(message.location)}`;
  if (message.contact) return `Kontak: ${message.contact.first_name}, ${message.contact.phone_number}`;
  if (message.dice) return `${message.dice.emoji} ${message.dice.value}`;
  return "Jenis pesan ini belum dapat ditampilkan di ruang coba.";
}

/** @param {Location} location */
export const coordinates = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

/** One line for lists and quotes. @param {Message} message @returns {string} */
export function excerptOf(message) {
  if (message.text !== undefined) return message.text.slice(0, 160);
  const file = fileOf(message);
  const kind = message.photo ? "Foto" : file ? (file.file_name ?? fileKind(message)) : otherKind(message);
  return message.caption ? `${kind}: ${message.caption.slice(0, 120)}` : kind;
}
