import { type Address, parseAddress } from "../ipam/address.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { parseDomainName } from "./domain-name.ts";

/** Where a name is to lead, as it was written: to addresses, or to one other name. */
export type Target = { addresses: readonly Address[]; aliasOf: null } | { addresses: readonly []; aliasOf: string };

const mostAddresses = 8;

/** Reads "10.1.2.3", "10.1.2.3, 2001:db8::3", or "simpeg.labura.go.id". */
export function parseTarget(entered: string): Outcome<Target> {
  const parts = entered.split(/[\s,;]+/).filter((part) => part !== "");
  const [first] = parts;
  if (first === undefined) return refuse("text-empty");
  if (parts.length === 1 && /[a-z]/i.test(first) && !first.includes(":")) return parseOtherName(first);
  if (parts.length > mostAddresses) return refuse("domain-many-addresses", { most: mostAddresses });
  const addresses: Address[] = [];
  for (const part of parts) {
    const address = parseAddress(part);
    if (!address.ok) return address;
    addresses.push(address.value);
  }
  return accept({ addresses, aliasOf: null });
}

function parseOtherName(text: string): Outcome<Target> {
  const name = parseDomainName(text);
  if (!name.ok) return name;
  return name.value.includes(".") ? accept({ addresses: [], aliasOf: name.value }) : refuse("domain-target-short");
}
