import type { Logger } from "pino";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { findLastPoll, saveLastPoll } from "../../core/db/inbox.ts";
import type { Db } from "../../core/db/tables.ts";
import { deafAfterMs } from "../../core/domain/deafness.ts";
import { DeafAlarm } from "./deaf-alarm.ts";

/** Others ask every few seconds, and people notice a silence of minutes. */
const savedEveryMs = 1_000;

export type HearingOptions = {
  db: Db;
  botId: number;
  log: Logger;
  /** Telegram comes through again after the bot was deaf, or did not run, for so long that people have noticed. */
  onGap: (since: Date) => Promise<void>;
  now?: () => Date;
  deafAfterMs?: number;
};

/** When Telegram last came through, by a poll or by a look at the webhook; kept for the next process too. */
export class Hearing {
  lastAt: Date | undefined;
  readonly #options: HearingOptions;
  readonly #now: () => Date;
  readonly #alarm: DeafAlarm;
  #savedAt = 0;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#alarm = new DeafAlarm(options.log, options.deafAfterMs ?? deafAfterMs);
  }

  /** From now on it is to come through. */
  begin(): void {
    this.#alarm.hears();
  }

  end(): void {
    this.#alarm.stop();
  }

  /** It came through. */
  async note(): Promise<void> {
    const { db, botId, log, onGap } = this.#options;
    const since = this.lastAt ?? (await findLastPoll(db, botId));
    this.lastAt = this.#now();
    if (Math.abs(this.lastAt.getTime() - this.#savedAt) >= savedEveryMs) {
      await saveLastPoll(db, botId, this.lastAt);
      this.#savedAt = this.lastAt.getTime();
    }
    this.#alarm.hears();
    if (!since || this.lastAt.getTime() - since.getTime() <= deafAfterMs) return;
    log.warn({ since }, "Telegram comes through again after a silence");
    await onGap(since).catch((fault: unknown) => {
      log.error({ fault: describeFault(fault), frames: framesOf(fault) }, "telling of a silence failed");
    });
  }
}
