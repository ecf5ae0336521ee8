import { parseAddress, showAddress } from "../core/domain/ipam/address.ts";
import type { CheckSettings } from "../core/domain/monitoring/check.ts";
import { type Answer, type Asking, good, microsecondsSince, missed, unasked, wrong } from "./answer.ts";
import { lookUp } from "./resolve.ts";

/**
 * Whether a name server answers with the addresses that are expected, and with no others. Only the families of those
 * are asked for. The monitor's own that is silent says nothing of the name.
 */
export async function askDns(
  { server, name, expected }: Extract<CheckSettings, { kind: "dns" }>,
  asking: Asking,
): Promise<Answer> {
  if (server !== null && !isAllowed(server, asking)) return unasked("address-forbidden");
  const nameServers = server === null ? asking.nameServers : [server];
  const begin = performance.now();
  const found = await lookUp(name, familiesOf(expected), { ...asking, nameServers });
  if (typeof found === "string" && server === null) return unasked("resolver-silent");
  if (found === "silent") return missed("timeout");
  const roundTripUs = microsecondsSince(begin);
  if (found === "failed") return wrong("wrong-answer", roundTripUs);
  if (found.length === 0) return wrong("name-unknown", roundTripUs);
  return isAs(expected, found.map(showAddress)) ? good(roundTripUs) : wrong("wrong-answer", roundTripUs);
}

/** @param server an address, also with a port: "10.1.0.53:5353", "[fd00::53]:5353" */
function isAllowed(server: string, { mayAsk }: Asking): boolean {
  const [, v6, v4] = /^(?:\[(.+)\](?::\d+)?|([\d.]+):\d+)$/.exec(server) ?? [];
  const parsed = parseAddress(v6 ?? v4 ?? server);
  return parsed.ok && mayAsk(parsed.value);
}

function familiesOf(expected: readonly string[]): (4 | 6)[] {
  const families = ([4, 6] as const).filter((family) => expected.some((each) => each.includes(":") === (family === 6)));
  return families.length > 0 ? families : [4, 6];
}

function isAs(expected: readonly string[], found: readonly string[]): boolean {
  if (expected.length === 0) return true;
  const wanted = new Set(expected.map(inOneForm));
  return wanted.size === new Set(found).size && found.every((each) => wanted.has(each));
}

function inOneForm(entered: string): string {
  const parsed = parseAddress(entered);
  return parsed.ok ? showAddress(parsed.value) : entered;
}
