import { createHash, timingSafeEqual } from "node:crypto";
import type { Handler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import { z } from "zod";
import { describeFault } from "../../core/db/fault.ts";

/** Far above what Telegram sends: a message of 4096 characters, what it replies to, and entities. */
const largestBodyBytes = 1024 * 1024;

export type WebhookOptions = {
  /** What Telegram was told to send along. */
  secret: string;
  /** Settles when the update is committed. */
  receive: (update: { update_id: number }) => Promise<void>;
  /** Somebody came without the secret, or with another. */
  onRefused: () => void;
  log: Logger;
};

/**
 * What Telegram delivers. 200 only when it is stored; to everything else Telegram delivers it again. Who does not know the
 * secret hears nothing but 401, and nothing of what they send is read.
 */
export function telegramWebhook({ secret, receive, onRefused, log }: WebhookOptions): [Handler, Handler, Handler] {
  const expected = hashOf(secret);
  const knows: Handler = async (context, next) => {
    const given = hashOf(context.req.header("x-telegram-bot-api-secret-token") ?? "");
    if (timingSafeEqual(given, expected)) return next();
    onRefused();
    return context.body(null, 401);
  };
  const fits = bodyLimit({
    maxSize: largestBodyBytes,
    onError: (context) => {
      log.error({ largestBodyBytes }, "a delivery of Telegram is too large");
      return context.body(null, 413);
    },
  });
  const take: Handler = async (context) => {
    const update = delivery.safeParse(await context.req.json().catch(() => undefined));
    if (!update.success) {
      log.error("a delivery is not an update");
      return context.body(null, 400);
    }
    try {
      await receive(update.data);
    } catch (fault) {
      log.error({ fault: describeFault(fault) }, "storing a delivery failed, Telegram brings it again");
      return context.body(null, 503);
    }
    return context.body(null, 200);
  };
  return [knows, fits, take];
}

const delivery = z.looseObject({ update_id: z.int() });

/** Of the same length, whatever is given: how long a comparison takes tells nothing of the secret. */
function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
