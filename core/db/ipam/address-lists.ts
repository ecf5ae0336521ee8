import { sql } from "kysely";
import { type Address, addressOf, showAddress } from "../../domain/ipam/address.ts";
import type { RangeKind } from "../../domain/ipam/address-range.ts";
import { nestedIn } from "../../domain/ipam/nesting.ts";
import { ownSizeOf } from "../../domain/ipam/prefix.ts";
import { sizeOf } from "../../domain/ipam/ranges.ts";
import type { Utilisation } from "../../domain/ipam/utilisation.ts";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";
import type { StoredPrefix } from "./prefixes.ts";

/** A range that is or was not free, as it is read: who has it, why, since when, and by whom that was done. */
export type ListedRange = {
  id: number;
  prefixId: number;
  zoneId: number;
  zoneName: string;
  network: string;
  kind: Exclude<RangeKind, "free">;
  first: string;
  last: string;
  name: string | null;
  officeCode: string | null;
  officeName: string | null;
  ticketId: number | null;
  letter: string | null;
  since: Date;
  begunByName: string;
  until: Date | null;
  endedAt: Date | null;
  /** null: it has not ended, or by the clock. */
  endedByName: string | null;
};

function selectListed(db: Db) {
  return db
    .selectFrom("address_range as range")
    .innerJoin("address_zone", "address_zone.id", "range.zone_id")
    .innerJoin("person as beginner", "beginner.id", "range.begun_by")
    .leftJoin("person as ender", "ender.id", "range.ended_by")
    .leftJoin("office", "office.id", "range.office_id")
    .select(["range.id", "range.prefix_id as prefixId", "range.zone_id as zoneId", "address_zone.name as zoneName"])
    .select(["range.network", "range.kind", "range.first", "range.last", "range.name"])
    .select(["office.code as officeCode", "office.name as officeName", "range.ticket_id as ticketId", "range.letter"])
    .select(["range.since", "beginner.name as begunByName", "range.until", "range.ended_at as endedAt"])
    .select("ender.name as endedByName")
    .where("range.kind", "<>", "free")
    .$narrowType<{ since: Date; kind: Exclude<RangeKind, "free"> }>();
}

export function findListedRange(db: Db, id: number): Promise<ListedRange | undefined> {
  return selectListed(db).where("range.id", "=", id).executeTakeFirst();
}

/** What is not free in a prefix, in the order of the addresses. */
export function listTaken(db: Db, prefixId: number, { offset, limit }: Page): Promise<ListedRange[]> {
  return selectListed(db)
    .where("range.prefix_id", "=", prefixId)
    .where("range.ended_at", "is", null)
    .orderBy("range.first")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** All that an address was, and is, the latest first: who had it, from when to when. */
export function listHistory(
  db: Db,
  { zoneId, address }: { zoneId: number; address: Address },
  { offset, limit }: Page,
): Promise<ListedRange[]> {
  const shown = showAddress(address);
  const isKept = sql<boolean>`range.kind = 'kept-free' and range.first <= ${shown}::inet and range.last >= ${shown}::inet`;
  return selectListed(db)
    .where("range.zone_id", "=", zoneId)
    .where((row) => row.or([row("range.first", "=", shown), isKept]))
    .orderBy("range.since", "desc")
    .orderBy("range.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** What is assigned, reserved or kept free now, and has these words in its name, its letter, its office or its address. */
export function searchTaken(db: Db, words: string, { offset, limit }: Page): Promise<ListedRange[]> {
  const has = (column: string) => sql<boolean>`strpos(lower(${sql.ref(column)}), lower(${words})) > 0`;
  return selectListed(db)
    .where("range.ended_at", "is", null)
    .where("range.kind", "<>", "quarantined")
    .where((row) =>
      row.or([
        ...["range.name", "range.letter", "office.code", "office.name"].map(has),
        sql<boolean>`starts_with(host(range.first), lower(${words}))`,
      ]),
    )
    .orderBy("range.first")
    .orderBy("range.id")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** What a ticket has of addresses now, reserved or assigned. */
export function listAddressesOfTicket(db: Db, ticketId: number): Promise<ListedRange[]> {
  return selectListed(db)
    .where("range.ticket_id", "=", ticketId)
    .where("range.ended_at", "is", null)
    .orderBy("range.first")
    .execute();
}

/** All that is not free in any prefix, in the order of zones and addresses. */
export function listAllTaken(db: Db): Promise<ListedRange[]> {
  return selectListed(db)
    .where("range.ended_at", "is", null)
    .orderBy("address_zone.name")
    .orderBy("range.first")
    .orderBy("range.id")
    .execute();
}

/**
 * How much of each prefix is what, by its id.
 *
 * @param prefixes all that there are, of one zone or of all: what is nested in one is not its own
 */
export async function utilisations(db: Db, prefixes: readonly StoredPrefix[]): Promise<Map<number, Utilisation>> {
  const ids = prefixes.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const counts = await countKinds(db, ids);
  const kept = await countKept(db, ids);
  return new Map(
    prefixes.map((prefix) => {
      const nested = nestedIn(
        prefix,
        prefixes.filter(({ zoneId }) => zoneId === prefix.zoneId),
      );
      const count = (kind: RangeKind) => BigInt(counts.get(`${prefix.id} ${kind}`) ?? 0);
      const utilisation = {
        ...{ all: ownSizeOf(prefix, nested), assigned: count("assigned"), reserved: count("reserved") },
        ...{ quarantined: count("quarantined"), keptFree: kept.get(prefix.id) ?? 0n },
      };
      return [prefix.id, utilisation];
    }),
  );
}

/** Of those that hold one address each, by prefix and kind; as triggers keep it. */
async function countKinds(db: Db, prefixIds: readonly number[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("address_count")
    .select(["prefix_id", "kind", "count"])
    .where("prefix_id", "in", prefixIds)
    .execute();
  return new Map(rows.map((row) => [`${row.prefix_id} ${row.kind}`, row.count]));
}

async function countKept(db: Db, prefixIds: readonly number[]): Promise<Map<number, bigint>> {
  const rows = await db
    .selectFrom("address_range")
    .select(["prefix_id", "first", "last"])
    .where("prefix_id", "in", prefixIds)
    .where("ended_at", "is", null)
    .where("kind", "=", "kept-free")
    .execute();
  const sizes = new Map<number, bigint>();
  for (const row of rows) {
    const size = sizeOf({ first: addressOf(row.first).number, last: addressOf(row.last).number });
    sizes.set(row.prefix_id, (sizes.get(row.prefix_id) ?? 0n) + size);
  }
  return sizes;
}
