import type pg from "pg";
import type { Logger } from "pino";
import type { Events } from "../../core/db/events/events.ts";
import { type Wait, wait } from "../../core/db/wait.ts";
import { whileLocked } from "../../core/db/while-locked.ts";
import type { AtCrashPoint } from "../crash-points.ts";
import type { Client } from "./client.ts";
import { Hearing, type HearingOptions } from "./hearing.ts";
import { openReceiver, type Receive } from "./receive.ts";
import { TelegramFailure } from "./telegram-failure.ts";
import { waitAfterFailure } from "./try-again.ts";
import { allowedUpdates } from "./update.ts";

/** Telegram's longest. */
const usualPollSeconds = 50;
/** A connection that is half open gives no answer and no error. */
const usualAbortPollAfterMs = 75_000;
/** Long before the idle week after which Telegram's next update id is random. */
const confirmWithinMs = 24 * 60 * 60_000;

const failureWords = {
  ours: "storing updates failed",
  refused: "Telegram refuses to be polled",
  passing: "polling failed",
};

export type PollerOptions = HearingOptions & {
  client: Pick<Client, "getUpdates" | "deleteWebhook">;
  /** Of the database, for the lock. */
  config: pg.ClientConfig;
  events: Pick<Events, "publish">;
  log: Logger;
  wait?: Wait;
  at?: AtCrashPoint;
  pollSeconds?: number;
  abortPollAfterMs?: number;
};

/**
 * Brings Telegram's updates into the inbox. An update is confirmed, by the offset of the next poll, only after it
 * is stored; what comes twice is stored once. A webhook, which would keep the poller from everything, is removed; what
 * waits for it comes by the polls.
 */
export class Poller {
  readonly #options: PollerOptions;
  readonly #now: () => Date;
  readonly #stop = new AbortController();
  readonly #hearing: Hearing;
  readonly #receive: Receive;
  #running = Promise.resolve();
  #failuresInRow = 0;
  #isWithoutWebhook = false;
  #toConfirm: { offset: number; storedAt: Date } | undefined;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#hearing = new Hearing(options);
    this.#receive = openReceiver(options);
  }

  /** When a poll last came through and all that it brought was stored. */
  get lastPollAt(): Date | undefined {
    return this.#hearing.lastAt;
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
    this.#hearing.begin();
    this.#isWithoutWebhook = false;
    while (!signal.aborted) {
      try {
        await this.#pollOnce(signal);
        this.#failuresInRow = 0;
      } catch (fault) {
        if (!signal.aborted) await this.#waitAfter(fault, signal);
      }
    }
    this.#hearing.end();
  }

  async #pollOnce(signal: AbortSignal): Promise<void> {
    const { client, at, pollSeconds, abortPollAfterMs } = this.#options;
    if (!this.#isWithoutWebhook) await client.deleteWebhook({ signal });
    this.#isWithoutWebhook = true;
    const updates = await client.getUpdates(
      { offset: this.#offset(), timeoutSeconds: pollSeconds ?? usualPollSeconds, allowedUpdates },
      { signal, withinMs: abortPollAfterMs ?? usualAbortPollAfterMs },
    );
    this.#toConfirm = undefined;
    if (updates.length > 0) {
      await at?.("poll-to-inbox");
      const now = this.#now();
      await this.#receive(updates, now);
      this.#toConfirm = { offset: Math.max(...updates.map(({ update_id }) => update_id)) + 1, storedAt: now };
    }
    await this.#hearing.note();
  }

  /**
   * Only what was just stored is confirmed, once: an offset that is kept would swallow what comes after an idle
   * week, when Telegram starts at a random id. What is not confirmed comes again and is known.
   */
  #offset(): number | undefined {
    const { offset, storedAt } = this.#toConfirm ?? {};
    return storedAt && this.#now().getTime() - storedAt.getTime() < confirmWithinMs ? offset : undefined;
  }

  async #waitAfter(fault: unknown, signal: AbortSignal): Promise<void> {
    this.#failuresInRow++;
    if (fault instanceof TelegramFailure && fault.reason === "webhook") this.#isWithoutWebhook = false;
    const ms = waitAfterFailure(this.#options.log, fault, this.#failuresInRow, failureWords);
    await (this.#options.wait ?? wait)(ms, signal);
  }
}
