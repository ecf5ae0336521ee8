import type pg from "pg";
import { connectClient } from "./postgres-session.ts";

/** Beside ours, so that one backup holds tickets, addresses and stacks of one moment. */
const schema = "pulumi";

export type PulumiState = {
  /** PULUMI_BACKEND_URL, without the password */
  backendUrl: string;
  /** PGPASSWORD; Pulumi prints its URL where a stack is locked */
  password: string | undefined;
};

/** Where Pulumi keeps what it knows of stacks: a schema of the installation's own database, made where it is missing. */
export async function preparePulumiState(owner: pg.ClientConfig): Promise<PulumiState> {
  const client = await connectClient(owner, "simpul pulumi");
  try {
    await client.query(`create schema if not exists ${schema}`);
  } finally {
    await client.end();
  }
  return pulumiStateOf(owner);
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
