import { type RawBuilder, sql } from "kysely";
import type { RangeKind } from "../../domain/ipam/address-range.ts";
import { type Difference, goneAfterDays } from "../../domain/ipam/scan.ts";
import type { Db, Tx } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";
import { isIn } from "./address-scans.ts";

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

/** Of one prefix, or of all. `silentDays`: from how many days of silence on an assigned address counts as silent. */
type About = { silentDays: number; prefixId?: number };

/**
 * Of prefixes that are scanned, and of the addresses that the last scan with a result asked. A range that is kept free is
 * nobody's by the register, and may well be used: for DHCP, for a router.
 */
function compared({ silentDays, prefixId }: About): RawBuilder<unknown> {
  return sql`
    select
      case
        when range.kind in ('free', 'reserved', 'quarantined') and seen.silent_days < ${goneAfterDays}
          and seen.answered_at >= coalesce(range.since, seen.answered_at) then 'unregistered'
        when range.kind = 'assigned' and seen.silent_days >= ${silentDays} and ${isHeldFor(silentDays)} then 'silent'
      end as difference,
      seen.zone_id as "zoneId", seen.address, range.kind, range.name, office.code as "officeCode",
      seen.answered_at as "answeredAt", seen.silent_days as "silentDays", seen.told
    from prefix_scan
    join address_range as range on range.prefix_id = prefix_scan.prefix_id and range.ended_at is null
      and range.kind <> 'kept-free'
    join lateral (select * from address_seen as seen where ${isIn}) as seen on seen.asked_at = prefix_scan.concluded_at
    left join office on office.id = range.office_id
    where prefix_scan.ended_at is null and ${prefixId === undefined ? sql`true` : sql`prefix_scan.prefix_id = ${prefixId}`}`;
}

/** Whoever has the address has had it for so long: its corrections begin rows, too, and change nothing of that. */
function isHeldFor(days: number): RawBuilder<boolean> {
  const since = sql`seen.asked_at - make_interval(days => ${days})`;
  return sql`
    exists (select from address_range as held
      where held.zone_id = range.zone_id and held.first = range.first and held.kind = 'assigned' and held.since <= ${since})
    and not exists (select from address_range as other
      where other.zone_id = range.zone_id and other.first = range.first and other.kind in ('reserved', 'quarantined')
        and other.ended_at > ${since})`;
}

/** In the order of their addresses. */
export async function listDifferences(db: Db, about: About, { offset, limit }: Page): Promise<ListedDifference[]> {
  const { rows } = await sql<ListedDifference>`
    select difference, "zoneId", host(address) as address, kind, name, "officeCode", "answeredAt", "silentDays"
    from (${compared(about)}) as compared
    where difference is not null
    order by "zoneId", compared.address offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

/** How many of each there are. */
export async function countDifferences(db: Db, about: About): Promise<Record<Difference, number>> {
  const { rows } = await sql<{ difference: Difference; count: number }>`
    select difference, count(*) as count from (${compared(about)}) as compared
    where difference is not null group by difference`.execute(db);
  return { unregistered: 0, silent: 0, ...Object.fromEntries(rows.map((row) => [row.difference, row.count])) };
}

/** Marks those of a prefix as told. @returns how many of each were not */
export async function markTold(tx: Tx, about: Required<About>): Promise<Record<Difference, number>> {
  const { rows } = await sql<{ told: Difference | null }>`
    update address_seen as seen set told = compared.difference
    from (${compared(about)}) as compared
    where compared.difference is distinct from compared.told
      and seen.zone_id = compared."zoneId" and seen.address = compared.address
    returning seen.told`.execute(tx);
  const count = (difference: Difference) => rows.filter(({ told }) => told === difference).length;
  return { unregistered: count("unregistered"), silent: count("silent") };
}
