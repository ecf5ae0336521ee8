import { parseAddress } from "../ipam/address.ts";
import { type Refusal, refuse } from "../outcome.ts";
import type { CheckSettings } from "./check.ts";

/** What became of the question where a name leads. `resolver-silent`: nobody said, so nothing is known of the name. */
export type NameFound = "found" | "name-unknown" | "address-forbidden" | "resolver-silent";

/** The name that has to lead somewhere; undefined: what is asked is an address, or a name server that is named itself. */
export function nameIn(settings: CheckSettings): string | undefined {
  const name = hostIn(settings);
  return name === undefined || parseAddress(name).ok ? undefined : name;
}

function hostIn(settings: CheckSettings): string | undefined {
  switch (settings.kind) {
    case "icmp":
    case "tcp":
      return settings.address;
    case "http":
      return settings.at === undefined ? new URL(settings.url).hostname.replace(/^\[(.*)\]$/, "$1") : undefined;
    case "dns":
      return settings.server === null ? settings.name : undefined;
    case "heartbeat":
      return undefined;
  }
}

/** Why nothing is watched by that name. A silent name server is no reason: it is known when that answers. */
export function refusalOfName(name: string, found: NameFound): Refusal | undefined {
  if (found === "name-unknown") return refuse("check-name-unknown", { name }).refusal;
  return found === "address-forbidden" ? refuse("check-name-outside", { name }).refusal : undefined;
}
