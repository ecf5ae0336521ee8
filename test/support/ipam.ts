import { sql } from "kysely";
import { assignAddress, reserveAddress } from "../../core/actions/ipam/give-address.ts";
import { keepRangeFree } from "../../core/actions/ipam/keep-range-free.ts";
import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import { utilisations } from "../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../core/db/ipam/prefixes.ts";
import { findOfficeByCode } from "../../core/db/people/offices.ts";
import type { Db } from "../../core/db/tables.ts";
import { addressOf } from "../../core/domain/ipam/address.ts";
import type { RangeKind } from "../../core/domain/ipam/address-range.ts";
import { nestedIn } from "../../core/domain/ipam/nesting.ts";
import { contains, ownRangesOf, showPrefix } from "../../core/domain/ipam/prefix.ts";
import { showRange } from "../../core/domain/ipam/range-text.ts";
import { join, overlaps, type Range, sizeOf } from "../../core/domain/ipam/ranges.ts";
import { freeOf } from "../../core/domain/ipam/utilisation.ts";
import type { Outcome } from "../../core/domain/outcome.ts";
import { morning, type TestOffice } from "./office.ts";

/** What infrastructure does, with answers where a test does not care. */
export async function withAddresses(office: TestOffice) {
  const { infrastructure } = office.people;
  const { id: officeId } = await findOfficeByCode(office.db, "Dinkes");
  const grounds = { name: "Server SIMPEG", basis: "555/210/2026" };
  type Options = { by?: typeof infrastructure; now?: Date; answers?: Record<string, string> };
  return {
    officeId,
    grounds,
    addPrefix: (network: string, zone = "Utama", { by = infrastructure, now = morning, answers = {} }: Options = {}) =>
      office.act((tx) =>
        addPrefix(tx, by, office.setting(now), { answers: { zone, network, name: "Uji", ...answers } }),
      ),
    assign: (
      prefixId: number,
      address: string | null,
      { by = infrastructure, now = morning, answers = {} }: Options = {},
    ) =>
      office.act((tx) =>
        assignAddress(tx, by, office.setting(now), {
          prefixId,
          address,
          officeId,
          answers: { ...grounds, ...answers },
        }),
      ),
    reserve: (
      prefixId: number,
      address: string | null,
      until: string,
      { by = infrastructure, now = morning }: Options = {},
    ) =>
      office.act((tx) =>
        reserveAddress(tx, by, office.setting(now), { prefixId, address, officeId, answers: { ...grounds, until } }),
      ),
    keep: (prefixId: number, range: string, { by = infrastructure, now = morning }: Options = {}) =>
      office.act((tx) => keepRangeFree(tx, by, office.setting(now), { prefixId, answers: { range, name: "DHCP" } })),
  };
}

/** The value, where the test needs it to go well. */
export function accepted<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code} ${JSON.stringify(outcome.refusal.values)}`);
  return outcome.value;
}

export type PresentPart = Range & { prefixId: number; family: 4 | 6; kind: RangeKind };

/** Every range of every prefix as it is now, the lowest first. */
export async function presentParts(db: Db): Promise<PresentPart[]> {
  const rows = await db
    .selectFrom("address_range")
    .select(["prefix_id", "kind", "first", "last"])
    .where("ended_at", "is", null)
    .orderBy("prefix_id")
    .orderBy("first")
    .execute();
  return rows.map((row) => {
    const { family, number: first } = addressOf(row.first);
    return { prefixId: row.prefix_id, kind: row.kind, family, first, last: addressOf(row.last).number };
  });
}

/** "10.1.2.1-10.1.2.9 free", for reading. */
export async function partsOf(db: Db, prefixId: number): Promise<string[]> {
  const parts = await presentParts(db);
  return parts.filter((part) => part.prefixId === prefixId).map((part) => `${showRange(part)} ${part.kind}`);
}

/**
 * What must hold at any moment: the ranges of a prefix are its own usable addresses, each once, and free ones that
 * touch are one; and what is counted of each is what there is.
 *
 * @returns what does not hold
 */
export async function brokenRules(db: Db): Promise<string[]> {
  const [prefixes, parts] = [await listPrefixes(db), await presentParts(db)];
  const used = await utilisations(db, prefixes);
  const broken: string[] = [];
  for (const prefix of prefixes) {
    const known = prefixes.filter(({ zoneId }) => zoneId === prefix.zoneId);
    const own = parts.filter(({ prefixId }) => prefixId === prefix.id);
    const name = showPrefix(prefix);
    if (own.some((one, index) => own.slice(index + 1).some((other) => overlaps(one, other))))
      broken.push(`${name} overlaps`);
    if (own.some((part) => !contains(prefix, part))) broken.push(`${name} is left`);
    const expected = ownRangesOf(prefix, nestedIn(prefix, known));
    const show = (ranges: readonly Range[]) => ranges.map(({ first, last }) => `${first}-${last}`).join();
    if (show(join(own)) !== show(expected))
      broken.push(`${name} does not add up: ${show(join(own))}, not ${show(expected)}`);
    const counted = used.get(prefix.id);
    const have = (kind: RangeKind) =>
      own.filter((part) => part.kind === kind).reduce((sum, part) => sum + sizeOf(part), 0n);
    const real = [have("assigned"), have("reserved"), have("quarantined"), have("kept-free"), have("free")];
    const told = counted && [
      counted.assigned,
      counted.reserved,
      counted.quarantined,
      counted.keptFree,
      freeOf(counted),
    ];
    if (told?.join() !== real.join()) broken.push(`${name} is counted as ${told?.join()}, not ${real.join()}`);
    const free = own.filter(({ kind }) => kind === "free");
    if (join(free).length !== free.length) broken.push(`${name} is in pieces`);
  }
  return broken;
}

/** The rows of the journal about addresses and prefixes, oldest first. */
export async function journalOfAddresses(db: Db) {
  const { rows } = await sql<{ event: string; by: number | null; details: Record<string, unknown> }>`
    select event, actor_id as by, details from journal where subject_kind in ('prefix', 'address') order by id`.execute(
    db,
  );
  return rows;
}
