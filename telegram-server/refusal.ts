/**
 * What Telegram answers when its rules say no: `{ ok: false, error_code, description }` with the same HTTP status.
 *
 * Thrown by the calls, and turned into the answer in the one place where a call is answered (answer.ts). The texts are those of
 * tdlib/telegram-bot-api (`Client.cpp`, `fail_query_with_error`) and of tdlib/td.
 */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, description: string) {
    super(description);
    this.name = "Refusal";
    this.code = code;
  }
}

export function badRequest(reason: string): Refusal {
  return new Refusal(400, `Bad Request: ${reason}`);
}

export const chatNotFound = () => badRequest("chat not found");
export const blockedByUser = () => new Refusal(403, "Forbidden: bot was blocked by the user");
export const neverStarted = () => new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
export const tooLarge = () => new Refusal(413, "Request Entity Too Large");
