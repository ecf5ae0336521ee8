import { $, which } from "zx";
import { Refused } from "./refused.ts";

$.quiet = true;

/**
 * A pipe of Node's is a socket, which bash takes for a remote login when it is the first shell: it would run ~/.bashrc and
 * mix its words with the tool's.
 */
const plainEnv = () => ({ ...process.env, SHLVL: "1" });

export type Tool = "pg_dump" | "pg_restore";

/**
 * The version of a server's own tool, e.g. "15.18".
 *
 * @param atLeast of the server, or of the tool that wrote what is to be read; an older tool cannot do it
 * @throws Refused there is none on PATH, or an older one
 */
export async function findTool(tool: Tool, atLeast: string): Promise<string> {
  const wanted = majorOf(atLeast);
  const fix = `Install the client programs of PostgreSQL ${wanted} (Debian: apt-get install postgresql-client-${wanted}) and put them first on PATH, for example PATH=/usr/lib/postgresql/${wanted}/bin:$PATH.`;
  if ((await which(tool, { nothrow: true })) === null) throw new Refused(`There is no ${tool} on PATH. ${fix}`);
  const { stdout } = await $({ env: plainEnv() })`${tool} --version`;
  const version = /\d+(\.\d+)*/.exec(stdout)?.[0] ?? "0";
  if (majorOf(version) < wanted) {
    throw new Refused(`The ${tool} on PATH is of version ${version}, and version ${wanted} or newer is needed. ${fix}`);
  }
  return version;
}

export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** How a tool reaches the server: the password by its environment, for everybody can read the arguments of a process. */
export function connectionOf(databaseUrl: string): { address: string; env: NodeJS.ProcessEnv } {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password) || url.searchParams.get("password");
  url.password = "";
  url.searchParams.delete("password");
  return { address: url.href, env: { ...plainEnv(), ...(password ? { PGPASSWORD: password } : {}) } };
}
