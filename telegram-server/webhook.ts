import { setTimeout as pause } from "node:timers/promises";
import type { State } from "./state.ts";
import type { Store } from "./store.ts";
import type { Update } from "./types.ts";
import { forgetExpired } from "./updates.ts";

/** Where updates are delivered instead of being polled for. */
export type WebhookPlace = {
  url: string;
  /** in each delivery's header; "" for none */
  secretToken: string;
  /** deliveries at once */
  maxConnections: number;
};

export type Webhook = {
  /** What the state says of it has changed: a delivery under way is given up and comes again. */
  restart(): void;
  /** Tells that there may be something to deliver. */
  wake(): void;
  /** Of the last delivery that failed since the webhook was set; a later one that succeeds does not undo it. */
  lastError(): { last_error_date?: number; last_error_message?: string };
  close(): void;
};

/** source: tdlib/telegram-bot-api, WEBHOOK_MAX_RESEND_TIMEOUT (there at random up to twice as long) */
const longestRetryWaitMs = 60_000;
const longestRetryAfterSeconds = 3600;
const answerWithinMs = 60_000;

/** What is delivered one after the other; such queues go side by side. */
type Queue = { isBusy: boolean; failures: number };

/** Until the webhook is set anew. */
type Round = { end: AbortController; queues: Map<string, Queue>; sending: number };

/**
 * Delivers updates by POST, as tdlib's WebhookActor does: in order within a chat's messages, within a person's presses
 * and within a chat's memberships, and again until the answer is 2xx.
 */
export function openWebhook(
  store: Store,
  now: () => Date,
  deliveriesOf: (update: Update) => 1 | 2,
  longestWaitMs = longestRetryWaitMs,
): Webhook {
  const { state } = store;
  let round = newRound();
  let isWaking = false;
  let isClosed = false;
  let lastError: { date: number; message: string } | undefined;

  function deliver(): void {
    const { webhook } = state;
    if (webhook === undefined || isClosed) return;
    forgetExpired(store, now());
    const seen = new Set<string>();
    for (const { update } of state.updates) {
      const name = queueOf(update);
      if (seen.has(name)) continue;
      seen.add(name);
      if (round.sending >= webhook.maxConnections) return;
      const queue = round.queues.get(name) ?? { isBusy: false, failures: 0 };
      round.queues.set(name, queue);
      if (!queue.isBusy) void send(update, queue, webhook, round);
    }
  }

  async function send(update: Update, queue: Queue, webhook: WebhookPlace, present: Round): Promise<void> {
    queue.isBusy = true;
    present.sending += 1;
    const failure = await post(webhook, update, present.end.signal);
    if (failure === undefined && deliveriesOf(update) === 2) await post(webhook, update, present.end.signal);
    if (present.end.signal.aborted) return;
    present.sending -= 1;
    if (failure === undefined) {
      queue.isBusy = false;
      queue.failures = 0;
      store.write([{ change: "delivered", updateId: update.update_id }]);
      return wake();
    }
    lastError = { date: Math.floor(now().getTime() / 1000), message: failure.message };
    const waitMs = waitAfter(failure, queue.failures);
    queue.failures += 1;
    await pause(waitMs, undefined, { signal: present.end.signal, ref: false }).catch(() => undefined);
    queue.isBusy = false;
    wake();
  }

  /** At once after the first failure, then 2, 4, 8 … seconds; or as long as the answer asks for. */
  function waitAfter({ retryAfterSeconds }: Failure, failures: number): number {
    if (retryAfterSeconds > 0) return Math.min(retryAfterSeconds, longestRetryAfterSeconds) * 1000;
    return failures === 0 ? 0 : Math.min(longestWaitMs, 1000 * 2 ** Math.min(failures, 20));
  }

  function wake(): void {
    if (isWaking) return;
    isWaking = true;
    setImmediate(() => {
      isWaking = false;
      deliver();
    });
  }

  function restart(): void {
    round.end.abort();
    round = newRound();
    lastError = undefined;
    wake();
  }

  wake();
  return {
    restart,
    wake,
    lastError: () =>
      lastError === undefined ? {} : { last_error_date: lastError.date, last_error_message: lastError.message },
    close() {
      isClosed = true;
      round.end.abort();
    },
  };
}

/** source: tdlib/telegram-bot-api, Client.cpp, `webhook_queue_id` of each kind */
function queueOf(update: Update): string {
  const of = update as { [kind: string]: { chat?: { id: number }; from?: { id: number } } | undefined };
  if (of.callback_query !== undefined) return `presses ${of.callback_query.from?.id}`;
  if (of.my_chat_member !== undefined) return `memberships ${of.my_chat_member.chat?.id}`;
  return `messages ${(of.message ?? of.edited_message)?.chat?.id}`;
}

type Failure = { message: string; retryAfterSeconds: number };

/** @returns why it was not taken */
async function post(
  { url, secretToken }: WebhookPlace,
  update: Update,
  end: AbortSignal,
): Promise<Failure | undefined> {
  try {
    const answer = await fetch(addressOf(url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(secretToken === "" ? {} : { "x-telegram-bot-api-secret-token": secretToken }),
      },
      body: JSON.stringify(update),
      redirect: "manual",
      signal: AbortSignal.any([end, AbortSignal.timeout(answerWithinMs)]),
    });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    const message = `Wrong response from the webhook: ${answer.status} ${answer.statusText}`.trimEnd();
    return { message, retryAfterSeconds: Number(answer.headers.get("retry-after")) || 0 };
  } catch (fault) {
    return { message: explain(fault), retryAfterSeconds: 0 };
  }
}

function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return "Webhook connection closed";
  if (fault.name === "TimeoutError") return "Read timeout expired";
  const { code } = (fault.cause ?? {}) as { code?: string };
  if (code === "ECONNREFUSED") return "Connection refused";
  if (code?.includes("TLS") || code?.includes("CERT") || code?.startsWith("ERR_SSL"))
    return `SSL error {${fault.cause instanceof Error ? fault.cause.message : code}}`;
  return "Webhook connection closed";
}

/** Without a scheme it is https. */
export function addressOf(url: string): string {
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}

function newRound(): Round {
  return { end: new AbortController(), queues: new Map(), sending: 0 };
}

/** As `getWebhookInfo` tells it. */
export function webhookInfo({ webhook, updates, allowedUpdates }: State, { lastError }: Webhook) {
  const { hostname = "" } = webhook === undefined ? {} : new URL(addressOf(webhook.url));
  const isAddress = /^[\d.]+$|^\[/.test(hostname);
  return {
    url: webhook?.url ?? "",
    has_custom_certificate: false,
    pending_update_count: updates.length,
    ...(webhook === undefined
      ? {}
      : {
          ...lastError(),
          max_connections: webhook.maxConnections,
          ip_address: isAddress ? hostname.replace(/[[\]]/g, "") : "<unknown>",
        }),
    ...(allowedUpdates.length === 0 ? {} : { allowed_updates: allowedUpdates }),
  };
}
