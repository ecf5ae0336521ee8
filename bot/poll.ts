import type pg from "pg";
import type { Logger } from "pino";
import type { Events } from "../core/db/events.ts";
import { describeFault, framesOf } from "../core/db/fault.ts";
import { findLastPoll, saveLastPoll, storeUpdates } from "../core/db/inbox.ts";
import type { Db } from "../core/db/tables.ts";
import { backoffMs, type Wait, wait } from "../core/db/wait.ts";
import { whileLocked } from "../core/db/while-locked.ts";
import { deafAfterMs } from "../core/domain/deafness.ts";
import type { Client } from "./client.ts";
import type { AtCrashPoint } from "./crash-points.ts";
import { DeafAlarm } from "./deaf-alarm.ts";
import { TelegramFailure } from "./telegram-failure.ts";
import { allowedUpdates, chatKeyOf } from "./update.ts";

/** Telegram's longest. */
const usualPollSeconds = 50;
/** A connection that is half open gives no answer and no error. */
const usualAbortPollAfterMs = 75_000;
const longestBackoffMs = 30_000;
const needsAPersonMs = 60_000;
/** Long before the idle week after which Telegram's next update id is random. */
const confirmWithinMs = 24 * 60 * 60_000;

export type PollerOptions = {
  client: Pick<Client, "getUpdates">;
  db: Db;
  /** Of the database, for the lock. */
  config: pg.ClientConfig;
  events: Pick<Events, "publish">;
  botId: number;
  log: Logger;
  /** A poll came through again after the bot was deaf, or did not run, for so long that people have noticed. */
  onGap: (since: Date) => Promise<void>;
  now?: () => Date;
  wait?: Wait;
  at?: AtCrashPoint;
  pollSeconds?: number;
  abortPollAfterMs?: number;
  deafAfterMs?: number;
};

/**
 * Brings Telegram's updates into the inbox. An update is confirmed, by the offset of the next poll, only after it
 * is stored; what comes twice is stored once.
 */
export class Poller {
  /** When a poll last came through and all that it brought was stored. */
  lastPollAt: Date | undefined;
  readonly #options: PollerOptions;
  readonly #now: () => Date;
  readonly #stop = new AbortController();
  readonly #alarm: DeafAlarm;
  #running = Promise.resolve();
  #failuresInRow = 0;
  #toConfirm: { offset: number; storedAt: Date } | undefined;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#alarm = new DeafAlarm(options.log, options.deafAfterMs ?? deafAfterMs);
  }

  start(): void {
    const { config, log } = this.#options;
    const lock = { config, name: "poller", stop: this.#stop.signal, log };
    this.#running = whileLocked(lock, (signal) => this.#pollUntil(signal));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #pollUntil(signal: AbortSignal): Promise<void> {
    this.#alarm.hears();
    while (!signal.aborted) {
      try {
        await this.#pollOnce(signal);
        this.#failuresInRow = 0;
      } catch (fault) {
        if (!signal.aborted) await this.#waitAfter(fault, signal);
      }
    }
    this.#alarm.stop();
  }

  async #pollOnce(signal: AbortSignal): Promise<void> {
    const { client, at, pollSeconds, abortPollAfterMs } = this.#options;
    const updates = await client.getUpdates(
      { offset: this.#offset(), timeoutSeconds: pollSeconds ?? usualPollSeconds, allowedUpdates },
      { signal, withinMs: abortPollAfterMs ?? usualAbortPollAfterMs },
    );
    this.#toConfirm = undefined;
    if (updates.length > 0) {
      await at?.("poll-to-inbox");
      await this.#store(updates);
    }
    await this.#noteCompleted();
  }

  /**
   * Only what was just stored is confirmed, once: an offset that is kept would swallow what comes after an idle
   * week, when Telegram starts at a random id. What is not confirmed comes again and is known.
   */
  #offset(): number | undefined {
    const { offset, storedAt } = this.#toConfirm ?? {};
    return storedAt && this.#now().getTime() - storedAt.getTime() < confirmWithinMs ? offset : undefined;
  }

  async #store(updates: readonly { update_id: number }[]): Promise<void> {
    const { db, botId, events, log } = this.#options;
    const now = this.#now();
    // Telegram's ids say in which order it happened, should a batch come otherwise. source: Bot API, Update, update_id
    const inOrder = updates.toSorted((one, other) => one.update_id - other.update_id);
    const incoming = inOrder.map((payload) => ({
      updateId: payload.update_id,
      chatKey: chatKeyOf(payload),
      payload,
    }));
    const stored = await storeUpdates(db, botId, incoming, now);
    this.#toConfirm = { offset: Math.max(...incoming.map(({ updateId }) => updateId)) + 1, storedAt: now };
    log.debug({ received: updates.length, stored }, "stored updates");
    await events.publish("inbox").catch((fault: unknown) => {
      log.warn({ fault: describeFault(fault) }, "telling of new updates failed, they are found without");
    });
  }

  async #noteCompleted(): Promise<void> {
    const { db, botId, log, onGap } = this.#options;
    const since = this.lastPollAt ?? (await findLastPoll(db, botId));
    this.lastPollAt = this.#now();
    await saveLastPoll(db, botId, this.lastPollAt);
    this.#alarm.hears();
    if (!since || this.lastPollAt.getTime() - since.getTime() <= deafAfterMs) return;
    log.warn({ since }, "polling again after a silence");
    await onGap(since).catch((fault: unknown) => {
      log.error({ fault: describeFault(fault), frames: framesOf(fault) }, "telling of a silence failed");
    });
  }

  async #waitAfter(fault: unknown, signal: AbortSignal): Promise<void> {
    this.#failuresInRow++;
    const ms = this.#waitMs(fault);
    const { log } = this.#options;
    if (!(fault instanceof TelegramFailure)) {
      log.error({ fault: describeFault(fault), frames: framesOf(fault), waitMs: ms }, "storing updates failed");
    } else if (ms >= needsAPersonMs) {
      log.error({ fault: fault.message, waitMs: ms }, "Telegram refuses to be polled");
    } else {
      log.warn({ fault: fault.message, waitMs: ms }, "polling failed");
    }
    await (this.#options.wait ?? wait)(ms, signal);
  }

  #waitMs(fault: unknown): number {
    const why = fault instanceof TelegramFailure ? fault.why : undefined;
    if (why?.reason === "too-many") return why.retryAfterSeconds * 1000;
    if (why?.reason === "unauthorized" || why?.reason === "refused") return needsAPersonMs;
    return backoffMs(this.#failuresInRow, longestBackoffMs);
  }
}
