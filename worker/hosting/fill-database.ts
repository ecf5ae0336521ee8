import type { Readable } from "node:stream";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { Unreadable, usualLimits } from "../checks/limits.ts";
import { databaseScripts } from "./database-scripts.ts";
import { type DatabaseServer, HostFailed } from "./hosts.ts";
import { unpackInChild } from "./unpack-in-child.ts";

const loadWithinMs = 30 * 60_000;
/** What was printed names no place: it is of Docker, and not of a server of databases. */
const nowhere = "line unknown";

/**
 * Makes its database anew and loads a dump into it, which comes out of the store by a process without rights.
 *
 * @param dump its path; undefined: it stays empty
 * @throws HostFailed dump-unreadable, with no word of what is in it, psql-outdated; StackFault, too-slow among them
 */
export async function fillDatabase(
  docker: DockerHost,
  { container, engine }: DatabaseServer,
  dump: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { prepare, load: script } = databaseScripts[engine];
  await docker.run(["exec", container, "sh", "-c", prepare], { signal });
  if (dump === undefined) return;
  const run = ["exec", "--interactive", container, "sh", "-c", script];
  try {
    const load = (stdin: Readable) => docker.run(run, { stdin, patienceMs: loadWithinMs, signal });
    await unpackInChild(dump, { what: "dump", engine, limits: usualLimits }, load, { patienceMs: loadWithinMs });
  } catch (fault) {
    throw explainLoad(fault);
  }
}

/** Whether the application's account gets an answer where the application asks. @throws HostFailed database-silent */
export async function askDatabase(
  docker: DockerHost,
  { container, engine }: DatabaseServer,
  address: string,
): Promise<void> {
  const asked = ["exec", "--env", `DATABASE_ADDRESS=${address}`, container];
  try {
    await docker.run([...asked, "sh", "-c", databaseScripts[engine].ask]);
  } catch (fault) {
    if (!(fault instanceof StackFault) || !isOfDatabase(fault)) throw fault;
    const doing = `asking the database ${container} at ${address}`;
    throw new HostFailed("database-silent", `${doing}: it does not answer`, { cause: fault });
  }
}

/** Nothing that was printed is kept: a server quotes what is in the dump, whatever its words look like. */
function explainLoad(fault: unknown): unknown {
  if (fault instanceof Unreadable) return new HostFailed("dump-unreadable", `loading a dump: ${fault.finding.code}`);
  if (!(fault instanceof StackFault)) return fault;
  const place = placeIn(fault.message);
  if (isOutdated.test(fault.message)) return new HostFailed("psql-outdated", `loading a dump: ${place}`);
  const isOfServer = fault.reason === "other" || (place !== nowhere && fault.reason !== "disk-full");
  if (isOfServer) return new HostFailed("dump-unreadable", `loading a dump: ${place}`);
  return new StackFault(fault.reason, "loading a dump", place);
}

/** What its client is kept from commands of its own by is one that it does not know. */
const isOutdated = /<stdin>:1: error: invalid command \\restrict/;

/** And not of the host: what psql says of a refused connection reads like an engine that is away. */
function isOfDatabase({ reason, message }: StackFault): boolean {
  return reason === "other" || message.includes(": psql: error: ");
}

/** Where a statement failed and by which error: what the server says besides quotes what is in the dump. */
export function placeIn(said: string): string {
  const line = /at line (\d+)/.exec(said)?.[1] ?? /<stdin>:(\d+): (?:ERROR|error)/.exec(said)?.[1];
  const code = /ERROR (\d+ \(\w+\))/.exec(said)?.[1];
  if (line === undefined && code === undefined) return nowhere;
  return [`line ${line ?? "unknown"}`, ...(code === undefined ? [] : [`error ${code}`])].join(", ");
}
