import { addressOf } from "../ipam/address.ts";
import { isBelow } from "./domain-name.ts";
import type { PresentName } from "./name.ts";

/** What the profile says of the zones that are written. */
export type ZoneRules = {
  /** Name servers of the zones; one below the main domain has its address in the register. */
  nameServers: readonly string[];
  /** An e-mail address. */
  contact: string;
};

/** One line of a zone. @property value as it is kept: names without the dot of the root, texts without quotes */
export type ZoneRecord = {
  owner: string;
  type: "A" | "AAAA" | "CNAME" | "MX" | "TXT" | "PTR";
  preference?: number | null;
  value: string;
};

export type Zone = { name: string; records: readonly ZoneRecord[] };

/** In seconds. Source: office practice; a change is seen within minutes, and RIPE-203 for the rest. */
const timeToLive = 300;
const refresh = 3_600;
const retry = 900;
const expire = 1_209_600;
const negativeTimeToLive = 300;

/** source: RFC 1035, 3.3 */
const longestString = 255;

/** What the names in use are in the zone of the main domain. */
export function recordsOfNames(names: readonly PresentName[], domain: string): ZoneRecord[] {
  return names
    .filter(({ name, state }) => state === "in-use" && name !== domain && isBelow(name, domain))
    .flatMap(({ name: owner, addresses, aliasOf }): ZoneRecord[] => {
      if (aliasOf !== null) return [{ owner, type: "CNAME", value: aliasOf }];
      return addresses.map(({ address: value }) => {
        return { owner, type: addressOf(value).family === 4 ? "A" : "AAAA", value };
      });
    });
}

/** A name server below the main domain whose name leads nowhere: nobody could find the zone. */
export function lostNameServer(
  { nameServers }: ZoneRules,
  domain: string,
  records: readonly ZoneRecord[],
): string | undefined {
  const hasAddress = (name: string) => records.some(({ owner, type }) => owner === name && /^A(AAA)?$/.test(type));
  return nameServers.find((name) => isBelow(name, domain) && !hasAddress(name));
}

/**
 * A zone as BIND and others read it. The same records give the same bytes.
 *
 * source: RFC 1035, 5
 */
export function showZone({ name, records }: Zone, { nameServers, contact }: ZoneRules, serial: number): string {
  const [first = ""] = nameServers;
  const times = [refresh, retry, expire, negativeTimeToLive].join(" ");
  const lines = records.map(showRecord).sort(byBytes);
  return [
    `$TTL ${timeToLive}`,
    `${name}. IN SOA ${first}. ${showContact(contact)}. ${serial} ${times}`,
    ...nameServers.map((server) => `${name}. IN NS ${server}.`),
    // Of two zones of the register it may be the same address.
    ...new Set(lines),
    "",
  ].join("\n");
}

function showRecord({ owner, type, preference, value }: ZoneRecord): string {
  switch (type) {
    case "A":
    case "AAAA":
      return `${owner}. IN ${type} ${value}`;
    case "CNAME":
    case "PTR":
      return `${owner}. IN ${type} ${value}.`;
    case "MX":
      return `${owner}. IN MX ${preference ?? 0} ${value}.`;
    case "TXT":
      return `${owner}. IN TXT ${showText(value)}`;
  }
}

/** As strings of 255 bytes at most; what is no plain letter is written by its number. */
function showText(text: string): string {
  const bytes = [...Buffer.from(text)];
  const strings = Array.from({ length: Math.max(1, Math.ceil(bytes.length / longestString)) }, (_, part) =>
    bytes.slice(part * longestString, (part + 1) * longestString),
  );
  return strings.map((part) => `"${part.map(showByte).join("")}"`).join(" ");
}

function showByte(byte: number): string {
  const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x22 && byte !== 0x5c;
  return isPlain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, "0")}`;
}

/** "hostmaster@labura.go.id" is hostmaster.labura.go.id; a dot before the at sign is none between labels. source: RFC 1035, 8 */
function showContact(contact: string): string {
  const [mailbox = "", domain = ""] = contact.split("@");
  return `${mailbox.replaceAll(".", "\\.")}.${domain}`;
}

/** Not by the language of the machine. */
function byBytes(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * The serial after that one: the day, and two digits; more changes in a day than that go on counting.
 *
 * source: RFC 1912, 2.2
 *
 * @param day "2026-11-23", local
 */
export function nextSerial(former: number | undefined, day: string): number {
  return Math.max((former ?? 0) + 1, Number(`${day.replaceAll("-", "")}00`));
}
