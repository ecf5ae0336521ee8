/** Customary, not promised by Telegram. `Infinity` switches one off. */
export type LimitOptions = {
  overallPerSecond: number;
  perPrivateChatPerSecond: number;
  perGroupPerMinute: number;
};

export const customaryLimits: LimitOptions = {
  overallPerSecond: 30,
  perPrivateChatPerSecond: 1,
  perGroupPerMinute: 20,
};

const secondMs = 1000;
const minuteMs = 60_000;

/** What was sent longer ago than this holds nothing back. */
export const longestWindowMs = minuteMs;

/** Ends the counting of one send as under way. */
type Slot = { chatId: number };

/**
 * How many sends may go, overall and in a chat. A send counts from its start until a window after its end: when
 * in between it arrived at Telegram is unknown, so only this keeps to the limits as Telegram counts them.
 * Times are passed in, in milliseconds.
 */
export class Limits {
  readonly #options: LimitOptions;
  readonly #overall: SlidingWindow;
  readonly #chats = new Map<number, SlidingWindow>();
  readonly #heldUntil = new Map<number, number>();

  constructor(options: LimitOptions = customaryLimits) {
    this.#options = options;
    this.#overall = new SlidingWindow(options.overallPerSecond, secondMs);
  }

  /** Milliseconds until anything may be sent at all; Infinity: not before a send that is under way ends. */
  waitOverall(now: number): number {
    return this.#overall.wait(now);
  }

  /** The same for one chat, the limit over all included. */
  waitFor(chatId: number, now: number): number {
    return Math.max(this.#overall.wait(now), this.#waitInChat(chatId, now));
  }

  /** The chats that have to wait, and for how long. */
  waitingChats(now: number): Map<number, number> {
    const waiting = new Map<number, number>();
    for (const chatId of new Set([...this.#chats.keys(), ...this.#heldUntil.keys()])) {
      const wait = this.#waitInChat(chatId, now);
      if (wait > 0) waiting.set(chatId, wait);
      else this.#forget(chatId);
    }
    return waiting;
  }

  start(chatId: number): Slot {
    this.#overall.start();
    this.#chat(chatId).start();
    return { chatId };
  }

  end({ chatId }: Slot, now: number): void {
    this.#overall.end(now);
    this.#chat(chatId).end(now);
  }

  /** What an earlier process sent. */
  restore(sent: Iterable<{ chatId: number; sentAt: Date }>): void {
    for (const { chatId, sentAt } of sent) this.end(this.start(chatId), sentAt.getTime());
  }

  /** Telegram wants nothing in this chat before that time. */
  hold(chatId: number, until: number): void {
    this.#heldUntil.set(chatId, Math.max(until, this.#heldUntil.get(chatId) ?? 0));
  }

  #waitInChat(chatId: number, now: number): number {
    const held = (this.#heldUntil.get(chatId) ?? 0) - now;
    return Math.max(0, held, this.#chats.get(chatId)?.wait(now) ?? 0);
  }

  #chat(chatId: number): SlidingWindow {
    const known = this.#chats.get(chatId);
    if (known) return known;
    const { perGroupPerMinute, perPrivateChatPerSecond } = this.#options;
    const isGroup = chatId < 0;
    const window = isGroup
      ? new SlidingWindow(perGroupPerMinute, minuteMs)
      : new SlidingWindow(perPrivateChatPerSecond, secondMs);
    this.#chats.set(chatId, window);
    return window;
  }

  #forget(chatId: number): void {
    this.#heldUntil.delete(chatId);
    if (this.#chats.get(chatId)?.isEmpty) this.#chats.delete(chatId);
  }
}

/** At most `limit` in any `lengthMs`. */
class SlidingWindow {
  readonly #limit: number;
  readonly #lengthMs: number;
  #underWay = 0;
  #ends: number[] = [];

  constructor(limit: number, lengthMs: number) {
    this.#limit = limit;
    this.#lengthMs = lengthMs;
  }

  get isEmpty(): boolean {
    return this.#underWay === 0 && this.#ends.length === 0;
  }

  wait(now: number): number {
    this.#forgetBefore(now);
    const tooMany = this.#underWay + this.#ends.length - this.#limit;
    if (tooMany < 0) return 0;
    const mustLeave = this.#ends[tooMany];
    return mustLeave === undefined ? Number.POSITIVE_INFINITY : mustLeave + this.#lengthMs + 1 - now;
  }

  start(): void {
    this.#underWay++;
  }

  end(now: number): void {
    this.#underWay--;
    if (this.#limit !== Number.POSITIVE_INFINITY) this.#ends.push(now);
  }

  /** An end in the future means that the clock was set back; it counts as now, so that nothing waits for hours. */
  #forgetBefore(now: number): void {
    this.#ends = this.#ends.filter((end) => end + this.#lengthMs >= now).map((end) => Math.min(end, now));
  }
}
