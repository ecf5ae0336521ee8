import { sql } from "kysely";
import { lookOf } from "../../domain/names/look-alike.ts";
import type { NameAddress, NameGrounds, NameKind, NameState, Pointing, PresentName } from "../../domain/names/name.ts";
import { listDue } from "../list-due.ts";
import { lockKey } from "../locks.ts";
import type { Db, Tx } from "../tables.ts";

/** The addresses of a row of `dns_name`, in their order. */
export const addressesOf = sql<NameAddress[]>`coalesce((
  select json_agg(json_build_object('zoneId', to_.zone_id, 'address', host(to_.address)) order by to_.address, to_.zone_id)
  from dns_name_address as to_ where to_.dns_name_id = dns_name.id), '[]')`;

function selectNames(db: Db) {
  return db
    .selectFrom("dns_name")
    .select(["id", "name", "kind", "state", "purpose", "office_id", "village_id", "ticket_id", "letter"])
    .select(["alias_of", "elsewhere", "until", addressesOf.as("addresses")])
    .where("ended_at", "is", null);
}

type NameRow = Awaited<ReturnType<ReturnType<typeof selectNames>["executeTakeFirstOrThrow"]>>;

function toName(row: NameRow): PresentName {
  const { purpose: name, office_id: officeId, village_id: villageId, ticket_id: ticketId, letter } = row;
  const { id, kind, state, until, addresses } = row;
  const grounds = name === null ? null : { name, officeId, villageId, ticketId, letter };
  const pointing = { addresses, aliasOf: row.alias_of, elsewhere: row.elsewhere };
  return { id, name: row.name, kind, state, grounds, until, ...pointing };
}

export async function findName(db: Db, id: number): Promise<PresentName | undefined> {
  const row = await selectNames(db).where("id", "=", id).executeTakeFirst();
  return row && toName(row);
}

/** As it is now. */
export async function findNameNow(db: Db, name: string): Promise<PresentName | undefined> {
  const row = await selectNames(db).where("name", "=", name).executeTakeFirst();
  return row && toName(row);
}

/**
 * One change of names at a time: what one may do depends on those around it, and they change a few times a day. Who locks
 * prefixes, too, locks them first.
 */
export async function lockNames(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey("names")})`.execute(tx);
}

/** Those of one level that look like it, the name itself left out. */
export async function listLookAlikes(db: Db, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom("dns_name")
    .select("name")
    .where("look", "=", lookOf(name))
    .where("name", "<>", name)
    .where("ended_at", "is", null)
    .orderBy("name")
    .execute();
  return rows.map((row) => row.name);
}

/** Those that lead to that address. */
export async function listNamesAt(db: Db, { zoneId, address }: NameAddress): Promise<PresentName[]> {
  const rows = await selectNames(db)
    .where((row) =>
      row.exists(
        row
          .selectFrom("dns_name_address as at")
          .select("at.address")
          .whereRef("at.dns_name_id", "=", "dns_name.id")
          .where("at.address", "=", address)
          .where("at.zone_id", zoneId === null ? "is" : "=", zoneId),
      ),
    )
    .orderBy("name")
    .execute();
  return rows.map(toName);
}

/**
 * Names that are in the way when one goes: aliases of it, and what stands right or deeper below it. No name holds a sign
 * that means something in a pattern.
 */
export async function listDependants(db: Db, name: string): Promise<{ aliases: PresentName[]; below: PresentName[] }> {
  const rows = await selectNames(db)
    .where((row) => row.or([row("alias_of", "=", name), sql<boolean>`name like ${`%.${name}`}`]))
    .where("state", "<>", "quarantined")
    .orderBy("name")
    .execute();
  const found = rows.map(toName);
  return {
    aliases: found.filter((each) => each.aliasOf === name),
    below: found.filter((each) => each.name.endsWith(`.${name}`)),
  };
}

/** Reserved or in use, for a ticket. */
export async function listNamesOfTicket(db: Db, ticketId: number): Promise<PresentName[]> {
  const rows = await selectNames(db).where("ticket_id", "=", ticketId).orderBy("id").execute();
  return rows.map(toName);
}

/** Reservations and quarantines whose time is over, the first due first. */
export function listNamesDue(db: Db, now: Date, limit: number): Promise<number[]> {
  return listDue(db, { table: "dns_name" }, now, limit);
}

/** All in use, by their names. */
export async function listNamesInUse(db: Db): Promise<PresentName[]> {
  const rows = await selectNames(db).where("state", "=", "in-use").orderBy("name").execute();
  return rows.map(toName);
}

/** What a name is from now on. @property grounds null: of a quarantine */
export type NameBeginning = {
  name: string;
  kind: NameKind;
  state: NameState;
  grounds: NameGrounds | null;
  until: Date | null;
} & Pointing;

/** @returns its id; undefined where somebody was quicker */
export async function insertName(
  tx: Tx,
  beginning: NameBeginning,
  { begunBy, now }: { begunBy: number | null; now: Date },
): Promise<number | undefined> {
  const { name, kind, state, grounds, until, aliasOf, elsewhere, addresses } = beginning;
  const row = await tx
    .insertInto("dns_name")
    .values({
      ...{ name, look: lookOf(name), kind, state, until, since: now, begun_by: begunBy },
      ...{ purpose: grounds?.name ?? null, letter: grounds?.letter ?? null, ticket_id: grounds?.ticketId ?? null },
      ...{ office_id: grounds?.officeId ?? null, village_id: grounds?.villageId ?? null },
      ...{ alias_of: aliasOf, elsewhere },
    })
    .onConflict((conflict) => conflict.column("name").where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row !== undefined && addresses.length > 0) {
    const rows = addresses.map(({ zoneId, address }) => ({ dns_name_id: row.id, zone_id: zoneId, address }));
    await tx.insertInto("dns_name_address").values(rows).execute();
  }
  return row?.id;
}

/** @param by.endedBy null: the clock */
export async function endName(tx: Tx, id: number, by: { endedBy: number | null; now: Date }): Promise<void> {
  await tx
    .updateTable("dns_name")
    .set({ ended_at: by.now, ended_by: by.endedBy })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}
