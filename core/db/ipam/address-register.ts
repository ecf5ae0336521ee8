import { sql } from "kysely";
import type { FileLine } from "../../domain/form/csv.ts";
import { addressOf, showAddress } from "../../domain/ipam/address.ts";
import { type AddressRegister, spansIn, type TakenSpan, ticketsIn, zoneKey } from "../../domain/ipam/address-file.ts";
import { listOffices } from "../people/offices.ts";
import type { Db } from "../tables.ts";
import { listPrefixes, listZones } from "./prefixes.ts";

/** What there is as far as these lines of a list of addresses are about it. */
export async function findAddressRegister(db: Db, lines: readonly FileLine[]): Promise<AddressRegister> {
  return {
    offices: await listOffices(db),
    ticketIds: await existing(db, ticketsIn(lines)),
    prefixes: await listPrefixes(db),
    taken: await listTakenAt(db, lines),
  };
}

async function existing(db: Db, ticketIds: readonly number[]): Promise<Set<number>> {
  if (ticketIds.length === 0) return new Set();
  const rows = await db.selectFrom("ticket").select("id").where("id", "in", ticketIds).execute();
  return new Set(rows.map(({ id }) => id));
}

/** What is not free among the addresses that the lines name: one look at the index for each. */
async function listTakenAt(db: Db, lines: readonly FileLine[]): Promise<TakenSpan[]> {
  const zones = new Map((await listZones(db)).map(({ id, name }) => [zoneKey(name), id]));
  const named = spansIn(lines).flatMap(({ zone, span: { family, first, last } }) => {
    const zoneId = zones.get(zone);
    if (zoneId === undefined) return [];
    return [{ zoneId, first: showAddress({ family, number: first }), last: showAddress({ family, number: last }) }];
  });
  if (named.length === 0) return [];
  const { rows } = await sql<{
    id: number;
    zone: string;
    prefixId: number;
    kind: TakenSpan["kind"];
    first: string;
    last: string;
    name: string | null;
    officeId: number | null;
  }>`
    select distinct range.id, address_zone.name as zone, range.prefix_id as "prefixId", range.kind, range.first, range.last,
      range.name, range.office_id as "officeId"
    from unnest(
      ${named.map(({ zoneId }) => zoneId)}::bigint[],
      ${named.map(({ first }) => first)}::inet[],
      ${named.map(({ last }) => last)}::inet[]) as named (zone_id, first, last)
    join address_range as range
      on int8range(range.zone_id, range.zone_id, '[]') && int8range(named.zone_id, named.zone_id, '[]')
      and address_span(range.first, range.last, '[]') && address_span(named.first, named.last, '[]')
      and range.ended_at is null and range.kind <> 'free'
    join address_zone on address_zone.id = range.zone_id`.execute(db);
  return rows.map(({ first, last, ...row }) => {
    const { family, number } = addressOf(first);
    return { ...row, family, first: number, last: addressOf(last).number };
  });
}
