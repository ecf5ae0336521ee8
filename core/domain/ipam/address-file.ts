import { type FileLine, linesBelowHeading, refusalOfCells } from "../form/csv.ts";
import { cleanLine } from "../form/text.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import { nearest } from "../people/nearest.ts";
import { parseAddress, showAddress } from "./address.ts";
import type { RangeKind } from "./address-range.ts";
import { readBasis } from "./grounds.ts";
import { refusalOfKeeping, refusalOfTaking } from "./ipam-rules.ts";
import { contains, isLikeNetwork, type Prefix, parsePrefix, prefixAround, showPrefix, usableOf } from "./prefix.ts";
import { parseRange, showRange } from "./range-text.ts";
import { isWithin, overlaps } from "./ranges.ts";
import { type Span, SpanIndex } from "./span-index.ts";

/** The columns of a list of addresses, as its first line names them; one is imported as it is exported. */
export const addressColumns = ["zona", "prefix", "keadaan", "alamat", "nama", "kode_kantor", "dasar"] as const;

/** What a line is about, by its third cell. */
export const stateNames: Record<RangeKind | "prefix", string> = {
  prefix: "prefix",
  free: "bebas",
  "kept-free": "disisihkan",
  reserved: "dipesan",
  assigned: "dipakai",
  quarantined: "karantina",
};

export const mostAddressLines = 5_000;
const longestName = 80;
const longestZone = 40;

/** A line that can be imported. */
export type AddressLine = { line: number; zone: string; name: string } & (
  | { kind: "prefix"; prefix: Prefix }
  | { kind: "assigned"; span: Span; officeId: number; ticketId: number | null; letter: string | null }
  | { kind: "kept-free"; span: Span }
);

/** What is wrong in a line: a refusal, or one of a line's own. */
export type AddressProblem = { line: number } & Refusal;

/** A range that is not free now. */
export type TakenSpan = Span & {
  id: number;
  zone: string;
  prefixId: number;
  kind: RangeKind;
  name: string | null;
  officeId: number | null;
};

/** What is there as far as a list is checked against it. */
export type AddressRegister = {
  offices: readonly { id: number; code: string }[];
  /** Of the tickets that the list names. */
  ticketIds: ReadonlySet<number>;
  prefixes: readonly (Prefix & { id: number; zoneName: string })[];
  /** Of what the list names. */
  taken: readonly TakenSpan[];
};

export type CheckedAddresses = { ready: AddressLine[]; known: number[]; problems: AddressProblem[] };

/** @returns the lines below the heading; refused as a whole without it, without a line below it, or with too many */
export function linesOfAddressFile(rows: readonly FileLine[]): Outcome<FileLine[]> {
  return linesBelowHeading(rows, { name: "address", columns: addressColumns, mostLines: mostAddressLines });
}

/** Checks a list of addresses line by line, its prefixes first: addresses of the list may lie in them. */
export function checkAddressLines(lines: readonly FileLine[], register: AddressRegister): CheckedAddresses {
  const checked: CheckedAddresses = { ready: [], known: [], problems: [] };
  const offices = officesOf(register);
  const read = lines.map((line) => ({ line: line.line, outcome: readLine(line, offices, register.ticketIds) }));
  const place = placesOf(register);
  const isPrefix = ({ outcome }: (typeof read)[number]) => outcome.ok && outcome.value.kind === "prefix";
  for (const { line, outcome } of [...read.filter(isPrefix), ...read.filter((each) => !isPrefix(each))]) {
    const placed = outcome.ok ? place(outcome.value) : outcome;
    if (!placed.ok) checked.problems.push({ line, ...placed.refusal });
    else if (placed.value === "known") checked.known.push(line);
    else checked.ready.push(placed.value);
  }
  checked.problems.sort((one, other) => one.line - other.line);
  checked.known.sort((one, other) => one - other);
  return checked;
}

/** The tickets that a list names, to look them up. */
export function ticketsIn(lines: readonly FileLine[]): number[] {
  const bases = lines.map(({ cells }) => readBasis((cells[6] ?? "").trim()));
  return [...new Set(bases.flatMap(({ ticketId }) => (ticketId === null ? [] : [ticketId])))];
}

/** The addresses that a list names, by zone, to look up what they are. */
export function spansIn(lines: readonly FileLine[]): { zone: string; span: Span }[] {
  return lines.flatMap(({ cells }) => {
    const span = parseRange((cells[3] ?? "").trim());
    return span.ok ? [{ zone: zoneKey(cells[0] ?? ""), span: span.value }] : [];
  });
}

export function zoneKey(zone: string): string {
  return cleanLine(zone).toLowerCase();
}

/** A line that is there already but is not imported: what is reserved or rests is told by the export only. */
type ToldLine = { line: number; zone: string; name: string; span: Span } & (
  | { kind: "reserved" }
  | { kind: "quarantined" }
);

function readLine(
  { line, cells }: FileLine,
  offices: { byCode: ReadonlyMap<string, number>; codes: readonly string[] },
  ticketIds: ReadonlySet<number>,
): Outcome<AddressLine | ToldLine> {
  const safe = refusalOfCells(cells, addressColumns);
  if (!safe.ok) return safe;
  const [zone = "", network = "", state = "", address = "", name = "", office = "", basis = ""] = cells.map(cleanLine);
  if (zone === "" || zone.length > longestZone) return refuse("zone-unreadable", { longest: longestZone });
  if (isLikeNetwork(zone)) return refuse("zone-like-network", { network: zone });
  if (name.length > longestName) return refuse("cell-too-long", { length: name.length, longest: longestName });
  const kind = kindOf(state);
  const at = { line, zone, name };
  if (kind === "prefix") {
    const prefix = parsePrefix(network);
    if (!prefix.ok) return prefix;
    return name === "" ? refuse("name-missing") : accept({ ...at, kind, prefix: prefix.value });
  }
  if (kind === undefined) return refuse("state-unknown", { state: state.slice(0, 40) });
  const span = kind === "kept-free" ? parseRange(address) : parseOne(address);
  if (!span.ok) return span;
  if (kind === "reserved" || kind === "quarantined") return accept({ ...at, kind, span: span.value });
  if (name === "") return refuse("name-missing");
  if (kind === "kept-free") return accept({ ...at, kind, span: span.value });
  const officeId = offices.byCode.get(office.toLowerCase());
  if (officeId === undefined) return refuse("office-unknown", officeValues(office, offices.codes));
  const { ticketId, letter } = readBasis(basis);
  if (ticketId !== null && !ticketIds.has(ticketId)) return refuse("basis-ticket-unknown", { ticketId });
  if (basis.length > longestName) return refuse("cell-too-long", { length: basis.length, longest: longestName });
  return accept({ ...at, kind, span: span.value, officeId, ticketId, letter: letter === "" ? null : letter });
}

function kindOf(state: string): Exclude<RangeKind, "free"> | "prefix" | undefined {
  const known = ["prefix", "assigned", "kept-free", "reserved", "quarantined"] as const;
  return known.find((kind) => stateNames[kind] === state.toLowerCase());
}

function parseOne(text: string): Outcome<Span> {
  const address = parseAddress(text);
  if (!address.ok) return address;
  const { family, number } = address.value;
  return accept({ family, first: number, last: number });
}

function officesOf({ offices }: AddressRegister) {
  return {
    byCode: new Map(offices.map(({ id, code }) => [code.toLowerCase(), id])),
    codes: offices.map(({ code }) => code),
  };
}

function officeValues(code: string, codes: readonly string[]): Record<string, string> {
  const meant = code === "" ? undefined : nearest(code, codes);
  return { code: code.slice(0, 40), ...(meant === undefined ? {} : { meant }) };
}

type Placed = Outcome<AddressLine | "known">;

/** What is known of a zone: its prefixes, what is not free in it, and what earlier lines of the list take. */
type Zone = {
  prefixes: (Prefix & { id: number })[];
  taken: SpanIndex<TakenSpan>;
  lines: SpanIndex<Span & { line: number }>;
};

/** Finds for each line its place, beside all that is there and the lines before it. */
function placesOf({ prefixes, taken }: AddressRegister): (line: AddressLine | ToldLine) => Placed {
  const zones = new Map<string, Zone>();
  const zoneOf = (name: string): Zone => {
    const known = zones.get(zoneKey(name));
    if (known !== undefined) return known;
    const zone: Zone = { prefixes: [], taken: new SpanIndex(), lines: new SpanIndex() };
    zones.set(zoneKey(name), zone);
    return zone;
  };
  for (const prefix of prefixes) zoneOf(prefix.zoneName).prefixes.push(prefix);
  for (const span of taken) zoneOf(span.zone).taken.add(span);
  return (line) => (line.kind === "prefix" ? placePrefix(line, zoneOf(line.zone)) : placeSpan(line, zoneOf(line.zone)));
}

function placePrefix(line: AddressLine & { kind: "prefix" }, { prefixes }: Zone): Placed {
  const network = showPrefix(line.prefix);
  if (prefixes.some((each) => each.length === line.prefix.length && showPrefix(each) === network))
    return accept("known");
  // Of the list itself: it has no number yet.
  prefixes.push({ ...line.prefix, id: -line.line });
  return accept(line);
}

function placeSpan(line: Exclude<AddressLine | ToldLine, { kind: "prefix" }>, zone: Zone): Placed {
  const touching = zone.taken.touching(line.span);
  if (touching.some((each) => isSame(each, line))) return accept("known");
  if (line.kind === "reserved" || line.kind === "quarantined") {
    return refuse("state-not-imported", { state: stateNames[line.kind] });
  }
  const may = refusalOfPlacing(line, zone.prefixes, touching);
  if (!may.ok) return may;
  const [earlier] = zone.lines.touching(line.span);
  if (earlier !== undefined) {
    return refuse("address-twice", { address: showRange(line.span), firstLine: earlier.line });
  }
  zone.lines.add({ ...line.span, line: line.line });
  return accept(line);
}

/** It is there as the list says it. */
function isSame(present: TakenSpan, line: Exclude<AddressLine | ToldLine, { kind: "prefix" }>): boolean {
  if (present.kind !== line.kind || present.first !== line.span.first || present.last !== line.span.last) return false;
  if (line.kind === "assigned" && present.officeId !== line.officeId) return false;
  return line.kind === "quarantined" || present.name === line.name;
}

/** By the rules of one address, or of one range, that somebody wishes. */
function refusalOfPlacing(
  { kind, span }: Extract<AddressLine, { span: Span }>,
  prefixes: readonly (Prefix & { id: number })[],
  touching: readonly TakenSpan[],
): Outcome {
  const prefix = smallestAround(span, prefixes);
  const address = { family: span.family, number: span.first };
  if (prefix === undefined) {
    const example = showPrefix(prefixAround(address, span.family === 4 ? 24 : 64));
    return refuse("address-in-no-prefix", { address: showAddress(address), example });
  }
  const isNested = (each: Prefix) => each.length > prefix.length && contains(prefix, each) && overlaps(each, span);
  const isGivable = isWithin(span, usableOf(prefix)) && !prefixes.some(isNested);
  const free = { ...span, id: 0, prefixId: prefix.id, kind: "free", until: null } as const;
  const present = touching.map((each) => ({ ...each, until: null, prefixId: prefix.id }));
  if (kind === "kept-free") {
    return refusalOfKeeping(prefix, prefix.id, span, [...present, ...(isGivable ? [free] : [])]);
  }
  return refusalOfTaking(prefix, prefix.id, address, present[0] ?? (isGivable ? free : undefined));
}

function smallestAround<Known extends Prefix>(span: Span, prefixes: readonly Known[]): Known | undefined {
  return prefixes
    .filter((prefix) => contains(prefix, span))
    .reduce<Known | undefined>(
      (best, each) => (best === undefined || each.length > best.length ? each : best),
      undefined,
    );
}
