import { Address4, Address6 } from "ip-address";
import { accept, type Outcome, refuse } from "../outcome.ts";

export type Family = 4 | 6;

/** One address as a number, which rules count with; `showAddress` writes it. */
export type Address = { family: Family; number: bigint };

/** Bits of an address. */
export const widthOf: Record<Family, number> = { 4: 32, 6: 128 };

/**
 * Reads an IPv4 or IPv6 address as people write it, capitals and spaces around it aside.
 *
 * @returns refused with what is wrong: with a length, a part above 255, a leading zero, IPv4 in IPv6, or unreadable
 */
export function parseAddress(entered: string): Outcome<Address> {
  const text = entered.trim().toLowerCase();
  if (text.includes("/")) return refuse("address-with-length");
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Outcome<Address> {
  if (Address4.isValid(text)) return accept({ family: 4, number: new Address4(text).bigInt() });
  const parts = /^\d{1,9}(\.\d{1,9}){3}$/.test(text) ? text.split(".") : [];
  const tooLarge = parts.find((part) => Number(part) > 255);
  if (tooLarge !== undefined) return refuse("address-part-too-large", { part: tooLarge });
  return refuse(parts.length > 0 ? "address-leading-zero" : "address-unreadable");
}

function parseIpv6(text: string): Outcome<Address> {
  if (text.includes("%") || !Address6.isValid(text)) return refuse("address-unreadable");
  const address = new Address6(text);
  if (address.isMapped4()) return refuse("address-mapped", { meant: address.to4().correctForm() });
  return accept({ family: 6, number: address.bigInt() });
}

/** "10.1.2.3", "2001:db8::1": as PostgreSQL writes it, too. */
export function showAddress({ family, number }: Address): string {
  return family === 4 ? Address4.fromBigInt(number).correctForm() : Address6.fromBigInt(number).correctForm();
}

/** Of what the database keeps, which is an address. */
export function addressOf(stored: string): Address {
  const parsed = parseAddress(stored);
  if (!parsed.ok) throw new RangeError(`${stored} is no address: ${parsed.refusal.code}`);
  return parsed.value;
}
