/**
 * What Telegram answers when its rules say no: `{ ok: false, error_code, description }` with the same HTTP status.
 *
 * Thrown by the calls, and turned into the answer in the one place where a call is answered (answer.ts). The texts are those of
 * tdlib/telegram-bot-api (`Client.cpp`, `fail_query_with_error`) and of tdlib/td.
 */
export class Refusal extends Error {
  readonly code: number;
  /** `parameters` of the answer, e.g. where a group has gone */
  readonly parameters: Record<string, unknown> | undefined;

  constructor(code: number, description: string, parameters?: Record<string, unknown>) {
    super(description);
    this.name = "Refusal";
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(reason: string): Refusal {
  return new Refusal(400, `Bad Request: ${reason}`);
}

export const chatNotFound = () => badRequest("chat not found");
export const blockedByUser = () => new Refusal(403, "Forbidden: bot was blocked by the user");
export const neverStarted = () => new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
export const tooLarge = () => new Refusal(413, "Request Entity Too Large");

export const upgraded = (newId: number) =>
  new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: newId });
export const notInGroup = (how: "was kicked from" | "is not a member of", type: string) =>
  new Refusal(403, `Forbidden: bot ${how} the ${type} chat`);
