import { isLocal } from "../form/ip-address.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { type Address, addressOf, type Family, parseAddress, showAddress, widthOf } from "./address.ts";
import { intersection, isWithin, type Range, sizeOf, subtract } from "./ranges.ts";

/** A network: all addresses that begin with the same `length` bits. */
export type Prefix = Range & { family: Family; length: number };

/**
 * Reads "10.1.2.0/24" or "2001:db8::/64". An address within it is not taken for it: one who writes 10.1.2.3/24 may mean
 * either.
 */
export function parsePrefix(entered: string): Outcome<Prefix> {
  const [address = "", length, ...more] = entered.trim().split("/");
  const parsed = parseAddress(address);
  if (!parsed.ok) return parsed;
  const { family, number } = parsed.value;
  if (length === undefined || more.length > 0) return refuse("prefix-without-length", { address: address.trim() });
  if (!/^[1-9]\d{0,2}$/.test(length) || Number(length) > widthOf[family]) {
    return refuse("prefix-length", { longest: widthOf[family] });
  }
  const prefix = prefixAround(parsed.value, Number(length));
  return prefix.first === number ? accept(prefix) : refuse("prefix-host-bits", { meant: showPrefix(prefix) });
}

/** Whether that is a network, or an address, and so the name of nothing else. */
export function isLikeNetwork(text: string): boolean {
  const [address = ""] = text.split("/");
  return parseAddress(address).ok;
}

/** The prefix of that length in which the address is. */
export function prefixAround({ family, number }: Address, length: number): Prefix {
  const size = 1n << BigInt(widthOf[family] - length);
  const first = number - (number % size);
  return { family, first, last: first + size - 1n, length };
}

/** "10.1.2.0/24": as PostgreSQL writes it, too. */
export function showPrefix({ family, first, length }: Prefix): string {
  return `${showAddress({ family, number: first })}/${length}`;
}

/** Of what the database keeps, which is a prefix. */
export function prefixOf(stored: string): Prefix {
  const [address = "", length] = stored.split("/");
  return prefixAround(addressOf(address), Number(length));
}

export function contains(outer: Prefix, inner: Range & { family: Family }): boolean {
  return outer.family === inner.family && isWithin(inner, outer);
}

/**
 * The addresses that can be given to somebody: without the network's own and its broadcast address.
 *
 * source: RFC 1122, 3.2.1.3; RFC 3021 (an IPv4 /31 has neither); RFC 4291, 2.6.1 (the first of an IPv6 network belongs
 * to its routers); RFC 6164 (not in a /127)
 */
export function usableOf({ family, first, last, length }: Prefix): Range {
  if (widthOf[family] - length <= 1) return { first, last };
  return { first: first + 1n, last: family === 4 ? last - 1n : last };
}

/** What a prefix can give by itself: what is usable of it and is in no prefix nested in it. */
export function ownRangesOf(prefix: Prefix, nested: readonly Range[]): Range[] {
  return subtract(usableOf(prefix), nested);
}

/** How many addresses those are. @param nested the prefixes right below it, which do not overlap */
export function ownSizeOf(prefix: Prefix, nested: readonly Range[]): bigint {
  const usable = usableOf(prefix);
  const inNested = nested.map((each) => intersection(each, usable)).filter((each) => each !== undefined);
  return inNested.reduce((left, each) => left - sizeOf(each), sizeOf(usable));
}

/** Public or local is what the network says of itself. */
export function isPublic({ family, first, last }: Prefix): boolean {
  return ![first, last].every((number) => isLocal(showAddress({ family, number })));
}
