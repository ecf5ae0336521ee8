/** What plays, and pins on the map. */

/** @import { Chat, Location, Message, PlayedFile } from "./types.d.ts" */
import { element, icon } from "./elements.js";
import { fileUrl } from "./server.js";
import { link } from "./text.js";
import { coordinates, fileKind } from "./words.js";

/** @param {Message} message @returns {HTMLElement | undefined} */
export function renderPlayed(message) {
  const sound = message.voice ?? message.audio;
  if (sound) return renderSound(sound, message);
  const film = message.video ?? message.video_note ?? message.animation;
  return film ? renderFilm(film, message) : undefined;
}

/** @param {PlayedFile} file @param {Message} message */
function renderSound(file, message) {
  const player = element("audio");
  player.controls = true;
  player.preload = "none";
  player.src = fileUrl(file);
  return element("div", { class: "played" }, title(file, message), player);
}

/** @param {PlayedFile} file @param {Message} message */
function renderFilm(file, message) {
  const player = element("video", { class: message.video_note ? "round-film" : "" });
  player.controls = true;
  player.preload = "metadata";
  player.src = fileUrl(file);
  return element("div", { class: "played" }, player, title(file, message));
}

/** @param {PlayedFile} file @param {Message} message */
function title(file, message) {
  const length = file.duration ? ` · ${clock(file.duration)}` : "";
  return element("span", { class: "played-title", text: `${file.file_name ?? fileKind(message)}${length}` });
}

/** @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {Chat} chat @param {Location} location @param {Message["venue"]} venue */
export function renderLocation(chat, location, venue) {
  const { latitude, longitude } = location;
  const anchor = link(
    chat,
    `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`,
  );
  anchor.className = "file";
  anchor.append(
    element("span", { class: "file-icon" }, icon("pin")),
    element("span", { class: "file-name", text: venue?.title ?? "Titik di peta" }),
    element("span", {
      class: "file-size",
      text: venue ? `${venue.address} · ${coordinates(location)}` : coordinates(location),
    }),
  );
  return anchor;
}
