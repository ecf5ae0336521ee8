import { parseAddress, showAddress } from "../ipam/address.ts";
import { parsePrefix, showPrefix } from "../ipam/prefix.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";

const mostNetworks = 10;

/**
 * Networks from which somebody may come: "103.10.20.0/24, 36.66.1.5"; an address is a network of its own. IPv4, by which hosts
 * are reached.
 *
 * @returns as `sshd` reads them: "103.10.20.0/24,36.66.1.5/32"
 */
export function parseNetworks(entered: string): Outcome<string> {
  const texts = entered.split(/[\s,;]+/).filter((text) => text !== "");
  if (texts.length === 0) return refuse("networks-unreadable", { text: "" });
  if (texts.length > mostNetworks) return refuse("networks-too-many", { most: mostNetworks });
  const networks: string[] = [];
  for (const text of texts) {
    const network = parseNetwork(text);
    if (network === undefined) return refuse("networks-unreadable", { text });
    networks.push(network);
  }
  return accept([...new Set(networks)].join(","));
}

function parseNetwork(text: string): string | undefined {
  const prefix = parsePrefix(text);
  if (prefix.ok) return prefix.value.family === 4 ? showPrefix(prefix.value) : undefined;
  const address = parseAddress(text);
  return address.ok && address.value.family === 4 ? `${showAddress(address.value)}/32` : undefined;
}
