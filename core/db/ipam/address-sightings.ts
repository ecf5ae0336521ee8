import { sql } from "kysely";
import { type Address, showAddress } from "../../domain/ipam/address.ts";
import type { Db, Tx } from "../tables.ts";
import { isIn } from "./address-scans.ts";

/** What one scan has seen of a prefix, as text. */
export type Sighting = { zoneId: number; prefixId: number; answered: readonly string[]; silent: readonly string[] };

/** Before what a scan has seen is kept: who changes the prefixes of a zone locks it first, too. */
export async function holdZone(tx: Tx, zoneId: number): Promise<void> {
  await sql`select id from address_zone where id = ${zoneId} for key share`.execute(tx);
}

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
export async function forgetSilent(tx: Tx, prefixId: number, silentDays: number): Promise<void> {
  await sql`
    delete from address_seen as seen using address_range as range
    where range.prefix_id = ${prefixId} and range.ended_at is null and range.kind <> 'assigned' and ${isIn}
      and seen.silent_days >= ${silentDays}`.execute(tx);
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
