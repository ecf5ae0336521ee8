import pg from "pg";

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
  await client.connect();
  try {
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}
