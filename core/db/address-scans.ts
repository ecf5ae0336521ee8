import { sql } from "kysely";
import { type Address, addressOf, showAddress } from "../domain/ipam/address.ts";
import type { RangeKind } from "../domain/ipam/address-range.ts";
import { showPrefix } from "../domain/ipam/prefix.ts";
import type { Difference } from "../domain/ipam/scan.ts";
import type { StoredPrefix } from "./prefixes.ts";
import type { Db, Tx } from "./tables.ts";
import type { Page } from "./tickets.ts";

/** Why a scan says nothing: no address answered at all, so that the way there is cut; or it could not be made. */
export type ScanProblem = "nothing-answers" | "no-fping" | "failed";

/** How the scans of a prefix stand. `asked`, `answered`: how many addresses, the last time; null before the first. */
export type PrefixScan = {
  prefixId: number;
  begunAt: Date;
  wantedAt: Date | null;
  scannedAt: Date | null;
  asked: number | null;
  answered: number | null;
  problem: ScanProblem | null;
};

function selectScans(db: Db) {
  return db
    .selectFrom("prefix_scan")
    .select(["prefix_id as prefixId", "begun_at as begunAt", "wanted_at as wantedAt", "scanned_at as scannedAt"])
    .select(["asked", "answered", "problem"]);
}

/** undefined: it is not scanned. */
export function findScan(db: Db, prefixId: number): Promise<PrefixScan | undefined> {
  return selectScans(db).where("prefix_id", "=", prefixId).executeTakeFirst();
}

/** All prefixes that are scanned. */
export function listScans(db: Db): Promise<PrefixScan[]> {
  return selectScans(db).orderBy("prefix_id").execute();
}

/** One beginning at a time, so that two do not overlook each other. */
export async function lockScans(tx: Tx): Promise<void> {
  await sql`lock table prefix_scan in share row exclusive mode`.execute(tx);
}

export async function insertScan(tx: Tx, prefixId: number, by: { begunBy: number; now: Date }): Promise<void> {
  await tx.insertInto("prefix_scan").values({ prefix_id: prefixId, begun_by: by.begunBy, begun_at: by.now }).execute();
}

/** @returns false where there was none */
export async function deleteScan(tx: Tx, prefixId: number): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("prefix_scan")
    .where("prefix_id", "=", prefixId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function markScanWanted(tx: Tx, prefixId: number, now: Date): Promise<void> {
  await tx.updateTable("prefix_scan").set({ wanted_at: now }).where("prefix_id", "=", prefixId).execute();
}

/** What came of a scan. @returns false where the prefix is scanned no more */
export async function saveScan(
  tx: Tx,
  prefixId: number,
  scan: { asked: number; answered: number; problem: ScanProblem | null; now: Date },
): Promise<boolean> {
  const { asked, answered, problem, now } = scan;
  const { numUpdatedRows } = await tx
    .updateTable("prefix_scan")
    .set({ scanned_at: now, asked, answered, problem })
    .where("prefix_id", "=", prefixId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** What is registered in a prefix, in order. */
export async function listRegistered(db: Db, prefixId: number): Promise<bigint[]> {
  const rows = await db
    .selectFrom("address_range")
    .select("first")
    .where("prefix_id", "=", prefixId)
    .where("ended_at", "is", null)
    .where("kind", "in", ["assigned", "reserved", "quarantined"])
    .orderBy("first")
    .execute();
  return rows.map(({ first }) => addressOf(first).number);
}

/** What one scan has seen of a zone, as text. */
export type Sighting = { zoneId: number; prefixId: number; answered: readonly string[]; silent: readonly string[] };

/**
 * Keeps when each address answered last. Of the silent ones, those that are assigned or once answered.
 *
 * @param startOfDay silence is counted by days: a second scan of the same day adds none
 */
export async function saveSighting(
  tx: Tx,
  { zoneId, prefixId, answered, silent }: Sighting,
  { now, startOfDay }: { now: Date; startOfDay: Date },
): Promise<void> {
  await sql`
    insert into address_seen (zone_id, address, answered_at, asked_at, silent_days)
    select ${zoneId}, address, ${now}, ${now}, 0 from unnest(${answered}::inet[]) as address
    on conflict (zone_id, address) do update set answered_at = ${now}, asked_at = ${now}, silent_days = 0`.execute(tx);
  await sql`
    update address_seen
    set silent_days = silent_days + case when asked_at < ${startOfDay} then 1 else 0 end, asked_at = ${now}
    where zone_id = ${zoneId} and address = any(${silent}::inet[])`.execute(tx);
  await sql`
    insert into address_seen (zone_id, address, asked_at, silent_days)
    select zone_id, first, ${now}, 1 from address_range
    where prefix_id = ${prefixId} and kind = 'assigned' and ended_at is null and first = any(${silent}::inet[])
    on conflict (zone_id, address) do nothing`.execute(tx);
}

/** Forgets addresses of a prefix that nobody has and that have been silent for so many days. */
export async function forgetSilent(tx: Tx, { zoneId, ...prefix }: StoredPrefix, silentDays: number): Promise<void> {
  await sql`
    delete from address_seen as seen
    where zone_id = ${zoneId} and address <<= ${showPrefix(prefix)}::cidr and silent_days >= ${silentDays}
      and not exists (
        select from address_range as range
        where range.zone_id = seen.zone_id and range.first = seen.address and range.kind = 'assigned' and ended_at is null
      )`.execute(tx);
}

/** When an address was asked last, and when it answered. @property silentDays days in a row on which it did not answer */
export type Seen = { answeredAt: Date | null; askedAt: Date; silentDays: number };

/** undefined: it was not asked, or never answered and nobody has it. */
export function findSeen(db: Db, zoneId: number, address: Address): Promise<Seen | undefined> {
  return db
    .selectFrom("address_seen")
    .select(["answered_at as answeredAt", "asked_at as askedAt", "silent_days as silentDays"])
    .where("zone_id", "=", zoneId)
    .where("address", "=", showAddress(address))
    .executeTakeFirst();
}

/** An address of which the register says something else than what was seen. */
export type ListedDifference = {
  difference: Difference;
  zoneId: number;
  address: string;
  kind: RangeKind;
  name: string | null;
  officeCode: string | null;
  answeredAt: Date | null;
  silentDays: number;
};

/**
 * Of prefixes that are scanned. A range that is kept free is nobody's by the register, and may well be used: for DHCP, for
 * a router. What is assigned is silent only after it was so long enough in the hands of who has it.
 */
function differences(silentDays: number) {
  return sql<ListedDifference & { prefixId: number; told: Difference | null }>`
    select * from (
      select
        case
          when range.kind in ('free', 'reserved', 'quarantined') and seen.answered_at = seen.asked_at then 'unregistered'
          when range.kind = 'assigned' and seen.silent_days >= ${silentDays}
            and range.since <= seen.asked_at - make_interval(days => ${silentDays}) then 'silent'
        end as difference,
        range.prefix_id as "prefixId", seen.zone_id as "zoneId", seen.address, range.kind, range.name,
        office.code as "officeCode", seen.answered_at as "answeredAt", seen.silent_days as "silentDays", seen.told
      from address_seen as seen
      join address_range as range on int8range(range.zone_id, range.zone_id, '[]') && int8range(seen.zone_id, seen.zone_id, '[]')
        and address_span(range.first, range.last, '[]') @> seen.address and range.ended_at is null
      join prefix_scan on prefix_scan.prefix_id = range.prefix_id
      left join office on office.id = range.office_id
    ) as compared`;
}

/** Those of a prefix, or of all, in the order of their addresses. */
export async function listDifferences(
  db: Db,
  { silentDays, prefixId }: { silentDays: number; prefixId?: number },
  { offset, limit }: Page,
): Promise<ListedDifference[]> {
  const { rows } = await sql<ListedDifference>`
    select difference, "zoneId", host(address) as address, kind, name, "officeCode", "answeredAt", "silentDays"
    from (${differences(silentDays)}) as compared
    where difference is not null and ${ofPrefix(prefixId)}
    order by "zoneId", compared.address offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

/** How many of each there are. */
export async function countDifferences(
  db: Db,
  { silentDays, prefixId }: { silentDays: number; prefixId?: number },
): Promise<Record<Difference, number>> {
  const { rows } = await sql<{ difference: Difference; count: number }>`
    select difference, count(*) as count from (${differences(silentDays)}) as compared
    where difference is not null and ${ofPrefix(prefixId)} group by difference`.execute(db);
  return { unregistered: 0, silent: 0, ...Object.fromEntries(rows.map((row) => [row.difference, row.count])) };
}

function ofPrefix(prefixId: number | undefined) {
  return prefixId === undefined ? sql`true` : sql`"prefixId" = ${prefixId}`;
}

/** Marks those of a prefix as told. @returns how many of each were not */
export async function markTold(
  tx: Tx,
  { silentDays, prefixId }: { silentDays: number; prefixId: number },
): Promise<Record<Difference, number>> {
  const { rows } = await sql<{ told: Difference | null }>`
    update address_seen as seen set told = compared.difference
    from (${differences(silentDays)}) as compared
    where compared."prefixId" = ${prefixId} and compared.difference is distinct from compared.told
      and seen.zone_id = compared."zoneId" and seen.address = compared.address
    returning seen.told`.execute(tx);
  const count = (difference: Difference) => rows.filter(({ told }) => told === difference).length;
  return { unregistered: count("unregistered"), silent: count("silent") };
}
