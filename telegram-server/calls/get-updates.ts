import { integerOf } from "../parameters.ts";
import { Refusal } from "../refusal.ts";
import { rememberAllowedUpdates } from "./allowed-updates.ts";
import type { Method } from "./call.ts";

/** source: tdlib/telegram-bot-api, LONG_POLL_MAX_TIMEOUT */
const longestPollSeconds = 50;

export const getUpdates: Method = (world, { parameters, gone }) => {
  if (world.state.webhook !== undefined) {
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  rememberAllowedUpdates(world, parameters);
  return world.queue.poll(
    {
      offset: integerOf(parameters, "offset"),
      limit: clamp(integerOf(parameters, "limit", 100), 1, 100),
      timeoutSeconds: clamp(integerOf(parameters, "timeout"), 0, longestPollSeconds),
    },
    gone,
  );
};

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
