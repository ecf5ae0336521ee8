import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import { type NameFound, nameIn } from "../core/domain/monitoring/check-name.ts";
import type { Asking } from "./answer.ts";
import { lookUp, resolveAllowed } from "./resolve.ts";

/** Whether the name of a check leads to where it may be asked. Of a name whose answer is watched any address will do. */
export async function findName(settings: CheckSettings, asking: Asking): Promise<NameFound> {
  const name = nameIn(settings);
  if (name === undefined) return "found";
  if (settings.kind !== "dns") {
    const found = await resolveAllowed(name, asking);
    return typeof found === "string" ? found : "found";
  }
  const found = await lookUp(name, [4, 6], asking);
  if (typeof found === "string") return "resolver-silent";
  return found.length > 0 ? "found" : "name-unknown";
}
