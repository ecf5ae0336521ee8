import type { Logger } from "pino";
import type { Events } from "../../core/db/events/events.ts";
import { describeFault } from "../../core/db/fault.ts";
import { storeUpdates } from "../../core/db/inbox.ts";
import type { Db } from "../../core/db/tables.ts";
import { chatKeyOf } from "./update.ts";

/** As Telegram sends it; of its content nothing is known yet. */
export type RawUpdate = { update_id: number };

/**
 * Puts updates into the inbox, however they came, and says that they are there. Once it is done they are committed; what is
 * there already is left alone.
 */
export type Receive = (updates: readonly RawUpdate[], now: Date) => Promise<void>;

export function openReceiver(options: {
  db: Db;
  botId: number;
  events: Pick<Events, "publish">;
  log: Logger;
}): Receive {
  const { db, botId, events, log } = options;
  return async (updates, now) => {
    // Telegram's ids say in which order it happened, should a batch come otherwise. source: Bot API, Update, update_id
    const inOrder = updates.toSorted((one, other) => one.update_id - other.update_id);
    const incoming = inOrder.map((payload) => ({
      updateId: payload.update_id,
      chatKey: chatKeyOf(payload),
      payload,
    }));
    const stored = await storeUpdates(db, botId, incoming, now);
    log.debug({ received: updates.length, stored }, "stored updates");
    await events.publish("inbox").catch((fault: unknown) => {
      log.warn({ fault: describeFault(fault) }, "telling of new updates failed, they are found without");
    });
  };
}

/** The number before the colon of a token is the bot's id. */
export function botIdOf(token: string): number {
  return Number(token.split(":")[0]);
}
