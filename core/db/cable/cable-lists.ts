import { sql } from "kysely";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";

/** How many cables lie, and how many of them have a label that nobody has printed. */
export async function countCables(db: Db): Promise<{ all: number; unprinted: number }> {
  return db
    .selectFrom("cable_label")
    .select((row) => row.fn.countAll<number>().as("all"))
    .select((row) => row.fn.countAll<number>().filterWhere("printed_at", "is", null).as("unprinted"))
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
}

/** The ids of all that lie, the newest first. */
export async function listCableIds(
  db: Db,
  which: { unprinted?: true; ticketId?: number },
  { offset, limit }: Page,
): Promise<number[]> {
  const { unprinted, ticketId } = which;
  const rows = await db
    .selectFrom("cable")
    .innerJoin("cable_label as label", "label.cable_id", "cable.id")
    .select("cable.id")
    .where("label.ended_at", "is", null)
    .$if(unprinted === true, (query) => query.where("label.printed_at", "is", null))
    .$if(ticketId !== undefined, (query) => query.where("cable.ticket_id", "=", ticketId ?? 0))
    .orderBy("cable.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The ids of all that lie, the oldest first. */
export async function listAllCableIds(db: Db): Promise<number[]> {
  const rows = await db.selectFrom("cable").select("id").where("removed_at", "is", null).orderBy("id").execute();
  return rows.map(({ id }) => id);
}

/** A cable that was found; `formerCode`: by a code that it does not have any more. */
export type FoundCable = { id: number; formerCode: string | null };

/** What has these words in its code, now or before, or in the name or the tag of a device at one of its ends. What lies comes first. */
export async function searchCables(db: Db, words: string, { offset, limit }: Page): Promise<FoundCable[]> {
  const has = (column: string) => sql`strpos(lower(${sql.ref(column)}), lower(${words})) > 0`;
  const { rows } = await sql<FoundCable>`
    select cable.id, case when present.id is null then former.code end as "formerCode"
    from cable
    left join lateral (
      select label.id from cable_label as label
      where label.cable_id = cable.id and label.ended_at is null and ${has("label.code")}
      union all
      select port_use.id from port_use join asset on asset.id = port_use.asset_id
      where port_use.cable_id = cable.id and port_use.ended_at is null
        and (${has("asset.name")} or ${has("asset.asset_tag")})
      limit 1
    ) as present on true
    left join lateral (
      select label.code from cable_label as label
      where label.cable_id = cable.id and label.ended_at is not null and ${has("label.code")}
      order by label.id desc limit 1
    ) as former on true
    where present.id is not null or former.code is not null
    order by cable.removed_at is not null, present.id is null, cable.id desc
    offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

/** The cables that lie and have, or had, exactly this code. Capitals do not matter. */
export async function findCablesOfCode(db: Db, code: string): Promise<number[]> {
  const rows = await db
    .selectFrom("cable_label")
    .innerJoin("cable", "cable.id", "cable_label.cable_id")
    .select("cable.id")
    .distinct()
    .where((row) => row(row.fn<string>("upper", ["cable_label.code"]), "=", code.toUpperCase()))
    .where("cable.removed_at", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}
