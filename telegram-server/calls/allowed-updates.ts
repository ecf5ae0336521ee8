import { jsonOf, type Parameters } from "../parameters.ts";
import type { World } from "../world.ts";

/** Kept from call to call; not given, or not a list, it stays as it was. An empty list means the default. */
export function rememberAllowedUpdates(world: World, parameters: Parameters): void {
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
