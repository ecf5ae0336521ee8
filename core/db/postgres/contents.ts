import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../tables.ts";
import { connectClient } from "./postgres-session.ts";

/** "18.4" */
export async function readServerVersion(owner: pg.ClientConfig): Promise<string> {
  const client = await connectClient(owner, "simpul version");
  try {
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version");
    return rows[0]?.version ?? "";
  } finally {
    await client.end();
  }
}

/** Whether nobody has made anything in it yet: no relation, and no schema beside `public`. */
export async function isEmptyDatabase(owner: pg.ClientConfig): Promise<boolean> {
  const client = await connectClient(owner, "simpul contents");
  try {
    const { rowCount } = await client.query(
      `select from pg_namespace as schema left join pg_class as relation on relation.relnamespace = schema.oid
       where schema.nspname !~ '^pg_' and schema.nspname <> 'information_schema'
         and (relation.oid is not null or schema.nspname <> 'public')
       limit 1`,
    );
    return rowCount === 0;
  } finally {
    await client.end();
  }
}

export type Contents = {
  tickets: number;
  people: number;
  /** When the newest message came or went; null: none. */
  newestMessageAt: Date | null;
};

/** By which somebody who restores a backup sees what it holds. */
export async function countContents(db: Db): Promise<Contents> {
  const { rows } = await sql<Contents>`
    select (select count(*) from ticket) as tickets,
           (select count(*) from person) as people,
           greatest((select max(received_at) from inbox), (select max(sent_at) from outbox)) as "newestMessageAt"
  `.execute(db);
  const [contents] = rows;
  if (contents === undefined) throw new Error("counting what the database holds: no answer");
  return contents;
}
