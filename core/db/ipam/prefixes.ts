import { sql } from "kysely";
import type { Address } from "../../domain/ipam/address.ts";
import { contains, type Prefix, prefixOf, showPrefix } from "../../domain/ipam/prefix.ts";
import { prepared } from "../postgres/preparing-client.ts";
import type { Db, Tx } from "../tables.ts";

export type Zone = { id: number; name: string };

export type StoredPrefix = Prefix & {
  id: number;
  zoneId: number;
  zoneName: string;
  name: string;
  isRemoved: boolean;
};

export function listZones(db: Db): Promise<Zone[]> {
  return db.selectFrom("address_zone").select(["id", "name"]).orderBy("name").execute();
}

/** Capitals aside. */
export function findZoneByName(db: Db, name: string): Promise<Zone | undefined> {
  return db
    .selectFrom("address_zone")
    .select(["id", "name"])
    .where(sql`lower(name)`, "=", sql`lower(${name})`)
    .executeTakeFirst();
}

/** The zone of that name, made where there is none. One change of its prefixes at a time: it is locked. */
export async function keepZone(tx: Tx, name: string): Promise<Zone> {
  await sql`insert into address_zone (name) values (${name}) on conflict (lower(name)) do nothing`.execute(tx);
  return tx
    .selectFrom("address_zone")
    .select(["id", "name"])
    .where(sql`lower(name)`, "=", sql`lower(${name})`)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function lockZone(tx: Tx, id: number): Promise<void> {
  await tx.selectFrom("address_zone").select("id").where("id", "=", id).forUpdate().execute();
}

/** By their names in small letters; always in the same order, so that two lists do not wait for each other. */
export async function lockZones(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tx
    .selectFrom("address_zone")
    .select("id")
    .where(sql`lower(name)`, "in", names)
    .orderBy("id")
    .forUpdate()
    .execute();
}

function selectPrefixes(db: Db) {
  return db
    .selectFrom("prefix")
    .innerJoin("address_zone", "address_zone.id", "prefix.zone_id")
    .select(["prefix.id", "prefix.zone_id", "prefix.network", "prefix.name", "prefix.removed_at"])
    .select("address_zone.name as zone_name");
}

type PrefixRow = Awaited<ReturnType<ReturnType<typeof selectPrefixes>["executeTakeFirstOrThrow"]>>;

function toPrefix(row: PrefixRow): StoredPrefix {
  return {
    ...prefixOf(row.network),
    id: row.id,
    zoneId: row.zone_id,
    zoneName: row.zone_name,
    name: row.name,
    isRemoved: row.removed_at !== null,
  };
}

export async function findPrefix(db: Db, id: number): Promise<StoredPrefix | undefined> {
  const row = await selectPrefixes(db).where("prefix.id", "=", id).executeTakeFirst();
  return row && toPrefix(row);
}

/** One change of its addresses at a time. */
export async function lockPrefix(tx: Tx, id: number): Promise<StoredPrefix | undefined> {
  const row = await selectPrefixes(tx)
    .where("prefix.id", "=", id)
    .forUpdate("prefix")
    .modifyEnd(prepared)
    .executeTakeFirst();
  return row && toPrefix(row);
}

/** Those of a zone, or all, in the order of their addresses: a parent stands before what is nested in it. */
export async function listPrefixes(db: Db, zoneId?: number): Promise<StoredPrefix[]> {
  const rows = await selectPrefixes(db)
    .where("prefix.removed_at", "is", null)
    .$if(zoneId !== undefined, (query) => query.where("prefix.zone_id", "=", zoneId ?? 0))
    .orderBy("address_zone.name")
    .orderBy("prefix.network")
    .execute();
  return rows.map(toPrefix);
}

export async function insertPrefix(
  tx: Tx,
  { zoneId, prefix, name, addedBy, now }: { zoneId: number; prefix: Prefix; name: string; addedBy: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("prefix")
    .values({ zone_id: zoneId, network: showPrefix(prefix), name, added_by: addedBy, added_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function renamePrefix(tx: Tx, id: number, name: string): Promise<void> {
  await tx.updateTable("prefix").set({ name }).where("id", "=", id).execute();
}

export async function markRemoved(tx: Tx, id: number, by: { removedBy: number | null; now: Date }): Promise<void> {
  await tx.updateTable("prefix").set({ removed_by: by.removedBy, removed_at: by.now }).where("id", "=", id).execute();
}

/** The zones of the register in which an address is. */
export async function zonesWith(db: Db, { family, number }: Address): Promise<number[]> {
  const around = (await listPrefixes(db)).filter((prefix) => contains(prefix, { family, first: number, last: number }));
  return [...new Set(around.map(({ zoneId }) => zoneId))];
}
