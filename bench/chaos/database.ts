import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { openEmbeddedPostgres } from "../../core/db/postgres/embedded-postgres.ts";
import { readServerRecord } from "../../core/db/postgres/postgres-cluster.ts";
import { kill } from "../../test/e2e/support/processes.ts";
import { query, WITHOUT_SYNC } from "../../test/support/server.ts";
import type { Draws } from "./draws.ts";

const patienceMs = 60_000;

/** A time in which the database did not answer. */
export type Outage = { from: number; until: number };

export type Database = AsyncDisposable & {
  config: pg.ClientConfig;
  outages: readonly Outage[];
  /** The postmaster, -9. It is started again. @returns whether there was one */
  killServer(): Promise<boolean>;
  /** One of its processes, -9: PostgreSQL ends all sessions and recovers. @returns whether there was one */
  killBackend(draws: Draws): Promise<boolean>;
  /** Until it answers again. */
  answers(): Promise<void>;
};

/** A PostgreSQL of the benchmark's own, which is started again as the embedded one of `npm start` is. */
export async function openDatabase(home: string): Promise<Database> {
  const server = await openEmbeddedPostgres({ home, patienceMs, ...WITHOUT_SYNC });
  const data = join(await realpath(home), "postgres");
  const outages: Outage[] = [];
  let recovery = Promise.resolve();

  async function answers(): Promise<void> {
    const giveUpAt = Date.now() + patienceMs;
    for (;;) {
      try {
        await query(server.config, "select");
        return;
      } catch (fault) {
        if (Date.now() > giveUpAt) throw fault;
        await pause(20);
      }
    }
  }

  function noteOutage(): void {
    const outage = { from: Date.now(), until: Number.POSITIVE_INFINITY };
    outages.push(outage);
    recovery = answers().then(() => {
      outage.until = Date.now();
    });
    recovery.catch(() => undefined);
  }

  async function serverPid(): Promise<number | undefined> {
    return (await readServerRecord(data))?.pid;
  }

  return {
    config: server.config,
    outages,
    answers,
    async killServer() {
      await recovery;
      const pid = await serverPid();
      if (pid === undefined) return false;
      kill(pid, "SIGKILL");
      noteOutage();
      return true;
    },
    async killBackend(draws) {
      await recovery;
      const pid = await serverPid();
      const backend = pid === undefined ? undefined : await pickBackend(pid, draws);
      if (backend === undefined) return false;
      kill(backend, "SIGKILL");
      noteOutage();
      return true;
    },
    async [Symbol.asyncDispose]() {
      await recovery;
      await server.stop();
    },
  };
}

/** One that serves a connection of Simpul's; its title says so. */
async function pickBackend(postmaster: number, draws: Draws): Promise<number | undefined> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").catch(() => "");
  const serving: number[] = [];
  for (const pid of children.split(" ").filter(Boolean).map(Number)) {
    const title = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (title.includes("simpul_owner")) serving.push(pid);
  }
  return serving.length === 0 ? undefined : draws.pick(serving);
}
