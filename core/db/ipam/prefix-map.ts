import { sql } from "kysely";
import { addressOf } from "../../domain/ipam/address.ts";
import type { RangeKind } from "../../domain/ipam/address-range.ts";
import { nestedIn } from "../../domain/ipam/nesting.ts";
import { prefixOf } from "../../domain/ipam/prefix.ts";
import { gridOf, type Mark } from "../../domain/ipam/prefix-map.ts";
import { sizeOf } from "../../domain/ipam/ranges.ts";
import type { Db } from "../tables.ts";
import { listPrefixes, type StoredPrefix } from "./prefixes.ts";

/** What is not free in a prefix, counted by the squares of its picture, so that a million addresses are a thousand rows. */
export async function listMarks(db: Db, prefix: StoredPrefix): Promise<Mark[]> {
  const nested = nestedIn(prefix, await listPrefixes(db, prefix.zoneId));
  return [
    ...(await countByCell(db, prefix)),
    ...(await listKept(db, prefix)),
    ...nested.map(({ first, last }) => ({ kind: "nested" as const, first, last, count: sizeOf({ first, last }) })),
  ];
}

async function countByCell(db: Db, prefix: StoredPrefix): Promise<Mark[]> {
  const { cellLength } = gridOf(prefix);
  const { rows } = await sql<{ cell: string; kind: Exclude<RangeKind, "free" | "kept-free">; count: number }>`
    select network(set_masklen(first, ${cellLength}::integer))::text as cell, kind, count(*) as count
    from address_range
    where prefix_id = ${prefix.id} and ended_at is null and kind in ('assigned', 'reserved', 'quarantined')
    group by 1, 2`.execute(db);
  return rows.map(({ cell, kind, count }) => {
    const { first, last } = prefixOf(cell);
    return { kind, first, last, count: BigInt(count) };
  });
}

async function listKept(db: Db, prefix: StoredPrefix): Promise<Mark[]> {
  const rows = await db
    .selectFrom("address_range")
    .select(["first", "last"])
    .where("prefix_id", "=", prefix.id)
    .where("ended_at", "is", null)
    .where("kind", "=", "kept-free")
    .execute();
  return rows.map((row) => {
    const range = { first: addressOf(row.first).number, last: addressOf(row.last).number };
    return { kind: "kept-free", ...range, count: sizeOf(range) };
  });
}
