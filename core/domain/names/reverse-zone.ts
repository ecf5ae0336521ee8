import { type Address, addressOf, type Family, showAddress, widthOf } from "../ipam/address.ts";
import { contains, isPublic, type Prefix, prefixAround } from "../ipam/prefix.ts";
import { isBelow } from "./domain-name.ts";
import type { PresentName } from "./name.ts";
import type { Zone, ZoneRecord } from "./zone-file.ts";

/** How many bits a label of a reverse name stands for. source: RFC 1035, 3.5; RFC 3596, 2.5 */
const bitsOfLabel: Record<Family, number> = { 4: 8, 6: 4 };
const tree: Record<Family, string> = { 4: "in-addr.arpa", 6: "ip6.arpa" };

/** "5.2.1.10.in-addr.arpa" */
export function pointerOf({ family, number }: Address): string {
  return `${labelsOf({ family, number }, widthOf[family]).join(".")}.${tree[family]}`;
}

/** The labels of the first bits of an address, the last of them first. */
function labelsOf({ family, number }: Address, bits: number): string[] {
  const size = bitsOfLabel[family];
  const count = bits / size;
  return Array.from({ length: count }, (_, index) => {
    const below = BigInt(widthOf[family] - (count - index) * size);
    return ((number >> below) & ((1n << BigInt(size)) - 1n)).toString(family === 4 ? 10 : 16);
  });
}

/**
 * The zones of the local prefixes: each begins where a label does, so a prefix between two labels has several, and one that
 * is smaller than a label is within the zone around it. None lies in another.
 *
 * @param prefixes also public ones, which belong to the provider's zones; of all zones of the register
 * @returns prefixes, in the order of their addresses
 */
export function reverseZones(prefixes: readonly Prefix[]): Prefix[] {
  const zones = new Map(
    prefixes
      .filter((prefix) => !isPublic(prefix))
      .flatMap(partsAtLabels)
      .map((part) => [zoneName(part), part]),
  );
  const all = [...zones.values()];
  return all
    .filter((zone) => !all.some((other) => other.length < zone.length && contains(other, zone)))
    .sort((one, other) => one.family - other.family || (one.first < other.first ? -1 : 1));
}

function partsAtLabels(prefix: Prefix): Prefix[] {
  const { family, first } = prefix;
  const size = bitsOfLabel[family];
  // Its addresses are names within it, so it is one label longer at least.
  const longest = widthOf[family] - size;
  const length = Math.min(Math.ceil(prefix.length / size) * size, longest);
  if (length <= prefix.length) return [prefixAround({ family, number: first }, length)];
  const step = 1n << BigInt(widthOf[family] - length);
  return Array.from({ length: 2 ** (length - prefix.length) }, (_, index) =>
    prefixAround({ family, number: first + BigInt(index) * step }, length),
  );
}

/** "2.1.10.in-addr.arpa" */
export function zoneName({ family, first, length }: Prefix): string {
  return `${labelsOf({ family, number: first }, length).join(".")}.${tree[family]}`;
}

/**
 * The zones with their names: each address has one, of the main domain before others, then by the alphabet.
 *
 * @param names all in use
 */
export function reverseZoneFiles(prefixes: readonly Prefix[], names: readonly PresentName[], domain: string): Zone[] {
  const rank = (name: string) => `${isBelow(name, domain) ? 0 : 1} ${name}`;
  const owners = new Map<string, string>();
  for (const { name, addresses, state } of names) {
    if (state !== "in-use") continue;
    for (const { address } of addresses) {
      const shown = showAddress(addressOf(address));
      const other = owners.get(shown);
      if (other === undefined || rank(name) < rank(other)) owners.set(shown, name);
    }
  }
  return reverseZones(prefixes).map((zone) => ({ name: zoneName(zone), records: pointersIn(zone, owners) }));
}

function pointersIn(zone: Prefix, owners: ReadonlyMap<string, string>): ZoneRecord[] {
  return [...owners].flatMap(([shown, value]): ZoneRecord[] => {
    const address = addressOf(shown);
    const { family, number } = address;
    const isInside = contains(zone, { family, first: number, last: number });
    return isInside ? [{ owner: pointerOf(address), type: "PTR", value }] : [];
  });
}
