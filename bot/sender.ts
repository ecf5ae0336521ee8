import type pg from "pg";
import type { Logger } from "pino";
import type { Events } from "../core/db/events/events.ts";
import { describeFault, framesOf } from "../core/db/fault.ts";
import { listDue, listSentSince, type OutboxRow } from "../core/db/outbox.ts";
import { backoffMs, settledWithin } from "../core/db/wait.ts";
import { whileLocked } from "../core/db/while-locked.ts";
import { type Delivered, type DeliveryHooks, type DeliveryOptions, deliver } from "./delivery.ts";
import { Alarm } from "./telegram/alarm.ts";
import { type LimitOptions, Limits, longestWindowMs } from "./telegram/limits.ts";

const usualAtOnce = 8;
const backstopMs = 1000;
const longestBackoffMs = 60_000;
const finishWithinMs = 20_000;

export type SenderOptions = DeliveryHooks &
  Pick<DeliveryOptions, "db" | "client" | "render" | "at"> & {
    /** Of the database, for the lock. */
    config: pg.ClientConfig;
    events: Pick<Events, "subscribe">;
    log: Logger;
    now?: () => Date;
    limits?: LimitOptions;
    /** Sends at once, each to another chat. */
    atOnce?: number;
    backstopMs?: number;
  };

/**
 * Sends what is in the outbox: answers before notices, in order within a chat, side by side over chats, within
 * Telegram's limits. A crash repeats at most the message that was under way in a chat.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #now: () => Date;
  readonly #alarm = new Alarm();
  readonly #stop = new AbortController();
  /** Ends what is under way when it takes too long to stop. */
  readonly #cut = new AbortController();
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #failuresInRow = new Map<number, number>();
  #limits = new Limits();
  #running = Promise.resolve();
  /** Of all processes' senders this is the one that sends. */
  #isTheOne = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  start(): void {
    const { config, events, log } = this.#options;
    const unsubscribe = events.subscribe("outbox", () => this.#alarm.ring());
    const lock = { config, name: "sender", stop: this.#stop.signal, log };
    this.#running = whileLocked(lock, (signal) => this.#sendUntil(signal)).finally(unsubscribe);
  }

  /** There is more to send. @returns false: this is not the sender that will, but one in another process */
  wake(): boolean {
    if (this.#isTheOne) this.#alarm.ring();
    return this.#isTheOne;
  }

  /** Starts nothing more and finishes what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #sendUntil(signal: AbortSignal): Promise<void> {
    await this.#restoreLimits();
    this.#isTheOne = true;
    try {
      while (!signal.aborted) {
        const waitMs = await this.#startWhatMayGo();
        await this.#alarm.sleep(Math.min(waitMs, this.#options.backstopMs ?? backstopMs), signal);
      }
    } finally {
      this.#isTheOne = false;
    }
    if (await settledWithin(finishWithinMs, this.#underWay.values())) return;
    if (this.#stop.signal.aborted) this.#cut.abort();
    await Promise.all(this.#underWay.values());
  }

  async #restoreLimits(): Promise<void> {
    const since = new Date(this.#nowMs() - longestWindowMs);
    const sent = await listSentSince(this.#options.db, since);
    this.#limits = new Limits(this.#options.limits);
    this.#limits.restore(sent);
  }

  /** @returns after how long more may go; a send that ends rings before */
  async #startWhatMayGo(): Promise<number> {
    const { db, log, atOnce = usualAtOnce } = this.#options;
    const free = atOnce - this.#underWay.size;
    if (free <= 0) return Number.POSITIVE_INFINITY;
    const overall = this.#limits.waitOverall(this.#nowMs());
    if (overall > 0) return overall;
    const waiting = this.#limits.waitingChats(this.#nowMs());
    try {
      const exceptChats = [...this.#underWay.keys(), ...waiting.keys()];
      const rows = await listDue(db, { now: this.#now(), exceptChats, limit: free });
      for (const row of rows) if (this.#limits.waitFor(row.chatId, this.#nowMs()) === 0) this.#start(row);
    } catch (fault) {
      log.error({ fault: describeFault(fault), frames: framesOf(fault) }, "reading the outbox failed");
    }
    return Math.min(this.#limits.waitOverall(this.#nowMs()) || Number.POSITIVE_INFINITY, ...waiting.values());
  }

  #start(row: OutboxRow): void {
    const slot = this.#limits.start(row.chatId);
    const delivery = this.#deliver(row).finally(() => {
      this.#limits.end(slot, this.#nowMs());
      this.#underWay.delete(row.chatId);
      this.#alarm.ring();
    });
    this.#underWay.set(row.chatId, delivery);
  }

  async #deliver(row: OutboxRow): Promise<void> {
    try {
      const delivered = await deliver(row, { ...this.#options, now: this.#now, signal: this.#cut.signal });
      this.#follow(row.chatId, delivered);
    } catch (fault) {
      this.#limits.hold(row.chatId, this.#nowMs() + backstopMs);
      const fields = { outboxId: row.id, fault: describeFault(fault), frames: framesOf(fault) };
      this.#options.log.error(fields, "delivering a message failed, it will be tried again");
    }
  }

  #follow(chatId: number, delivered: Delivered): void {
    if (delivered.outcome !== "unavailable") this.#failuresInRow.delete(chatId);
    if (delivered.outcome === "done") return;
    this.#limits.hold(chatId, this.#nowMs() + (delivered.outcome === "hold" ? delivered.ms : this.#backoff(chatId)));
  }

  #backoff(chatId: number): number {
    const failures = (this.#failuresInRow.get(chatId) ?? 0) + 1;
    this.#failuresInRow.set(chatId, failures);
    return backoffMs(failures, longestBackoffMs);
  }

  #nowMs(): number {
    return this.#now().getTime();
  }
}
