/** One person's column: the head, the messages, and what is being written. */

/** @import { Chat, Desk, Message, Place } from "./types.d.ts" */
import { Composer } from "./composer.js";
import { element, find, fromTemplate, icon, part, replaceChildren } from "./elements.js";
import { openMenu } from "./menu.js";
import { renderMessage } from "./message.js";
import { toast } from "./notices.js";
import { PlaceList, placeTitle } from "./place-list.js";
import { commandsOf, isOwn, messagesOf, placeKey } from "./places.js";
import { drawReplyKeyboard } from "./reply-keyboard.js";
import { actAs, sendInOrder } from "./server.js";
import { isService, renderService } from "./service.js";
import { startPayload } from "./text.js";
import { dayName, dayOf, initialsOf, nameOf } from "./words.js";

const SHOWN_MESSAGES = 200;
/** This near to the end, in pixels, the person is taken to be reading the newest message. */
const NEAR_NEWEST = 48;

export class Column {
  /** @type {Map<number, { message: Message, article: HTMLElement }>} */
  #drawn = new Map();
  /** By the words on them. @type {Map<string, HTMLElement>} */
  #dayLines = new Map();
  #shownMessages = SHOWN_MESSAGES;
  #atNewest = true;
  #unseen = 0;

  /**
   * @param {Chat} chat
   * @param {Desk} desk
   */
  constructor(chat, desk) {
    this.chat = chat;
    this.desk = desk;
    this.root = fromTemplate("column-template");
    this.log = part(this.root, ".log");
    this.composer = new Composer(chat, this.root);
    this.places = new PlaceList(chat, desk, this.root, (place) => this.#goTo(place));
    this.#fillHead();
    this.#listenToHead();
    this.#listenToLog();
  }

  /** @param {string} name of a part in page.html */
  #part(name) {
    return part(this.root, `[data-part="${name}"]`);
  }

  /** Whether the person can see it: on a narrow window only the active column is shown. */
  get isShown() {
    return this.root.checkVisibility();
  }

  /** Draws what has changed since the last time. */
  draw() {
    const { person, place } = this.chat;
    this.#fillHead();
    this.places.draw();
    this.#part("start-bar").hidden = place !== undefined || person.started || person.blocked;
    this.#part("unblock-bar").hidden = place !== undefined || !person.blocked;
    this.composer.form.hidden = place === undefined && (!person.started || person.blocked);
    this.#part("menu").hidden = commandsOf(this.chat).length === 0;
    this.#part("block").textContent = person.blocked ? "Buka blokir bot" : "Blokir bot";
    drawReplyKeyboard(this.chat, this.#part("reply-keyboard"));
    this.#drawLog();
    if (this.#atNewest) this.scrollToNewest();
  }

  #drawLog() {
    const all = messagesOf(this.chat).toSorted((a, b) => a.message_id - b.message_id);
    this.#forgetDeleted(all);
    const recent = all.slice(-this.#shownMessages);
    /** @type {HTMLElement[]} */
    const wanted = recent.length < all.length ? [this.#olderButton()] : [];
    if (all.length === 0) wanted.push(this.#emptyNote());
    let day = "";
    for (const message of recent) {
      if (dayOf(message.date) !== day) wanted.push(this.#dayLine(message.date));
      day = dayOf(message.date);
      wanted.push(this.#article(message));
    }
    replaceChildren(this.log, wanted);
    this.#letTabReach(wanted.at(-1));
  }

  /** @param {Message} message */
  #article(message) {
    const known = this.#drawn.get(message.message_id);
    if (known?.message === message) return known.article;
    const article = isService(message) ? renderService(this.chat, message) : renderMessage(this.chat, message);
    this.#drawn.set(message.message_id, { message, article });
    if (known?.article.contains(document.activeElement)) keepFocus(document.activeElement?.textContent, article);
    return article;
  }

  /** @param {number} unixSeconds */
  #dayLine(unixSeconds) {
    const name = dayName(unixSeconds);
    const line = this.#dayLines.get(name) ?? element("div", { class: "day" }, element("span", { text: name }));
    this.#dayLines.set(name, line);
    return line;
  }

  /** @param {Message[]} all what is there now */
  #forgetDeleted(all) {
    const ids = new Set(all.map(({ message_id }) => message_id));
    for (const id of this.#drawn.keys()) {
      if (ids.has(id)) continue;
      this.#drawn.delete(id);
      this.composer.forget(id);
    }
  }

  /** The Tab key stops once in the list; the arrows go on from there. @param {HTMLElement | undefined} last */
  #letTabReach(last) {
    for (const { article } of this.#drawn.values()) article.tabIndex = -1;
    if (last?.matches(".message")) last.tabIndex = 0;
  }

  #emptyNote() {
    const { person, place, bot } = this.chat;
    const isThere = place !== undefined || person.started;
    const words = isThere ? "Belum ada pesan di sini." : "Tekan Mulai untuk membuka percakapan dengan bot.";
    const logo = element("span", { class: "logo" }, icon("simpul"));
    return element(
      "div",
      { class: "empty" },
      logo,
      element("strong", { text: place?.group.title ?? bot.first_name }),
      words,
    );
  }

  #olderButton() {
    const showOlder = () => {
      const fromEnd = this.log.scrollHeight - this.log.scrollTop;
      this.#shownMessages += SHOWN_MESSAGES;
      this.draw();
      this.log.scrollTop = this.log.scrollHeight - fromEnd;
    };
    return element("button", { class: "older", text: "Tampilkan pesan yang lebih lama", onclick: showOlder });
  }

  /** Counts a new message where the person is reading further up. @param {Message} message */
  announce(message) {
    if (!messagesOf(this.chat).includes(message)) return;
    if (!this.#atNewest && !isOwn(this.chat, message)) this.#unseen += 1;
    this.#drawNewestButton();
    if (message.reply_markup?.force_reply && "active" in this.root.dataset) this.composer.startReply(message);
  }

  #drawNewestButton() {
    const button = this.#part("newest");
    button.hidden = this.#unseen === 0;
    part(button, ".badge").textContent = String(this.#unseen);
  }

  scrollToNewest() {
    this.#atNewest = true;
    this.#unseen = 0;
    this.#drawNewestButton();
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** @param {number} messageId */
  showMessage(messageId) {
    const article = this.#drawn.get(messageId)?.article;
    if (!article?.isConnected) return toast(this.chat, "Pesan itu tidak ada di layar ini.");
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
    article.classList.remove("flash");
    requestAnimationFrame(() => article.classList.add("flash"));
  }

  /** @param {Place | undefined} place */
  #goTo(place) {
    if (placeKey(place) === placeKey(this.chat.place)) return;
    this.composer.leave(placeKey(this.chat.place));
    this.chat.place = place;
    this.#drawn.clear();
    this.#shownMessages = SHOWN_MESSAGES;
    this.composer.enter(placeKey(place));
    this.desk.draw(this.chat);
    this.scrollToNewest();
    this.desk.draw(this.chat);
    if (!this.composer.form.hidden) this.composer.input.focus();
  }

  /** The topic or group that it showed is gone. */
  goHome() {
    this.#goTo(undefined);
  }

  #fillHead() {
    const { person, bot, place } = this.chat;
    this.root.dataset.personId = String(person.id);
    this.root.ariaLabel = `Percakapan ${nameOf(person)}`;
    this.log.ariaLabel = place ? `Pesan di ${placeTitle(place)}` : `Pesan ${nameOf(person)} dengan ${bot.first_name}`;
    fillAvatar(this.root, this.chat);
    part(this.root, "h2").textContent = nameOf(person);
    part(this.root, ".column-title p").textContent = person.label ?? `dengan ${bot.first_name}`;
  }

  #listenToHead() {
    const { chat, desk } = this;
    this.root.addEventListener("focusin", () => desk.activate(chat));
    this.#part("back").onclick = () => desk.showPeople();
    this.#part("close").onclick = () => desk.close(chat);
    this.#part("open-link").onclick = () => this.#askForLink();
    this.#part("block").onclick = () => this.#change(chat.person.blocked ? "unblock" : "block");
    this.#part("unblock").onclick = () => this.#change("unblock");
    this.#part("start").onclick = () => this.#change("start");
    openMenu(this.#part("more"), this.#part("choices"));
  }

  #listenToLog() {
    const { log } = this;
    log.onscroll = () => {
      this.#atNewest = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_NEWEST;
      if (this.#atNewest) this.#unseen = 0;
      this.#drawNewestButton();
    };
    this.#part("newest").onclick = () => this.scrollToNewest();
    new ResizeObserver(() => this.#atNewest && this.scrollToNewest()).observe(log);
    log.onkeydown = (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      const articles = [...log.querySelectorAll(".message")];
      const at = articles.findIndex((article) => article.contains(/** @type {Node} */ (event.target)));
      const next = articles[at + (event.key === "ArrowUp" ? -1 : 1)];
      if (at < 0 || !(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
    };
  }

  /** @param {"start" | "block" | "unblock"} what @param {object} [body] */
  #change(what, body = {}) {
    return sendInOrder(this.chat, async () => {
      await actAs(this.chat, what, body);
      await this.desk.refresh(this.chat);
      if (!this.composer.form.hidden) this.composer.input.focus();
    });
  }

  /** Opens a link to the bot as this person, which starts the chat where it has not been started. */
  #askForLink() {
    const dialog = find(document, "#open-link", HTMLDialogElement);
    const input = find(dialog, "input", HTMLInputElement);
    const example = `https://t.me/${this.chat.bot.username}?start=KODE`;
    const problem = part(dialog, "[data-part=error]");
    part(dialog, "[data-part=example]").textContent = example;
    part(dialog, "[data-part=cancel]").onclick = () => dialog.close();
    input.value = problem.textContent = "";
    find(dialog, "form", HTMLFormElement).onsubmit = (event) => {
      event.preventDefault();
      const payload = startPayload(this.chat.bot, input.value.trim());
      if (payload === undefined) {
        problem.textContent = `Itu bukan tautan ke bot ini. Contoh yang benar: ${example}`;
        return input.focus();
      }
      dialog.close();
      this.#change("start", { payload });
    };
    dialog.showModal();
  }
}

/** @param {ParentNode} root @param {Chat} chat */
export function fillAvatar(root, { person }) {
  const avatar = part(root, ".avatar");
  avatar.textContent = initialsOf(person);
  avatar.dataset.tint = String(Math.abs(person.id) % 7);
}

/** A message drawn anew while it had the focus: the button with the same words gets it back. @param {string | null | undefined} words @param {HTMLElement} article */
function keepFocus(words, article) {
  queueMicrotask(() => {
    const same = [...article.querySelectorAll("button")].find((button) => button.textContent === words);
    (same ?? article).focus({ preventScroll: true });
  });
}
