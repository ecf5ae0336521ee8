import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { HostingDatabase } from "../../core/domain/hosting/hosting-rules.ts";
import { type DockerHost, linesOf } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { fillDatabase } from "./fill-database.ts";
import type { StoredFile } from "./hosts.ts";

const readyWithinMs = 120_000;
const askAgainAfterMs = 1_000;
/** Of each of its files. */
const mostBytes = 4 * 2 ** 30;
const mostProcesses = 256;
/** On a database that is thrown away, with the hash of what is tried. */
const tryingLabel = "simpul.trying";

/**
 * Loads a dump into a database that reaches nobody and is thrown away.
 *
 * @throws HostFailed dump-unreadable; StackFault
 */
export async function tryDump(docker: DockerHost, database: HostingDatabase, dump: StoredFile): Promise<void> {
  const { engine } = database;
  await removeTried(docker, dump);
  try {
    const container = (await docker.run(["run", "--detach", ...boundsOf(database, dump), database.image])).trim();
    await untilReady(docker, container, database);
    await fillDatabase(docker, { container, engine }, dump.path);
  } finally {
    await removeTried(docker, dump);
  }
}

function boundsOf({ memoryMb, cpus, user, folder, temporary, engine }: HostingDatabase, { sha256 }: StoredFile) {
  const password = () => randomBytes(24).toString("base64url");
  const admin = engine === "mariadb" ? "MARIADB_ROOT_PASSWORD" : "POSTGRES_PASSWORD";
  const environment = [`${admin}=${password()}`, `APPLICATION_PASSWORD=${password()}`, "APPLICATION_DATABASE=trial"];
  return [
    ...["--label", `${tryingLabel}=${sha256}`, "--network", "none", "--cap-drop", "ALL"],
    ...["--security-opt", "no-new-privileges", "--read-only", "--user", user, "--pids-limit", String(mostProcesses)],
    ...["--memory", `${memoryMb}m`, "--memory-swap", `${memoryMb}m`, "--cpus", String(cpus)],
    ...["--ulimit", `fsize=${mostBytes}`, "--log-opt", "max-size=1m", "--volume", folder],
    ...temporary.flatMap((each) => ["--tmpfs", `${each}:rw,noexec,nosuid,size=64m`]),
    ...environment.flatMap((each) => ["--env", each]),
  ];
}

async function untilReady(docker: DockerHost, container: string, { healthTest }: HostingDatabase): Promise<void> {
  const [kind, ...test] = healthTest;
  const command = kind === "CMD-SHELL" ? ["sh", "-c", ...test] : test;
  const giveUpAt = performance.now() + readyWithinMs;
  for (;;) {
    try {
      await docker.run(["exec", container, ...command]);
      return;
    } catch (fault) {
      if (!(fault instanceof StackFault) || fault.reason !== "other") throw fault;
      if (performance.now() > giveUpAt)
        throw new StackFault("unhealthy", "trying a dump", "its database never answers");
    }
    await pause(askAgainAfterMs);
  }
}

/** Also what a crash has left of the same. */
async function removeTried(docker: DockerHost, { sha256 }: StoredFile): Promise<void> {
  const filter = ["--filter", `label=${tryingLabel}=${sha256}`];
  const ids = linesOf(await docker.run(["container", "ls", "--all", "--quiet", "--no-trunc", ...filter]));
  if (ids.length > 0) await docker.run(["container", "rm", "--force", "--volumes", ...ids]);
}
