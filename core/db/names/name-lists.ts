import { sql } from "kysely";
import type { NameAddress, NameKind, NameState } from "../../domain/names/name.ts";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";
import { addressesOf } from "./names.ts";

/** A name as it is or was, as it is read: who has it, why, where it leads, since when, and by whom that was done. */
export type ListedName = {
  id: number;
  name: string;
  kind: NameKind;
  state: NameState;
  purpose: string | null;
  officeCode: string | null;
  officeName: string | null;
  villageId: number | null;
  villageName: string | null;
  district: string | null;
  ticketId: number | null;
  letter: string | null;
  aliasOf: string | null;
  elsewhere: string | null;
  addresses: NameAddress[];
  since: Date;
  /** null: by the clock */
  begunByName: string | null;
  until: Date | null;
  endedAt: Date | null;
  /** null: it has not ended, or by the clock. */
  endedByName: string | null;
};

function selectListed(db: Db) {
  return db
    .selectFrom("dns_name")
    .leftJoin("person as beginner", "beginner.id", "dns_name.begun_by")
    .leftJoin("person as ender", "ender.id", "dns_name.ended_by")
    .leftJoin("office", "office.id", "dns_name.office_id")
    .leftJoin("village", "village.id", "dns_name.village_id")
    .select(["dns_name.id", "dns_name.name", "dns_name.kind", "dns_name.state", "dns_name.purpose"])
    .select(["office.code as officeCode", "office.name as officeName", "dns_name.village_id as villageId"])
    .select(["village.name as villageName", "village.district", "dns_name.ticket_id as ticketId", "dns_name.letter"])
    .select(["dns_name.alias_of as aliasOf", "dns_name.elsewhere", addressesOf.as("addresses"), "dns_name.since"])
    .select(["beginner.name as begunByName", "dns_name.until", "dns_name.ended_at as endedAt"])
    .select("ender.name as endedByName");
}

export function findListedName(db: Db, id: number): Promise<ListedName | undefined> {
  return selectListed(db).where("dns_name.id", "=", id).executeTakeFirst();
}

/** The name as it is now, or as it was last. */
export function findLastOfName(db: Db, name: string): Promise<ListedName | undefined> {
  return selectListed(db)
    .where("dns_name.name", "=", name)
    .orderBy("dns_name.since", "desc")
    .orderBy("dns_name.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** All that a name was, and is, the latest first. */
export function listNameHistory(db: Db, name: string, { offset, limit }: Page): Promise<ListedName[]> {
  return selectListed(db)
    .where("dns_name.name", "=", name)
    .orderBy("dns_name.since", "desc")
    .orderBy("dns_name.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** All that are not free, by their names. */
export function listNames(db: Db, { offset, limit }: Page): Promise<ListedName[]> {
  return selectListed(db)
    .where("dns_name.ended_at", "is", null)
    .orderBy("dns_name.name")
    .offset(offset)
    .limit(limit)
    .execute();
}

export function listAllNames(db: Db): Promise<ListedName[]> {
  return selectListed(db).where("dns_name.ended_at", "is", null).orderBy("dns_name.name").execute();
}

/** What is not free, and has these words in its name, its purpose, its letter, its office, its village, or leads to that address. */
export function searchNames(db: Db, words: string, { offset, limit }: Page): Promise<ListedName[]> {
  const has = (column: string) => sql<boolean>`strpos(lower(${sql.ref(column)}), lower(${words})) > 0`;
  const columns = ["dns_name.name", "dns_name.purpose", "dns_name.letter", "dns_name.alias_of", "office.code"];
  return selectListed(db)
    .where("dns_name.ended_at", "is", null)
    .where((row) =>
      row.or([
        ...[...columns, "office.name", "village.name", "village.district"].map(has),
        sql<boolean>`exists (select from dns_name_address as at
          where at.dns_name_id = dns_name.id and starts_with(host(at.address), lower(${words})))`,
      ]),
    )
    .orderBy("dns_name.name")
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function countNames(db: Db): Promise<Record<NameState, number>> {
  const rows = await db
    .selectFrom("dns_name")
    .select(["state", (row) => row.fn.countAll<number>().as("count")])
    .where("ended_at", "is", null)
    .groupBy("state")
    .execute();
  return { reserved: 0, "in-use": 0, quarantined: 0, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

/** How many names are a village's now. */
export async function countNamesOfVillage(db: Db, villageId: number): Promise<number> {
  const { count } = await db
    .selectFrom("dns_name")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("village_id", "=", villageId)
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

export function listNamesOfVillage(db: Db, villageId: number): Promise<ListedName[]> {
  return selectListed(db)
    .where("dns_name.village_id", "=", villageId)
    .where("dns_name.ended_at", "is", null)
    .orderBy("dns_name.name")
    .execute();
}
