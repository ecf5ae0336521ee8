import { parseImageReference, refusalOfRegistry } from "../hosting/image-reference.ts";
import { parsePublicKey } from "../hosting/public-key.ts";
import { parseNetworks } from "../hosting/source-networks.ts";
import { parseAddress, showAddress } from "../ipam/address.ts";
import { refusalOfOutside } from "../ipam/ipam-rules.ts";
import { isLikeNetwork, type Prefix, parsePrefix, showPrefix } from "../ipam/prefix.ts";
import { parseRange, showRange } from "../ipam/range-text.ts";
import { parseNameBelow } from "../names/domain-name.ts";
import { refusalOfReserved } from "../names/reserved-labels.ts";
import { parseAddresses } from "../names/target.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../outcome.ts";
import { parseNip } from "../people/nip.ts";
import type { Role } from "../people/roles.ts";
import { parseHeight, parseUnit } from "../rack/units.ts";
import { parseComingDay } from "./coming-day.ts";
import { parseComingInstant } from "./coming-instant.ts";
import { parseDay } from "./day.ts";
import { parseInstant } from "./instant.ts";
import { parseLocation } from "./location.ts";
import { parsePagePath } from "./page-path.ts";
import { parsePercent } from "./percent.ts";
import { cleanLine, cleanText } from "./text.ts";
import { parseWebAddress } from "./web-address.ts";

/** One question of a form. Chat, page and Mini App ask the same field and check it by the same rule. */
export type Field =
  /** `withPhone`: a telephone number, also among other words, "short": one of a provider, such as 147; `isZone`: the name of a zone of addresses; `isWebAddress`: that of a page; `isPagePath`: without its site. */
  | ({
      name: string;
      kind: "line";
      maxLength: number;
      isZone?: true | undefined;
      isWebAddress?: true | undefined;
      isPagePath?: true | undefined;
      suggestions?: "applications" | undefined;
      withPhone?: true | "short" | undefined;
    } & MayBeSkipped)
  /** `minLength` counts what can be seen, without spaces. */
  | ({ name: string; kind: "text"; maxLength: number; minLength?: number; suggestions?: "last-note" } & MayBeSkipped)
  /** Of many choices a part of the words may be typed. Asked anew when an answer that it depends on changes. */
  | ({
      name: string;
      kind: "choice";
      choices: readonly string[];
      findsByPart?: true;
      dependsOn?: readonly string[];
    } & MayBeSkipped)
  | { name: string; kind: "instant" }
  /** Today or later; `notBefore` names the question before it whose day comes first. */
  | ({ name: string; kind: "coming-day"; isAfterToday?: true; notBefore?: string } & MayBeSkipped)
  /** An appointment; with `endOf` the end of what begins at the answer of that question before it, or now where it was skipped. */
  | ({ name: string; kind: "coming-instant"; endOf?: string } & MayBeSkipped)
  /** A calendar day that has come, such as the date of a letter; one that may be ahead, such as the end of a contract, too. */
  | ({ name: string; kind: "day"; mayBeAhead?: true } & MayBeSkipped)
  /** `example`: a likely answer, where that is none of the smallest; `units`: the words that may stand behind it, and how much each is. */
  | ({ name: string; kind: "number"; min: number; max: number; example?: number; units?: Units } & MayBeSkipped)
  /** A share in percent, with two decimals at most: "99.7". */
  | ({ name: string; kind: "percent"; min: number; max: number } & MayBeSkipped)
  /** A pin on the map. */
  | ({ name: string; kind: "location" } & MayBeSkipped)
  | ({ name: string; kind: "nip" } & MayBeSkipped)
  /** IPv4 or IPv6. */
  | ({ name: string; kind: "ip-address"; within?: Prefix } & MayBeSkipped)
  /** IPv4 or IPv6, several with commas between. */
  | ({ name: string; kind: "ip-addresses" } & MayBeSkipped)
  /** A network with its length, "10.1.2.0/24". */
  | { name: string; kind: "prefix" }
  /** Networks of IPv4 or addresses, with commas between. */
  | ({ name: string; kind: "networks" } & MayBeSkipped)
  /** Of SSH, as `ssh-keygen` writes it into the file that ends in ".pub". */
  | { name: string; kind: "public-key" }
  /** "10.1.2.10-10.1.2.50", or one address. */
  | { name: string; kind: "address-range" }
  /** A height in a rack, in half steps: "1.5". */
  | { name: string; kind: "height-u" }
  /** The unit of a rack in which something begins, in half steps: "20.5". */
  | { name: string; kind: "rack-unit" }
  /** A name below the main domain, in full or its label. `mayBeReserved`: the office that runs the domain may have its words. */
  | ({ name: string; kind: "dns-name"; mayBeReserved?: true } & MayBeSkipped)
  /** An image by its digest, of one of these registries; absent: it is not known yet of which. */
  | ({ name: string; kind: "image-reference"; registries?: readonly string[] } & MayBeSkipped)
  /** Somebody who holds that role, by the id in the register; the action checks that they do. */
  | { name: string; kind: "person"; role: Role }
  /** One of what a register offers at this moment, by the key that it gives; the action checks that it is still there. */
  | ({ name: string; kind: "register"; register: Register; dependsOn?: readonly string[] } & MayBeSkipped)
  /** Photos and documents, at least one unless optional; kept with the form, so never among its answers. */
  | ({ name: string; kind: "files" } & MayBeSkipped)
  /** The one document that the form is for. */
  | { name: string; kind: "document" };

/** "jam" is 60 where minutes are asked for. */
type Units = Readonly<Record<string, number>>;
export const inMinutes: Units = { menit: 1, jam: 60, hari: 1_440 };
export const inSeconds: Units = { detik: 1, menit: 60, jam: 3_600 };
export const inMbps: Units = { mbps: 1, gbps: 1_000 };

/**
 * What a question may offer of: prefixes with free addresses, places in racks, free ports of switches, what a machine has
 * checked; of the profile the hosts, those of them that have a proxy, and by what and in which size applications are hosted; what is hosted, what was deleted and not purged,
 * former versions of an application, and at what of it a vendor can get.
 */
export type Register =
  | ("address-sources" | "rack-places" | "switch-ports" | "machine-checks")
  | ("platform-targets" | "hosting-targets" | "hosting-runtimes" | "hosting-sizes" | "hosting-databases")
  | ("hosted-applications" | "deleted-applications" | "former-versions" | "access-kinds");

/** That an earlier question was answered so; without `is`, that it was answered at all. */
type Condition = { field: string; is?: string };

/** An optional field is needed all the same when an earlier answer makes it so; `onlyWhen`: else it is not asked at all. */
type MayBeSkipped = { optional?: true; neededWhen?: Condition; onlyWhen?: Condition };

/** What was entered, by field name; instants are ISO 8601 in UTC, days too, without a time. A skipped field is absent. */
export type Answers = Record<string, string>;

/** A message of Telegram holds 4,096 characters; a long answer leaves room for the heading under which it is passed on. */
export const longTextLength = 3800;
/** Six digits at least, with at most a dash, a dot, a bracket or a space between two of them. Source: office practice. */
const hasPhone = /\d(?:[-. ()]{0,2}\d){5}/;
const hasShortPhone = /\d{3}/;
/** "x" tells nobody anything. Source: office practice. */
export const shortestDescription = 5;

/**
 * `zone`: IANA name of the office's time zone; `domain`: its main domain, where names are asked for; `answers`: what was answered
 * before, where an answer has to fit to another.
 */
export type FieldContext = { now: Date; zone: string; domain?: string; answers?: Answers };

/** Checks one answer as it was typed or chosen. Lengths are counted in UTF-16 units, at least as many as Telegram counts. */
export function parseAnswer(field: Field, entered: string, context: FieldContext): Outcome<string> {
  switch (field.kind) {
    case "line":
      return parseLine(cleanLine(entered), field);
    case "text":
      return parseText(cleanText(entered), field.maxLength, field.minLength);
    case "choice":
      if (field.choices.includes(entered)) return accept(entered);
      return refuse(field.findsByPart ? "nothing-matches" : "not-a-choice");
    case "instant":
      return parseInstant(entered, context);
    case "coming-day":
      return parseComingDay(entered, context, {
        isAfterToday: field.isAfterToday,
        notBefore: context.answers?.[field.notBefore ?? ""],
      });
    case "coming-instant":
      return parseComingInstant(entered, context, beginOf(field, context));
    case "day":
      return parseDay(entered, context, field);
    case "number":
      return parseNumber(entered, field);
    case "percent":
      return parsePercent(entered, field);
    case "location":
      return parseLocation(entered);
    case "ip-address":
      return parseWishedAddress(entered, field);
    case "ip-addresses":
      return written(parseAddresses(entered), (addresses) => [...new Set(addresses.map(showAddress))].join(", "));
    case "prefix":
      return written(parsePrefix(entered), showPrefix);
    case "networks":
      return parseNetworks(entered);
    case "public-key":
      return parsePublicKey(entered);
    case "address-range":
      return written(parseRange(entered), showRange);
    case "height-u":
      return parseHeight(entered);
    case "rack-unit":
      return parseUnit(entered);
    case "dns-name":
      return parseWishedName(entered, field, context);
    case "image-reference":
      return parseNamedImage(entered, field);
    case "person":
      return /^\d{1,15}$/.test(entered) ? accept(entered) : refuse("not-a-choice");
    case "register":
      return /^[\w:.,-]{1,60}$/.test(entered) ? accept(entered) : refuse("not-offered");
    case "nip":
      return parseNip(entered);
    case "files":
      return field.optional ? refuse("files-expected") : refuse("files-missing");
    case "document":
      return refuse("document-expected");
  }
}

/** When that begins which the answer ends; undefined: it ends nothing. */
function beginOf({ endOf }: { endOf?: string }, { now, answers }: FieldContext): Date | undefined {
  if (endOf === undefined) return undefined;
  const begin = answers?.[endOf];
  return begin === undefined ? now : new Date(begin);
}

function parseLine(text: string, field: Extract<Field, { kind: "line" }>): Outcome<string> {
  if (field.isZone && isLikeNetwork(text)) return refuse("zone-like-network", { network: text });
  if (text !== "" && field.withPhone === "short" && !hasShortPhone.test(text)) return refuse("short-phone-missing");
  if (text !== "" && field.withPhone === true && !hasPhone.test(text)) return refuse("phone-missing");
  const read = parseText(text, field.maxLength);
  if (read.ok && field.isPagePath) return parsePagePath(text);
  const url = read.ok && field.isWebAddress ? parseWebAddress(text) : read;
  return url.ok ? read : url;
}

function parseWishedName(
  entered: string,
  { mayBeReserved }: { mayBeReserved?: true },
  { domain }: FieldContext,
): Outcome<string> {
  if (domain === undefined) throw new Error("reading the name of a sub-domain: the main domain is not known");
  const name = parseNameBelow(entered, domain);
  return name.ok && !mayBeReserved ? refusalOfReserved(name.value, domain) : name;
}

function parseWishedAddress(entered: string, { within }: { within?: Prefix }): Outcome<string> {
  const parsed = parseAddress(entered);
  if (!parsed.ok) return parsed;
  const may = within === undefined ? accept() : refusalOfOutside(within, parsed.value);
  return may.ok ? accept(showAddress(parsed.value)) : may;
}

function parseNamedImage(entered: string, { registries }: { registries?: readonly string[] }): Outcome<string> {
  const reference = parseImageReference(entered);
  if (!reference.ok || registries === undefined) return reference;
  const may = refusalOfRegistry(reference.value, registries);
  return may.ok ? reference : may;
}

/** As it is kept: one way of writing for each. */
function written<Value>(parsed: Outcome<Value>, show: (value: Value) => string): Outcome<string> {
  return parsed.ok ? accept(show(parsed.value)) : parsed;
}

function parseNumber(
  entered: string,
  { min, max, example = Math.min(Math.max(3, min), max), units = {} }: Omit<Extract<Field, { kind: "number" }>, "name">,
): Outcome<string> {
  const [, digits, unit = ""] = /^(\d{1,9}) ?([a-z]*)$/.exec(entered.trim().toLowerCase()) ?? [];
  const times = unit === "" ? 1 : Object.entries(units).find(([name]) => name === unit)?.[1];
  if (digits === undefined || times === undefined) return refuse("number-unreadable", { min, max, example });
  const number = Number(digits) * times;
  return number >= min && number <= max ? accept(String(number)) : refuse("number-out-of-range", { min, max, example });
}

function parseText(text: string, maxLength: number, minLength = 0): Outcome<string> {
  if (text === "") return refuse("text-empty");
  if ([...text.replace(/\s/gu, "")].length < minLength) return refuse("text-too-short", { minLength });
  const { length } = text;
  if (length > maxLength) return refuse("text-too-long", { length, maxLength });
  return accept(text);
}

export function maySkip(field: Field, answers: Answers): boolean {
  if (!("optional" in field && field.optional)) return false;
  const needed = "neededWhen" in field ? field.neededWhen : undefined;
  return needed === undefined || !holds(needed, answers);
}

/** Whether a question is asked at all, after these answers. */
export function isAsked(field: Field, answers: Answers): boolean {
  if (!("onlyWhen" in field) || field.onlyWhen === undefined) return true;
  return holds(field.onlyWhen, answers);
}

function holds({ field, is }: Condition, answers: Answers): boolean {
  const answer = answers[field];
  return answer !== undefined && (is === undefined || answer === is);
}

/**
 * Checks a whole form, as an action does before it stores anything. Unknown names are refused, not ignored; an answer to what
 * is not asked after another one was corrected is left out.
 */
export function parseAnswers(fields: readonly Field[], entered: Answers, context: FieldContext): Outcome<Answers> {
  const answers: Answers = {};
  for (const field of fields) {
    if (field.kind === "files" || !isAsked(field, answers)) continue;
    const text = entered[field.name];
    if (text === undefined) {
      if (maySkip(field, entered)) continue;
      return refuse("answer-missing", { field: field.name });
    }
    const parsed = parseAnswer(field, text, { ...context, answers });
    if (!parsed.ok) return refuseAbout(field.name, parsed.refusal);
    answers[field.name] = parsed.value;
  }
  const isKnown = (name: string) => fields.some((field) => field.name === name && field.kind !== "files");
  const unknown = Object.keys(entered).find((name) => !isKnown(name));
  return unknown === undefined ? accept(answers) : refuse("answer-unknown", { field: unknown });
}

/** The first question for files that nobody has answered, of those that must be. */
export function findMissingFiles(
  fields: readonly Field[],
  answers: Answers,
  hasFiles: (field: string) => boolean,
): string | undefined {
  const needed = fields.filter((field) => isAsked(field, answers) && !maySkip(field, answers));
  return needed.find(({ kind, name }) => kind === "files" && !hasFiles(name))?.name;
}
