import type { Logger } from "pino";

/**
 * Says once in an episode, loudly, that Telegram did not come through for too long. Telegram cannot be told then: whoever watches
 * the log or `/healthz` has to come.
 */
export class DeafAlarm {
  readonly #log: Logger;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isDeaf = false;

  constructor(log: Logger, afterMs: number) {
    this.#log = log;
    this.#afterMs = afterMs;
  }

  /** Listening begins, or Telegram came through. */
  hears(): void {
    if (this.#isDeaf) this.#log.info("the bot hears again");
    this.#isDeaf = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sound(), this.#afterMs).unref();
  }

  /** Listening ends. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #sound(): void {
    this.#isDeaf = true;
    this.#log.fatal({ forSeconds: this.#afterMs / 1000 }, "the bot is deaf: Telegram does not come through");
  }
}
