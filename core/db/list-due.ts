import { sql } from "kysely";
import type { Db } from "./tables.ts";

/** What holds something in a register for some time: rows that end, or of which somebody is to be told before that. */
type Due = { table: "address_range" | "dns_name" | "rack_place"; column?: "until" | "remind_at" };

/** Of what lasts yet, those whose time has come, the first due first. @returns their ids */
export async function listDue(db: Db, { table, column = "until" }: Due, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table(table)} where ended_at is null and ${sql.ref(column)} <= ${now}
    order by ${sql.ref(column)}, id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
