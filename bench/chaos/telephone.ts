import { parseTicketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Message, PersonEvent, TelegramServer } from "../../telegram-server/server.ts";
import { buttonsOf, tokenOf } from "../../test/crash/person.ts";

/** One version of a message of the bot, as somebody saw it. */
export type Sight = {
  index: number;
  at: number;
  message: Message;
  isNew: boolean;
  /** It came before with the same words and the same buttons, as a message of its own. */
  isCopy: boolean;
};

/** Somebody waited for what did not come. */
export class InVain extends Error {
  override name = "InVain";
}

export type Patience = {
  /** When something was last killed. */
  disturbedAt: () => number;
  /** So long after that, and after the wait began. */
  ms: number;
  /** However much is being killed. */
  longestMs: number;
};

/** What somebody does at their telephone, and what they see there. */
export class Telephone {
  readonly id: number;
  readonly name: string;
  readonly sights: Sight[] = [];
  /** Milliseconds of each wait for an answer. */
  readonly waits: number[] = [];
  readonly #server: TelegramServer;
  readonly #patience: Patience;
  readonly #seen = new Set<string>();
  readonly #cards = new Map<number, Set<number>>();
  readonly #shown = new Map<number, Message>();
  /** The token of its first buttons, which all copies of a message have. */
  readonly #bornWith = new Map<number, string | undefined>();
  /** The last sight of each message. */
  readonly #changedAt = new Map<number, number>();
  readonly #watchers = new Set<() => void>();
  #updates = 0;
  /** Files that were sent from here. */
  documents = 0;
  /** What was done here last was to write. */
  lastWasText = false;

  constructor(server: TelegramServer, { id, name }: { id: number; name: string }, patience: Patience) {
    this.id = id;
    this.name = name;
    this.#server = server;
    this.#patience = patience;
  }

  /** How many updates Telegram has got from here. */
  get updates(): number {
    return this.#updates;
  }

  /** What the bot has said here, as it stands now. */
  get shown(): ReadonlyMap<number, Message> {
    return this.#shown;
  }

  hear(event: PersonEvent): void {
    if (event.type !== "message" && event.type !== "edit") return;
    const { message } = event;
    if (!message.from.is_bot) return;
    const isNew = event.type === "message";
    const token = tokenOf(message);
    const words = `${token} ${message.text}`;
    const isCopy = isNew && token !== undefined && this.#seen.has(words);
    if (isNew) this.#seen.add(words);
    this.#noteCard(message);
    this.#shown.set(message.message_id, message);
    this.#changedAt.set(message.message_id, this.sights.length);
    if (isNew) this.#bornWith.set(message.message_id, token);
    this.sights.push({ index: this.sights.length, at: Date.now(), message, isNew, isCopy });
    for (const watch of [...this.#watchers]) watch();
  }

  /** What was there before an edit is a card no more, where the edit is none. */
  #noteCard(message: Message): void {
    const former = this.#shown.get(message.message_id);
    if (former !== undefined && isCard(former)) this.#cards.get(ticketOf(former))?.delete(message.message_id);
    if (!isCard(message)) return;
    const ticketId = ticketOf(message);
    const known = this.#cards.get(ticketId) ?? new Set();
    this.#cards.set(ticketId, known.add(message.message_id));
  }

  /**
   * The card of the ticket that is kept up to date: the newest one. Where a kill has left copies of that, nobody knows of all
   * but one, which may come above the others, and is the one that still changes.
   */
  card(ticketId: number): Message | undefined {
    const ids = [...(this.#cards.get(ticketId) ?? [])];
    const newest = Math.max(...ids);
    const copies = ids.filter((id) => this.#bornWith.get(id) === this.#bornWith.get(newest));
    const live = copies
      .toSorted((one, other) => (this.#changedAt.get(one) ?? 0) - (this.#changedAt.get(other) ?? 0))
      .at(-1);
    return live === undefined ? undefined : this.#shown.get(live);
  }

  /** Of what is seen from now on, the first. */
  mark(): number {
    return this.sights.length;
  }

  since(mark: number): Sight[] {
    return this.sights.slice(mark);
  }

  say(text: string): void {
    this.#updates += 1;
    this.lastWasText = true;
    this.#server.people.sendText(this.id, text);
  }

  start(code: string): void {
    this.#updates += 1;
    this.#server.people.start(this.id, code);
  }

  sendDocument(name: string, bytes: Uint8Array): void {
    this.#updates += 1;
    this.documents += 1;
    this.#server.people.sendDocument(this.id, { bytes, name, mimeType: "text/plain" });
  }

  sendPin(): void {
    this.#updates += 1;
    this.#server.people.sendLocation(this.id, { latitude: 2.57, longitude: 99.63 });
  }

  /** @param times more than once: somebody impatient, whose second press must change nothing */
  press({ message_id }: Message, label: string, times = 1): void {
    const message = this.#shown.get(message_id);
    const button = message && buttonsOf(message).find(({ text }) => text === label);
    if (button?.callback_data === undefined) throw new Error(`${this.name} finds no button ${label}`);
    this.lastWasText = false;
    for (let time = 0; time < times; time++) {
      this.#updates += 1;
      this.#server.people.press(this.id, message_id, button.callback_data);
    }
  }

  /**
   * Waits until it is there to be seen.
   *
   * @throws InVain it did not come in time
   */
  async waitFor<Found>(what: string, look: () => Found | undefined): Promise<Found> {
    const begin = Date.now();
    for (let found = look(), hasWaited = false; ; found = look(), hasWaited = true) {
      if (found !== undefined) {
        if (hasWaited) this.waits.push(Date.now() - begin);
        return found;
      }
      await this.#change();
      const calmSince = Math.max(begin, this.#patience.disturbedAt());
      if (Date.now() - calmSince < this.#patience.ms && Date.now() - begin < this.#patience.longestMs) continue;
      throw new InVain(`${this.name} waited ${Date.now() - begin} ms in vain for ${what}; ${this.#chatEnd()}`);
    }
  }

  /** Or a second, so that patience ends. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#watchers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, 1_000);
      this.#watchers.add(end);
    });
  }

  #chatEnd(): string {
    const last = this.#server.people.messages(this.id).slice(-4);
    const lines = last.map(
      (message) => `#${message.message_id} ${message.text} [${buttonsOf(message).map(({ text }) => text)}]`,
    );
    const alerts = this.#server.people.callbackAnswers(this.id).slice(-2);
    return `the chat ends: ${lines.join(" | ")}; the last presses were answered ${alerts.map(({ text = "" }) => `"${text}"`)}`;
  }
}

export function isCard({ text = "" }: Message): boolean {
  return text.includes("\nKeadaan: ") && text.includes("\nNomor: T-");
}

/** The ticket that a message is about; 0: none. */
export function ticketOf({ text = "" }: Pick<Message, "text">): number {
  return parseTicketNumber(/T-\d+/.exec(text)?.[0] ?? "") ?? 0;
}

export function hasButton(message: Message, label: string): boolean {
  return buttonsOf(message).some(({ text }) => text === label);
}
