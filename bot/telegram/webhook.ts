import type pg from "pg";
import type { Logger } from "pino";
import { findLastReceived } from "../../core/db/inbox.ts";
import { type Wait, wait } from "../../core/db/wait.ts";
import { whileLocked } from "../../core/db/while-locked.ts";
import { deafAfterMs } from "../../core/domain/deafness.ts";
import type { Client, WebhookInfo } from "./client.ts";
import { Hearing, type HearingOptions } from "./hearing.ts";
import { growingWaitMs, waitAfterFailure } from "./try-again.ts";
import { allowedUpdates } from "./update.ts";

/** Several looks fit into the time after which the bot is deaf. */
const usualLookEveryMs = 30_000;

const failureWords = {
  ours: "looking after the webhook failed",
  refused: "Telegram refuses the webhook",
  passing: "calling Telegram about the webhook failed",
};

export type WebhookOptions = HearingOptions & {
  client: Pick<Client, "setWebhook" | "getWebhookInfo">;
  /** Of the database, for the lock. */
  config: pg.ClientConfig;
  log: Logger;
  /** Where Telegram delivers, and the secret by which that is known to be Telegram. */
  webhook: { url: string; secret: string };
  wait?: Wait;
  lookEveryMs?: number;
};

/**
 * Tells Telegram where to deliver, and looks time and again whether it can: what does not come says nothing by itself. Set
 * anew at every start, since Telegram does not tell the secret it has, and the same once more changes nothing there.
 */
export class WebhookKeeper {
  readonly #options: WebhookOptions;
  readonly #hearing: Hearing;
  readonly #stop = new AbortController();
  #running = Promise.resolve();

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#hearing = new Hearing(options);
  }

  /** When a look last found that Telegram can deliver. */
  get lastPollAt(): Date | undefined {
    return this.#hearing.lastAt;
  }

  start(): void {
    const { config, log } = this.#options;
    const lock = { config, name: "poller", stop: this.#stop.signal, log };
    this.#running = whileLocked(lock, (signal) => this.#keepUntil(signal));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #keepUntil(signal: AbortSignal): Promise<void> {
    const { log } = this.#options;
    let isSet = false;
    let failuresInRow = 0;
    this.#hearing.begin();
    while (!signal.aborted) {
      let waitMs = this.#options.lookEveryMs ?? usualLookEveryMs;
      try {
        if (!isSet) await this.#set(signal);
        isSet = await this.#look(signal);
        failuresInRow = isSet ? 0 : failuresInRow + 1;
        if (!isSet) waitMs = growingWaitMs(failuresInRow);
      } catch (fault) {
        if (signal.aborted) break;
        failuresInRow += 1;
        waitMs = waitAfterFailure(log, fault, failuresInRow, failureWords);
      }
      await (this.#options.wait ?? wait)(waitMs, signal);
    }
    this.#hearing.end();
  }

  async #set(signal: AbortSignal): Promise<void> {
    const { client, webhook, log } = this.#options;
    await client.setWebhook({ url: webhook.url, secretToken: webhook.secret, allowedUpdates }, { signal });
    log.info("Telegram delivers by the webhook");
  }

  /** @returns whether the webhook is still ours */
  async #look(signal: AbortSignal): Promise<boolean> {
    const { client, webhook, log } = this.#options;
    const info = await client.getWebhookInfo({ signal });
    if (info.url !== webhook.url) {
      log.error("another program has changed the webhook, it is set again");
      return false;
    }
    if (await this.#comesThrough(info)) await this.#hearing.note();
    else log.warn({ pending: info.pending, reason: info.lastError?.message }, "Telegram cannot deliver by the webhook");
    return true;
  }

  /**
   * Not while updates wait that Telegram failed to deliver lately, unless others have come since. Telegram keeps the last
   * error over later successes, and tries again within two minutes; an older one is over.
   */
  async #comesThrough({ pending, lastError }: WebhookInfo): Promise<boolean> {
    const { db, botId, now = () => new Date() } = this.#options;
    if (pending === 0 || lastError === undefined) return true;
    if (now().getTime() - lastError.at.getTime() > deafAfterMs) return true;
    const receivedAt = await findLastReceived(db, botId);
    return receivedAt !== undefined && receivedAt > lastError.at;
  }
}
