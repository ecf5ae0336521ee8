import { sql } from "kysely";
import { addressOf } from "../../domain/ipam/address.ts";
import type { ScanProblem } from "../../domain/ipam/scan.ts";
import type { Db, Tx } from "../tables.ts";

/** How the scans of a prefix stand. `asked`, `answered`: how many addresses, the last time; null before the first. */
export type PrefixScan = {
  prefixId: number;
  begunAt: Date;
  wantedAt: Date;
  scannedAt: Date | null;
  asked: number | null;
  answered: number | null;
  problem: ScanProblem | null;
};

function selectScans(db: Db) {
  return db
    .selectFrom("prefix_scan")
    .select(["prefix_id as prefixId", "begun_at as begunAt", "wanted_at as wantedAt", "scanned_at as scannedAt"])
    .select(["asked", "answered", "problem"])
    .where("ended_at", "is", null);
}

/** undefined: it is not scanned. */
export function findScan(db: Db, prefixId: number): Promise<PrefixScan | undefined> {
  return selectScans(db).where("prefix_id", "=", prefixId).executeTakeFirst();
}

/** One change of it at a time. */
export function lockScan(tx: Tx, prefixId: number): Promise<PrefixScan | undefined> {
  return selectScans(tx).where("prefix_id", "=", prefixId).forUpdate().executeTakeFirst();
}

/** All prefixes that are scanned. */
export function listScans(db: Db): Promise<PrefixScan[]> {
  return selectScans(db).orderBy("prefix_id").execute();
}

/** One beginning at a time, so that two do not overlook each other; after the zone and the prefix. */
export async function lockScans(tx: Tx): Promise<void> {
  await sql`lock table prefix_scan in share row exclusive mode`.execute(tx);
}

/** When somebody last asked for a scan of a prefix, also of one that was scanned before. */
export async function findLastWanted(tx: Tx, prefixId: number): Promise<Date | undefined> {
  const row = await tx
    .selectFrom("prefix_scan")
    .select("wanted_at as wantedAt")
    .where("prefix_id", "=", prefixId)
    .executeTakeFirst();
  return row?.wantedAt;
}

/** Begins, also anew: what was seen before counts no more. */
export async function beginScan(tx: Tx, prefixId: number, by: { begunBy: number; now: Date }): Promise<void> {
  const begun = { begun_by: by.begunBy, begun_at: by.now, wanted_at: by.now };
  const none = { scanned_at: null, asked: null, answered: null, problem: null, concluded_at: null, ended_at: null };
  await tx
    .insertInto("prefix_scan")
    .values({ prefix_id: prefixId, ...begun })
    .onConflict((conflict) => conflict.column("prefix_id").doUpdateSet({ ...begun, ...none }))
    .execute();
}

/** Ends, and forgets what was seen. @returns false where it is not scanned */
export async function endScan(tx: Tx, prefixId: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("prefix_scan")
    .set({ ended_at: now })
    .where("prefix_id", "=", prefixId)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  await sql`
    delete from address_seen as seen using address_range as range
    where range.prefix_id = ${prefixId} and range.ended_at is null and ${isIn}`.execute(tx);
  return numUpdatedRows > 0n;
}

/** A sighting is of an address of a range: of one zone, from its first to its last. */
export const isIn = sql`seen.zone_id = range.zone_id and seen.address between range.first and range.last`;

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
    .set({ scanned_at: now, asked, answered, problem, ...(problem === null ? { concluded_at: now } : {}) })
    .where("prefix_id", "=", prefixId)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** What is registered in a prefix, or was seen there: those first that were not asked for the longest. */
export async function listRegistered(db: Db, prefixId: number, limit: number): Promise<bigint[]> {
  const { rows } = await sql<{ address: string }>`
    select host(coalesce(seen.address, range.first)) as address
    from address_range as range left join address_seen as seen on ${isIn}
    where range.prefix_id = ${prefixId} and range.ended_at is null
      and (range.kind in ('assigned', 'reserved', 'quarantined') or seen.address is not null)
    order by seen.asked_at nulls first, range.first, seen.address limit ${limit}`.execute(db);
  return rows.map(({ address }) => addressOf(address).number);
}
