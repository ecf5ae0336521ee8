/** The switch between the private chat and the topics of the person's groups, where there are any. */

/** @import { Chat, Desk, Place } from "./types.d.ts" */
import { element, icon, part } from "./elements.js";
import { openMenu } from "./menu.js";
import { isClosed, placeKey, placeName, placesOf } from "./places.js";

export class PlaceList {
  /**
   * @param {Chat} chat
   * @param {Desk} desk
   * @param {HTMLElement} column
   * @param {(place: Place | undefined) => void} choose
   */
  constructor(chat, desk, column, choose) {
    this.chat = chat;
    this.desk = desk;
    this.choose = choose;
    this.bar = part(column, ".place-bar");
    this.button = part(this.bar, "button");
    this.list = part(column, ".place-list");
    openMenu(this.button, this.list);
  }

  draw() {
    const { chat, desk } = this;
    this.bar.hidden = chat.groups.length === 0;
    if (this.bar.hidden) return;
    const places = placesOf(chat);
    const unread = places.reduce((sum, place) => sum + desk.unreadIn(chat, place), 0);
    part(this.button, "[data-part=place]").textContent = chat.place ? placeTitle(chat.place) : "Percakapan dengan bot";
    part(this.button, "[data-part=closed]").hidden = !chat.place || !isClosed(chat.place);
    const badge = part(this.button, ".badge");
    badge.hidden = unread === 0;
    badge.textContent = String(unread);
    badge.ariaLabel = `${unread} belum dibaca di grup`;
    this.#drawList(places);
  }

  /** @param {Place[]} places */
  #drawList(places) {
    const wanted = JSON.stringify([placeKey(this.chat.place), places.map((place) => this.#state(place))]);
    if (this.list.dataset.drawn === wanted) return;
    this.list.dataset.drawn = wanted;
    /** @type {HTMLElement[]} */
    const rows = [this.#choice(undefined, "Percakapan dengan bot")];
    let group;
    for (const place of places) {
      if (place.group !== group) rows.push(element("p", { class: "place-group", text: `Grup: ${place.group.title}` }));
      group = place.group;
      rows.push(this.#choice(place, place.group.is_forum ? placeName(place) : "Semua pesan"));
    }
    this.list.replaceChildren(...rows);
  }

  /** @param {Place} place */
  #state(place) {
    return [
      placeKey(place),
      placeName(place),
      place.group.title,
      isClosed(place),
      this.desk.unreadIn(this.chat, place),
    ];
  }

  /** @param {Place | undefined} place @param {string} name */
  #choice(place, name) {
    const button = element("button", { onclick: () => this.choose(place) }, element("span", { text: name }));
    if (placeKey(place) === placeKey(this.chat.place)) button.ariaCurrent = "true";
    if (place && isClosed(place)) button.append(element("small", {}, icon("lock", "small-icon"), "ditutup"));
    const unread = place ? this.desk.unreadIn(this.chat, place) : 0;
    if (unread > 0) button.append(element("span", { class: "badge", text: String(unread) }));
    return button;
  }
}

/** @param {Place} place */
export function placeTitle(place) {
  const { group } = place;
  return group.is_forum ? `${placeName(place)} · ${group.title}` : `Grup: ${group.title}`;
}
