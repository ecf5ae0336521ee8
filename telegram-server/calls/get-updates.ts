import { integerOf, jsonOf, type Parameters } from "../parameters.ts";
import type { World } from "../world.ts";
import type { Method } from "./call.ts";

/** source: tdlib/telegram-bot-api, LONG_POLL_MAX_TIMEOUT */
const longestPollSeconds = 50;

export const getUpdates: Method = (world, { parameters, gone }) => {
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

/** Kept from call to call; not given, or not a list, it stays as it was. An empty list means the default. */
function rememberAllowedUpdates(world: World, parameters: Parameters): void {
  let kinds: unknown;
  try {
    kinds = jsonOf(parameters, "allowed_updates", "allowed updates");
  } catch {
    return;
  }
  if (!Array.isArray(kinds) || !kinds.every((kind) => typeof kind === "string")) return;
  if (kinds.join() === world.state.allowedUpdates.join()) return;
  world.record([{ change: "allowed-updates", kinds }]);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
