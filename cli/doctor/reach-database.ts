import { stat } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { connectToRunning, openEmbeddedPostgres } from "../../core/db/embedded-postgres.ts";
import { connectClient } from "../../core/db/postgres-session.ts";

/** Missing: the first start makes it. Stopped: it may not be started. */
export type ReachedDatabase = AsyncDisposable &
  ({ state: "open"; client: pg.Client } | { state: "missing" | "stopped" });

export type DatabasePlace = {
  databaseUrl: string | undefined;
  home: string;
  /** Whether the embedded server may be started. */
  mayStart: boolean;
};

/**
 * The installation's database, beside a Simpul that runs or not: the server of DATABASE_URL, or the embedded one. Where that
 * does not run it is started for the moment, as the next start of Simpul would.
 *
 * @throws what the server or the system says
 */
export async function reachDatabase(place: DatabasePlace): Promise<ReachedDatabase> {
  if (place.databaseUrl !== undefined) return over({ connectionString: place.databaseUrl });
  const data = join(place.home, "postgres");
  if (!(await isThere(data))) return closed("missing");
  const running = await connectToRunning(place.home);
  if (running !== undefined) return over(running);
  if (!place.mayStart) return closed("stopped");
  const started = await openEmbeddedPostgres({ home: place.home });
  return over(started.config, started.stop);
}

async function over(config: pg.ClientConfig, stop?: () => Promise<void>): Promise<ReachedDatabase> {
  const close = async (client?: pg.Client) => {
    await client?.end();
    await stop?.();
  };
  try {
    const client = await connectClient(config, "simpul doctor");
    return { state: "open", client, [Symbol.asyncDispose]: () => close(client) };
  } catch (fault) {
    await close();
    throw fault;
  }
}

function closed(state: "missing" | "stopped"): ReachedDatabase {
  return { state, [Symbol.asyncDispose]: async () => undefined };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return false;
      throw fault;
    },
  );
}
