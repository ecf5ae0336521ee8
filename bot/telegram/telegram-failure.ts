import { TelegramError } from "telegraf";

/** Why a call of Telegram's Bot API did not do what it was asked. */
export type FailureReason =
  /** Somebody else polls with this token (409). */
  | { reason: "conflict" }
  /** A webhook is set, so that nobody can poll (409). */
  | { reason: "webhook" }
  /** The token is not, or no longer, good (401). */
  | { reason: "unauthorized" }
  /** The person blocked the bot, or the group removed it (403). */
  | { reason: "blocked" }
  /** Nothing may be sent to that chat before the wait is over (429). */
  | { reason: "too-many"; retryAfterSeconds: number }
  /** The group became a supergroup and has another id now. */
  | { reason: "migrated"; toChatId: number }
  /** A change that would change nothing. */
  | { reason: "unchanged" }
  /** The message to edit was deleted, or cannot be edited any more. */
  | { reason: "gone" }
  /** The topic was deleted, or never was. */
  | { reason: "no-topic" }
  /** The group has no topics. */
  | { reason: "not-a-forum" }
  /** The bot lacks a right in that group. */
  | { reason: "no-rights" }
  /** There is no such chat, or the bot never was in it. */
  | { reason: "no-chat" }
  /** Telegram does not take the call as it is (any other 4xx). */
  | { reason: "refused" }
  /** No answer in time, no connection, or a fault there (5xx): whether it was done is unknown. */
  | { reason: "unavailable" };

/**
 * A call that failed. Carries neither what was sent nor the address, which contains the token.
 *
 * @example if (failure.why.reason === "too-many") await wait(failure.why.retryAfterSeconds * 1000);
 */
export class TelegramFailure extends Error {
  override name = "TelegramFailure";
  readonly method: string;
  readonly why: FailureReason;
  /** Telegram's error code, or the HTTP status; undefined when no answer came. */
  readonly code: number | undefined;
  /** What Telegram, or the network, says of it. Quoted parts, which may be what somebody wrote, are left out. */
  readonly description: string;

  constructor(method: string, failure: { why: FailureReason; code?: number | undefined; description: string }) {
    super(`calling ${method}: ${failure.why.reason}, ${failure.code ?? "no answer"}: ${failure.description}`);
    this.method = method;
    this.why = failure.why;
    this.code = failure.code;
    this.description = failure.description;
  }

  get reason(): FailureReason["reason"] {
    return this.why.reason;
  }
}

/** Of whatever telegraf or the network threw; of the latter only its code, for its texts contain the address. */
export function failureOf(method: string, error: unknown): TelegramFailure {
  if (error instanceof TelegramError) {
    const { code, parameters } = error;
    const description = `${error.description ?? ""}`.replace(/"[^"]*"/g, '"…"').slice(0, 300);
    return new TelegramFailure(method, { why: reasonOf(code, description, parameters), code, description });
  }
  return new TelegramFailure(method, { why: { reason: "unavailable" }, description: networkCode(error) });
}

/** Telegram tells some refusals apart by their words only; this is the one place that reads them. */
function reasonOf(code: number, description: string, parameters: TelegramError["parameters"]): FailureReason {
  if (code === 401) return { reason: "unauthorized" };
  if (code === 403) return { reason: "blocked" };
  if (code === 409) return { reason: /while webhook is active/i.test(description) ? "webhook" : "conflict" };
  if (code === 429) return { reason: "too-many", retryAfterSeconds: parameters?.retry_after ?? 1 };
  if (parameters?.migrate_to_chat_id) return { reason: "migrated", toChatId: parameters.migrate_to_chat_id };
  if (/message is not modified|TOPIC_NOT_MODIFIED/i.test(description)) return { reason: "unchanged" };
  if (/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(description)) {
    return { reason: "gone" };
  }
  if (/message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i.test(description)) return { reason: "no-topic" };
  if (/the chat is not a forum|CHANNEL_FORUM_MISSING/i.test(description)) return { reason: "not-a-forum" };
  if (/not enough rights|have no rights|CHAT_ADMIN_REQUIRED|CHAT_WRITE_FORBIDDEN|TOPIC_CLOSED/i.test(description)) {
    return { reason: "no-rights" };
  }
  if (/chat not found/i.test(description)) return { reason: "no-chat" };
  return { reason: code >= 400 && code < 500 ? "refused" : "unavailable" };
}

/** e.g. ECONNREFUSED */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown fault";
  if (error.name === "AbortError" || error.name === "TimeoutError") return "no answer in time";
  const { code } =
    error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException) : (error as NodeJS.ErrnoException);
  return typeof code === "string" && /^[A-Z_]+$/.test(code) ? code : "not an answer of the Bot API";
}
