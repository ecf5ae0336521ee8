import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** What follows is the process id of the maker: folders of dead ones are removed at the next run. */
export const TEMPORARY_PREFIX = "simpul-test-";

export function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${TEMPORARY_PREFIX}${process.pid}-`));
}

/** How to open a server of which nothing has to survive a power cut, but every commit a kill. */
export const WITHOUT_SYNC = { initdbArguments: ["--no-sync"], settings: { fsync: "off" } };

/** How to open a server of which nothing has to survive anything. */
export const THROW_AWAY = {
  initdbArguments: ["--no-sync"],
  settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
};

/** The same server and user, another database. */
export function databaseOf(server: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!server.connectionString) return { ...server, database };
  const url = new URL(server.connectionString);
  url.pathname = `/${database}`;
  return { ...server, connectionString: url.href };
}

/** The same server and database, another user. */
export function asUser(config: pg.ClientConfig, user: string, password: string): pg.ClientConfig {
  if (!config.connectionString) return { ...config, user, password };
  const url = new URL(config.connectionString);
  url.username = user;
  url.password = password;
  return { ...config, user, password, connectionString: url.href };
}

/** One statement over a connection of its own. */
export async function query(config: pg.ClientConfig, statement: string, values: unknown[] = []) {
  const client = new pg.Client(config);
  // A server that is killed between two words ends no process: the query rejects.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}

/** Ends the connections that hold an advisory lock in that database, and none of another file's. */
export async function endHoldersOfLocks(config: pg.ClientConfig): Promise<void> {
  await query(
    config,
    `select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = pg_locks.database
     where datname = current_database() and locktype = 'advisory' and pid <> pg_backend_pid()`,
  );
}
