import { type RawBuilder, sql } from "kysely";
import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Person } from "../../core/domain/people/person.ts";

/** How much of a prefix is used, and in how many pieces. */
export type Use = {
  /** Of its first so many addresses each `period`th one is free, and the others are assigned. */
  pieces: number;
  period: number;
  /** From there to this one a single range is kept free; what is behind is free. Absent: there is none. */
  keptTo?: number;
};

/** Whoever does it, and for whom. */
export type Giving = { person: Person; setting: Setting; officeId: number };

/** Adds a prefix by the action. @returns its id */
export async function openPrefix(db: Db, by: Giving, network: string, zone: string): Promise<number> {
  const answers = { zone, network, name: `Prefix ${zone}` };
  const added = await db.transaction().execute((tx) => addPrefix(tx, by.person, by.setting, { answers }));
  if (!added.ok) throw new Error(`adding ${network} for a benchmark: ${added.refusal.code}`);
  return added.value;
}

/** By statements that leave the same rows as the actions would, of which millions would take hours. @param owner of the database */
export async function usePrefix(owner: Db, by: Giving, prefixId: number, use: Use): Promise<void> {
  const { pieces, period, keptTo = pieces } = use;
  const numbers = sql`generate_series(1, ${pieces}::bigint) as number`;
  await sql`delete from address_range where prefix_id = ${prefixId} and kind = 'free'`.execute(owner);
  await insert(owner, prefixId, "assigned", sql`${numbers} where number % ${period} <> 0`, by);
  await insert(owner, prefixId, "free", sql`${numbers} where number % ${period} = 0`);
  if (keptTo > pieces) await insertOne(owner, prefixId, "kept-free", pieces + 1, sql`${keptTo}::bigint`, by);
  const last = sql`(broadcast(network) - network - 1)`;
  await insertOne(owner, prefixId, "free", keptTo + 1, last);
}

/** One address each. */
async function insert(owner: Db, prefixId: number, kind: string, numbers: RawBuilder<unknown>, by?: Giving) {
  await sql`
    insert into address_range (prefix_id, zone_id, network, kind, first, last, name, office_id, letter, since, begun_by)
    select id, zone_id, network, ${kind}, host(network)::inet + number, host(network)::inet + number,
      ${by ? sql`'Server ' || number` : null}, ${by?.officeId ?? null}::bigint, ${by ? "555/210/2026" : null},
      ${by?.setting.now ?? null}::timestamptz, ${by?.person.id ?? null}::bigint
    from (select * from prefix where id = ${prefixId}) as prefix, ${numbers}`.execute(owner);
}

/** A range from one number to another in the network, where there is something between. */
async function insertOne(
  owner: Db,
  prefixId: number,
  kind: string,
  first: number,
  last: RawBuilder<unknown>,
  by?: Giving,
) {
  await sql`
    insert into address_range (prefix_id, zone_id, network, kind, first, last, name, since, begun_by)
    select id, zone_id, network, ${kind}, host(network)::inet + ${first}::bigint, host(network)::inet + ${last},
      ${by ? "Disisihkan" : null}, ${by?.setting.now ?? null}::timestamptz, ${by?.person.id ?? null}::bigint
    from prefix where id = ${prefixId} and ${first} <= ${last}`.execute(owner);
}

/** Fills without the index that keeps addresses apart, which is built afterwards: row by row it takes most of the time. */
export async function inBulk(owner: Db, fill: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'address_range_once'`.execute(
    owner,
  );
  await sql`alter table address_range drop constraint address_range_once`.execute(owner);
  await fill();
  await sql`alter table address_range add constraint address_range_once ${sql.raw(rows[0]?.definition ?? "")}`.execute(
    owner,
  );
  await sql`vacuum analyze address_range`.execute(owner);
}
