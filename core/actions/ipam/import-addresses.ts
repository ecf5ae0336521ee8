import { insertRanges, takeOutAll } from "../../db/ipam/address-ranges.ts";
import { findAddressRegister } from "../../db/ipam/address-register.ts";
import { listPrefixes, lockPrefix, lockZones, type StoredPrefix } from "../../db/ipam/prefixes.ts";
import { writeJournalRows } from "../../db/journal/journal.ts";
import { addressImports } from "../../db/list-imports.ts";
import type { Tx } from "../../db/tables.ts";
import type { FileLine } from "../../domain/form/csv.ts";
import { type AddressLine, type AddressProblem, checkAddressLines, zoneKey } from "../../domain/ipam/address-file.ts";
import { refusalOfManaging } from "../../domain/ipam/ipam-rules.ts";
import { contains, showPrefix } from "../../domain/ipam/prefix.ts";
import { showRange } from "../../domain/ipam/range-text.ts";
import { refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { keepLists } from "../keep-lists.ts";
import type { Setting } from "../setting.ts";
import { addPrefix } from "./prefixes.ts";

const lists = keepLists({
  imports: addressImports,
  maySend: refusalOfManaging,
  importedAlready: (values) => refuse("list-imported-already", values),
  event: "addresses-imported",
});

export const { receive: receiveAddressFile, discard: discardAddresses } = lists;

/** Adds the prefixes of the list, then gives its addresses and keeps its ranges free. */
export const importAddresses = lists.importBy(async (tx, person, setting, lines) => {
  await lockZones(tx, zonesOf(lines));
  const before = checkAddressLines(lines, await findAddressRegister(tx, lines));
  const added = await addPrefixes(tx, person, setting, before.ready);
  const others = lines.filter(({ line }) => !added.lines.has(line));
  const { ready, known, problems } = await lockAndCheck(tx, others);
  await place(tx, person, setting, ready);
  return { ready: [...added.ready, ...ready], known, problems: [...added.problems, ...problems] };
});

/** Each as if it were added by hand, the widest first. @returns which lines these were, and what came of them */
async function addPrefixes(
  tx: Tx,
  person: Person,
  setting: Setting,
  ready: readonly AddressLine[],
): Promise<{ lines: Set<number>; ready: AddressLine[]; problems: AddressProblem[] }> {
  const lines = ready
    .filter((line) => line.kind === "prefix")
    .sort((one, other) => one.prefix.length - other.prefix.length);
  const done: { ready: AddressLine[]; problems: AddressProblem[] } = { ready: [], problems: [] };
  for (const each of lines) {
    const { line, zone, prefix, name } = each;
    const added = await addPrefix(tx, person, setting, { answers: { zone, network: showPrefix(prefix), name } });
    if (added.ok) done.ready.push(each);
    else done.problems.push({ line, ...added.refusal });
  }
  return { lines: new Set(lines.map(({ line }) => line)), ...done };
}

function zonesOf(lines: readonly FileLine[]): string[] {
  return [...new Set(lines.map(({ cells }) => zoneKey(cells[0] ?? "")))];
}

/** Nobody changes what is in the prefixes from here on. */
async function lockAndCheck(tx: Tx, lines: readonly FileLine[]) {
  const names = zonesOf(lines);
  const prefixes = await listPrefixes(tx);
  const concerned = prefixes.filter(({ zoneName }) => names.includes(zoneKey(zoneName)));
  for (const id of concerned.map((prefix) => prefix.id).sort((one, other) => one - other)) await lockPrefix(tx, id);
  return checkAddressLines(lines, await findAddressRegister(tx, lines));
}

type SpanLine = Exclude<AddressLine, { kind: "prefix" }>;

/** Lines that were checked under the locks of their prefixes. */
async function place(tx: Tx, person: Person, setting: Setting, ready: readonly AddressLine[]): Promise<void> {
  const prefixes = await listPrefixes(tx);
  const byPrefix = Map.groupBy(
    ready.filter((line) => line.kind !== "prefix"),
    (line) => prefixOfLine(line, prefixes),
  );
  for (const [prefix, lines] of byPrefix) {
    await takeOutAll(
      tx,
      prefix,
      lines.map(({ span }) => span),
    );
    const beginnings = lines.map((line) => ({
      kind: line.kind,
      range: line.span,
      grounds: groundsOf(line),
      until: null,
    }));
    const ids = await insertRanges(tx, prefix, beginnings, { begunBy: person.id, now: setting.now });
    await writeJournalRows(
      tx,
      lines.map((line, index) => ({
        at: setting.now,
        actorId: person.id,
        event: line.kind === "assigned" ? "address-assigned" : "range-kept-free",
        subject: { kind: "address", id: ids[index] ?? 0 },
        details: { address: showRange(line.span), prefixId: prefix.id },
      })),
    );
  }
}

function prefixOfLine({ zone, span, line }: SpanLine, prefixes: readonly StoredPrefix[]): StoredPrefix {
  const around = prefixes.filter((prefix) => zoneKey(prefix.zoneName) === zoneKey(zone) && contains(prefix, span));
  const [smallest] = around.sort((one, other) => other.length - one.length);
  if (smallest === undefined) throw new Error(`line ${line} was checked and lies in no prefix`);
  return smallest;
}

function groundsOf(line: SpanLine) {
  const { name } = line;
  if (line.kind === "kept-free") return { name, officeId: null, ticketId: null, letter: null };
  return { name, officeId: line.officeId, ticketId: line.ticketId, letter: line.letter };
}
