import pg from "pg";
import { connectClient } from "../postgres/postgres-session.ts";

/** Beside ours, so that one backup holds tickets, addresses and stacks of one moment. */
const schema = "pulumi";
/** Pulumi makes it when it first opens the state. */
const undefinedTable = "42P01";

export type PulumiState = {
  /** PULUMI_BACKEND_URL, without the password */
  backendUrl: string;
  /** PGPASSWORD; Pulumi prints its URL where a stack is locked */
  password: string | undefined;
};

/** A state whose files can be looked at without Pulumi. */
export type ReadableState = PulumiState & { hashOfWritten: (file: string) => Promise<string> };

/** Where Pulumi keeps what it knows of stacks: a schema of the installation's own database, made where it is missing. */
export async function preparePulumiState(owner: pg.ClientConfig): Promise<ReadableState> {
  const client = await connectClient(owner, "simpul pulumi");
  try {
    await client.query(`create schema if not exists ${schema}`);
  } finally {
    await client.end();
  }
  return { ...pulumiStateOf(owner), hashOfWritten: (file) => hashOfWritten(owner, file) };
}

/**
 * Of what Pulumi wrote of a stack last, as it lies there: it holds when that was, and secrets are sealed anew each time. Who writes
 * the same again is noticed, too; what only looks, such as a preview, leaves it as it is.
 *
 * @param file "stacks/simpul/app-x.json"
 * @returns "" where there is no such stack
 */
async function hashOfWritten(owner: pg.ClientConfig, file: string): Promise<string> {
  const client = await connectClient(owner, "simpul pulumi");
  try {
    const { rows } = await client.query<{ hash: string }>(
      `select encode(sha256(convert_to(data::text, 'UTF8')), 'hex') as hash
       from ${schema}.pulumi_state where key = current_database() || '/.pulumi/' || $1`,
      [file],
    );
    return rows[0]?.hash ?? "";
  } catch (fault) {
    if (fault instanceof pg.DatabaseError && fault.code === undefinedTable) return "";
    throw fault;
  } finally {
    await client.end();
  }
}

export function pulumiStateOf({
  connectionString,
  host,
  port,
  user,
  password,
  database,
}: pg.ClientConfig): PulumiState {
  const url = new URL(connectionString ?? `postgres:///${database}`);
  if (connectionString === undefined)
    for (const [name, value] of Object.entries({ host, port, user })) url.searchParams.set(name, String(value));
  const given = decodeURIComponent(url.password) || url.searchParams.get("password") || password;
  url.password = "";
  url.searchParams.delete("password");
  url.searchParams.set("search_path", schema);
  // Pulumi's driver insists on TLS where nothing is said, and ours does without.
  if (!url.searchParams.has("sslmode")) url.searchParams.set("sslmode", "disable");
  return { backendUrl: url.href, password: typeof given === "string" ? given : undefined };
}
