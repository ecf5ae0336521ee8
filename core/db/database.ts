import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { OperatorFault } from "../domain/operator-fault.ts";
import { PreparingClient } from "./postgres/preparing-client.ts";
import type { Db, Tables } from "./tables.ts";

/** The role of every pool but the migrator's. It cannot log in: the owner takes it on. */
export const applicationRole = "simpul_app";

/** As in server_version_num: PostgreSQL 15. */
export const oldestServer = 150_000;

export type Connection = {
  db: Db;
  pool: pg.Pool;
  /** Ends all connections. `db.destroy` alone leaves them open where no query went through `db`. */
  close(): Promise<void>;
};

export type ConnectOptions = {
  as: "owner" | "application";
  /** Connections at most. */
  max: number;
};

/**
 * A pool, filled when it is used, and the query builder over it.
 *
 * @param owner names the owner, whatever `as` says: the same credentials serve both
 */
export function connect(owner: pg.ClientConfig, { as, max }: ConnectOptions): Connection {
  const pool = new pg.Pool({
    Client: PreparingClient,
    ...withServerOptions(owner, as === "owner" ? ownerOptions : applicationOptions),
    application_name: `simpul ${as}`,
    max,
    types: columnTypes,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection was lost. The pool drops it, and whoever asks next connects anew or gets the error.
  pool.on("error", () => undefined);
  // One that is lost in the middle of a transaction: its next query rejects. Without a listener the process would end.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    if (!pool.ending) await pool.end();
  };
  return { db, pool, close };
}

/** The server cannot be used as it is; the text says what would be right. */
export class UnsupportedServer extends OperatorFault {
  override name = "UnsupportedServer";
}

/** @throws UnsupportedServer older than PostgreSQL 15, or not in UTF-8 */
export async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string; encoding: string }>(
    `select current_setting('server_version_num')::int as number,
            current_setting('server_version') as version,
            current_setting('server_encoding') as encoding`,
  );
  const server = rows[0];
  if (!server || server.number < oldestServer)
    throw new UnsupportedServer(
      `DATABASE_URL names a PostgreSQL ${server?.version}, and Simpul needs version 15 or newer.`,
    );
  if (server.encoding !== "UTF8")
    throw new UnsupportedServer(
      `The database of DATABASE_URL has the encoding ${server.encoding}, and Simpul needs UTF8: CREATE DATABASE simpul ENCODING 'UTF8' TEMPLATE template0.`,
    );
}

const ownerOptions = ["TimeZone=UTC"];
const applicationOptions = [
  ...ownerOptions,
  `role=${applicationRole}`,
  "statement_timeout=30s",
  "lock_timeout=10s",
  "idle_in_transaction_session_timeout=60s",
];

/** `pg` lets the connection string win over the fields beside it, so the options go into it where there is one. */
function withServerOptions(config: pg.ClientConfig, settings: string[]): pg.ClientConfig {
  const options = settings.map((setting) => `-c ${setting}`).join(" ");
  if (!config.connectionString) return { ...config, options: [config.options, options].filter(Boolean).join(" ") };

  const url = new URL(config.connectionString);
  url.searchParams.set("options", [url.searchParams.get("options"), options].filter(Boolean).join(" "));
  return { ...config, connectionString: url.href };
}

/** Only what `pg` would return otherwise than we want it; timestamptz is a Date already. */
const columnTypes = new pg.TypeOverrides();
const bigintArray = 1016;
columnTypes.setTypeParser(pg.types.builtins.INT8, safeInteger);
columnTypes.setTypeParser(bigintArray, safeIntegers);
// A day has no zone: as a Date it would be midnight where the server stands, and the day before elsewhere.
columnTypes.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`reading a bigint: ${text} is beyond what a number holds`);
  return value;
}

/** Of one dimension, `{1,2,NULL}`. */
function safeIntegers(text: string): (number | null)[] {
  const items = text === "{}" ? [] : text.slice(1, -1).split(",");
  return items.map((item) => (item === "NULL" ? null : safeInteger(item)));
}
