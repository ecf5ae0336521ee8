import { sql } from "kysely";
import { type Address, addressOf, type Family, showAddress } from "../../domain/ipam/address.ts";
import type { Grounds, PresentRange, RangeKind } from "../../domain/ipam/address-range.ts";
import { type Prefix, showPrefix } from "../../domain/ipam/prefix.ts";
import { isWithin, join, type Range, subtract } from "../../domain/ipam/ranges.ts";
import { listDue } from "../list-due.ts";
import { prepared } from "../postgres/preparing-client.ts";
import type { Db, Tx } from "../tables.ts";
import type { StoredPrefix } from "./prefixes.ts";

/** Where a range is stored. */
type Place = Pick<StoredPrefix, "id" | "zoneId"> & Prefix;

/** A range, and whose it is. Of what is free, and of a quarantine, nothing is known. */
export type StoredRange = PresentRange & {
  family: Family;
  grounds: Grounds | null;
  /** null: it is free. */
  begunBy: number | null;
  /** When whoever reserved it is told that it ends; null: they were told, or are not. */
  remindAt: Date | null;
};

const rowsAtOnce = 2_000;

const span = sql`address_span(first, last, '[]')`;
const ofZone = (zoneId: number) =>
  sql<boolean>`int8range(zone_id, zone_id, '[]') && int8range(${zoneId}, ${zoneId}, '[]')`;

function selectRanges(db: Db) {
  return db
    .selectFrom("address_range")
    .select(["id", "prefix_id", "kind", "first", "last", "until", "name", "office_id", "ticket_id", "letter"])
    .select(["begun_by", "remind_at"]);
}

type RangeRow = Awaited<ReturnType<ReturnType<typeof selectRanges>["executeTakeFirstOrThrow"]>>;

function toRange(row: RangeRow): StoredRange {
  const { family, number: first } = addressOf(row.first);
  const { number: last } = addressOf(row.last);
  const { name, office_id: officeId, ticket_id: ticketId, letter } = row;
  const grounds = name === null ? null : { name, officeId, ticketId, letter };
  return {
    ...{ id: row.id, prefixId: row.prefix_id, kind: row.kind, family, first, last, until: row.until, grounds },
    ...{ begunBy: row.begun_by, remindAt: row.remind_at },
  };
}

/** The one with the lowest addresses. The index of free ranges is found for a plan of any prefix, since "free" is no parameter. */
export async function findFirstFree(db: Db, prefixId: number): Promise<StoredRange | undefined> {
  const row = await selectRanges(db)
    .where("prefix_id", "=", prefixId)
    .where("kind", "=", sql.lit("free" as const))
    .orderBy("first")
    .limit(1)
    .modifyEnd(prepared)
    .executeTakeFirst();
  return row && toRange(row);
}

/** What that address is now, in whichever prefix of the zone; undefined where nobody can have it. */
export async function findRangeAt(db: Db, zoneId: number, address: Address): Promise<StoredRange | undefined> {
  const row = await selectRanges(db)
    .where(ofZone(zoneId))
    .where(sql<boolean>`${span} @> ${showAddress(address)}::inet`)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row && toRange(row);
}

/** What there is now between two addresses of a zone, the lowest first. @param onlyTaken leaves out what is free */
export async function listRangesAt(
  db: Db,
  zoneId: number,
  { family, first, last }: Range & { family: Family },
  { limit, onlyTaken = false }: { limit: number; onlyTaken?: boolean },
): Promise<StoredRange[]> {
  const show = (number: bigint) => showAddress({ family, number });
  const rows = await selectRanges(db)
    .where(ofZone(zoneId))
    .where(sql<boolean>`${span} && address_span(${show(first)}::inet, ${show(last)}::inet, '[]')`)
    .where("ended_at", "is", null)
    .$if(onlyTaken, (query) => query.where("kind", "<>", "free"))
    .orderBy("first")
    .limit(limit)
    .execute();
  return rows.map(toRange);
}

/** One that has not ended, and is not free. */
export async function findTakenRange(db: Db, id: number): Promise<StoredRange | undefined> {
  const row = await selectRanges(db)
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .where("kind", "<>", "free")
    .executeTakeFirst();
  return row && toRange(row);
}

/** What is not free of a prefix, in any order. */
export async function listTakenSpans(db: Db, prefixId: number): Promise<Range[]> {
  const rows = await selectRanges(db)
    .where("prefix_id", "=", prefixId)
    .where("ended_at", "is", null)
    .where("kind", "<>", "free")
    .execute();
  return rows.map(toRange);
}

/** How many ranges of a prefix are not free. */
export async function countTaken(db: Db, prefixId: number): Promise<number> {
  const { count } = await db
    .selectFrom("address_range")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("prefix_id", "=", prefixId)
    .where("ended_at", "is", null)
    .where("kind", "<>", "free")
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes a part out of a free range. */
export async function takeOut(tx: Tx, place: Place, free: StoredRange, taken: Range): Promise<void> {
  const [left, ...others] = subtract(free, [taken]);
  if (left === undefined) await deleteFree(tx, [free.id]);
  else await cut(tx, free.id, textOf(place, left));
  await insertFree(tx, place, others);
}

async function cut(tx: Tx, id: number, ends: { first: string; last: string }): Promise<void> {
  await tx.updateTable("address_range").set(ends).where("id", "=", id).modifyEnd(prepared).execute();
}

/**
 * Takes many parts, which do not overlap, out of the free ranges of a prefix.
 *
 * @throws Error one of them is not free
 */
export async function takeOutAll(tx: Tx, place: Place, taken: readonly Range[]): Promise<void> {
  const sorted = taken.toSorted((one, other) => (one.first < other.first ? -1 : 1));
  const rows = await selectRanges(tx)
    .where("prefix_id", "=", place.id)
    .where("kind", "=", "free")
    .orderBy("first")
    .execute();
  const [touched, left]: [number[], Range[]] = [[], []];
  let next = 0;
  for (const free of rows.map(toRange)) {
    const from = next;
    while (sorted[next] !== undefined && isWithin(sorted[next] ?? free, free)) next++;
    if (from === next) continue;
    touched.push(free.id);
    left.push(...subtract(free, sorted.slice(from, next)));
  }
  if (next < sorted.length) throw new Error(`taking addresses out of prefix ${place.id}: one of them is not free`);
  await deleteFree(tx, touched);
  await insertFree(tx, place, left);
}

/** Makes a part of a prefix free, and one range of it and the free ones next to it. */
export async function giveBack(tx: Tx, place: Place, range: Range): Promise<void> {
  const { family } = place;
  const beside = [range.first - 1n, range.last + 1n].filter((number) => number >= place.first && number <= place.last);
  const found: StoredRange[] = [];
  for (const number of beside) {
    const neighbour = await findRangeAt(tx, place.zoneId, { family, number });
    if (neighbour?.kind === "free" && neighbour.prefixId === place.id) found.push(neighbour);
  }
  await deleteFree(
    tx,
    found.map(({ id }) => id),
  );
  await insertFree(tx, place, join([range, ...found]));
}

export async function insertFree(tx: Tx, place: Place, ranges: readonly Range[]): Promise<void> {
  const rows = ranges.map((range) => ({ ...placeOf(place), ...textOf(place, range), kind: "free" as const }));
  for (const some of inParts(rows)) await tx.insertInto("address_range").values(some).execute();
}

/** Free ranges only: others end. */
async function deleteFree(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("address_range").where("id", "in", ids).where("kind", "=", "free").execute();
}

export async function deleteAllFree(tx: Tx, prefixId: number): Promise<void> {
  await tx.deleteFrom("address_range").where("prefix_id", "=", prefixId).where("kind", "=", "free").execute();
}

/** What a range is from now on. @property grounds null: of a quarantine */
export type Beginning = {
  kind: Exclude<RangeKind, "free">;
  range: Range;
  grounds: Grounds | null;
  until: Date | null;
  remindAt?: Date | null;
};

/** @returns their ids, in the order of the beginnings */
export async function insertRanges(
  tx: Tx,
  place: Place,
  beginnings: readonly Beginning[],
  { begunBy, now }: { begunBy: number; now: Date },
): Promise<number[]> {
  const rows = beginnings.map(({ kind, range, until, remindAt = null, grounds }) => ({
    ...{ ...placeOf(place), ...textOf(place, range), kind, until, remind_at: remindAt, since: now, begun_by: begunBy },
    ...{ name: grounds?.name ?? null, letter: grounds?.letter ?? null },
    ...{ office_id: grounds?.officeId ?? null, ticket_id: grounds?.ticketId ?? null },
  }));
  const ids: number[] = [];
  for (const some of inParts(rows)) {
    const inserted = await tx
      .insertInto("address_range")
      .values(some)
      .returning("id")
      .$if(rows.length === 1, (one) => one.modifyEnd(prepared))
      .execute();
    ids.push(...inserted.map(({ id }) => id));
  }
  return ids;
}

/** @param by.endedBy null: the clock */
export async function endRange(tx: Tx, id: number, by: { endedBy: number | null; now: Date }): Promise<void> {
  await tx
    .updateTable("address_range")
    .set({ ended_at: by.now, ended_by: by.endedBy })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}

/** What is within a prefix that is nested from now on belongs to it. */
export async function moveRanges(tx: Tx, fromPrefixId: number, into: Place): Promise<void> {
  const { prefix_id, network } = placeOf(into);
  await tx
    .updateTable("address_range")
    .set({ prefix_id, network })
    .where("prefix_id", "=", fromPrefixId)
    .where("ended_at", "is", null)
    .where(sql<boolean>`first <<= ${network}::cidr and last <<= ${network}::cidr`)
    .execute();
}

/** Reservations and quarantines whose time is over, the first due first. */
export function listRangesDue(db: Db, now: Date, limit: number): Promise<number[]> {
  return listDue(db, { table: "address_range" }, now, limit);
}

/** Reservations of which whoever made them is to be told now. */
export function listRangesToRemind(db: Db, now: Date, limit: number): Promise<number[]> {
  return listDue(db, { table: "address_range", column: "remind_at" }, now, limit);
}

export async function markReminded(tx: Tx, id: number): Promise<void> {
  await tx.updateTable("address_range").set({ remind_at: null }).where("id", "=", id).execute();
}

/** A statement takes 65,535 parameters at most. */
function inParts<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, part) =>
    rows.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce),
  );
}

function placeOf(place: Place) {
  return { prefix_id: place.id, zone_id: place.zoneId, network: showPrefix(place) };
}

function textOf({ family }: Pick<Place, "family">, { first, last }: Range) {
  return { first: showAddress({ family, number: first }), last: showAddress({ family, number: last }) };
}
