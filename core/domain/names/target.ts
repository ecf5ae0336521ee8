import { type Address, addressOf, parseAddress, showAddress } from "../ipam/address.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { parseDomainName } from "./domain-name.ts";
import type { Pointing } from "./name.ts";

/** Where a name is to lead, as it was written: to addresses, or to one other name. */
export type Target = { addresses: readonly Address[]; aliasOf: null } | { addresses: readonly []; aliasOf: string };

const mostAddresses = 8;

/** Reads "10.1.2.3", "10.1.2.3, 2001:db8::3", or "simpeg.labura.go.id". */
export function parseTarget(entered: string): Outcome<Target> {
  const [first = "", ...others] = partsOf(entered);
  if (others.length === 0 && /[a-z]/i.test(first) && !first.includes(":")) return parseOtherName(first);
  const addresses = parseAddresses(entered);
  return addresses.ok ? accept({ addresses: addresses.value, aliasOf: null }) : addresses;
}

/** Reads "10.1.2.3", or several: "10.1.2.3, 2001:db8::3". */
export function parseAddresses(entered: string): Outcome<Address[]> {
  const parts = partsOf(entered);
  if (parts.length === 0) return refuse("text-empty");
  if (parts.length > mostAddresses) return refuse("domain-many-addresses", { most: mostAddresses });
  const addresses: Address[] = [];
  for (const part of parts) {
    const address = parseAddress(part);
    if (!address.ok) return address;
    addresses.push(address.value);
  }
  return accept(addresses);
}

/** A name leads there already, addresses in any order. @param target undefined: nowhere */
export function leadsTo({ addresses, aliasOf }: Pick<Pointing, "addresses" | "aliasOf">, target?: string): boolean {
  if (target === undefined) return addresses.length === 0 && aliasOf === null;
  const read = parseTarget(target);
  if (!read.ok || read.value.aliasOf !== aliasOf) return false;
  const present = new Set(addresses.map(({ address }) => showAddress(addressOf(address))));
  return present.symmetricDifference(new Set(read.value.addresses.map(showAddress))).size === 0;
}

function partsOf(entered: string): string[] {
  return entered.split(/[\s,;]+/).filter((part) => part !== "");
}

function parseOtherName(text: string): Outcome<Target> {
  const name = parseDomainName(text);
  if (!name.ok) return name;
  return name.value.includes(".") ? accept({ addresses: [], aliasOf: name.value }) : refuse("domain-target-short");
}
