import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { HostingDatabase } from "../../core/domain/hosting/hosting-rules.ts";
import { type DockerHost, removeContainers } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { fillDatabase } from "./fill-database.ts";
import type { StoredFile } from "./hosts.ts";
import { whileRoomIsLeft } from "./keep-room.ts";
import { withThrowAway } from "./throw-away.ts";

const readyWithinMs = 120_000;
const askAgainAfterMs = 1_000;
/** Of each of its files. */
const mostBytes = 4 * 2 ** 30;
const mostProcesses = 256;
/** Of the database, with the hash of what is tried. */
const tryingName = "simpul-trying-";

/**
 * Loads a dump into a database that reaches nobody and is thrown away. Nobody has approved it yet: it may be one that makes rows without
 * end.
 *
 * @throws HostFailed dump-unreadable; StackFault, disk-full among them
 */
export async function tryDump(
  docker: DockerHost,
  database: HostingDatabase,
  dump: StoredFile,
  signal: AbortSignal,
): Promise<void> {
  // What version of 2026-11-28 and before left when it was ended has a label and no name.
  await removeContainers(docker, `label=simpul.trying=${dump.sha256}`);
  return withThrowAway(docker, tryingName + dump.sha256, async (container) => {
    const variables = drawVariables(database);
    const named = Object.keys(variables).flatMap((name) => ["--env", name]);
    const run = ["run", "--detach", "--name", container, ...boundsOf(database), ...named, database.image];
    await docker.run(run, { variables, signal });
    await untilReady(docker, container, database, signal);
    const server = { container, engine: database.engine };
    const place = { container, folder: database.folder };
    await whileRoomIsLeft(docker, place, { signal }, (stop) => fillDatabase(docker, server, dump.path, stop));
  });
}

function drawVariables({ engine }: HostingDatabase): Record<string, string> {
  const password = () => randomBytes(24).toString("base64url");
  const admin = engine === "mariadb" ? "MARIADB_ROOT_PASSWORD" : "POSTGRES_PASSWORD";
  return { [admin]: password(), APPLICATION_PASSWORD: password(), APPLICATION_DATABASE: "trial" };
}

function boundsOf({ memoryMb, cpus, user, folder, temporary }: HostingDatabase): string[] {
  return [
    ...["--network", "none", "--cap-drop", "ALL"],
    ...["--security-opt", "no-new-privileges", "--read-only", "--user", user, "--pids-limit", String(mostProcesses)],
    ...["--memory", `${memoryMb}m`, "--memory-swap", `${memoryMb}m`, "--cpus", String(cpus)],
    ...["--ulimit", `fsize=${mostBytes}`, "--log-opt", "max-size=1m", "--volume", folder],
    ...temporary.flatMap((each) => ["--tmpfs", `${each}:rw,noexec,nosuid,size=64m`]),
  ];
}

async function untilReady(
  docker: DockerHost,
  container: string,
  { healthTest }: HostingDatabase,
  signal: AbortSignal,
): Promise<void> {
  const [kind, ...test] = healthTest;
  const command = kind === "CMD-SHELL" ? ["sh", "-c", ...test] : test;
  const giveUpAt = performance.now() + readyWithinMs;
  for (;;) {
    try {
      await docker.run(["exec", container, ...command], { signal });
      return;
    } catch (fault) {
      if (!(fault instanceof StackFault) || fault.reason !== "other") throw fault;
      if (performance.now() > giveUpAt)
        throw new StackFault("unhealthy", "trying a dump", "its database never answers");
    }
    await pause(askAgainAfterMs, undefined, { signal });
  }
}
