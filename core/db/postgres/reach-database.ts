import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { OperatorFault } from "../../domain/operator-fault.ts";
import { ServerUnreachable } from "../only-one.ts";
import { AlreadyRunning, connectToRunning, openEmbeddedPostgres } from "./embedded-postgres.ts";
import { exists } from "./postgres-binaries.ts";
import { connectClient } from "./postgres-session.ts";
import { checkOwner } from "./state-folder.ts";

/** Simpul starts, or stops, within this. */
const patienceMs = 20_000;

/** There is no database where one was looked for; the text says what to do. */
export class NoDatabase extends OperatorFault {
  override name = "NoDatabase";
}

/** The embedded server does not run, and is not to be started. */
export class DatabaseStopped extends OperatorFault {
  override name = "DatabaseStopped";
}

export type DatabasePlace = { databaseUrl: string | undefined; home: string; mayStart?: boolean };

export type ReachedDatabase = AsyncDisposable & {
  /** For the owner of everything. */
  config: pg.ClientConfig;
};

/**
 * The installation's database for a command on the terminal, beside a Simpul that runs: the server of DATABASE_URL, or
 * the embedded one, which is started for the time of the command where it does not run. Who only reads, or backs up,
 * does not have to be the only one on the folder; so a running server is used without the lock of `npm start`.
 *
 * @param place.mayStart false: the embedded server is used only where it runs
 * @throws NoDatabase the folder holds none
 * @throws ForeignFolder it belongs to another account
 * @throws DatabaseStopped it does not run, and may not be started
 * @throws ServerUnreachable the server of DATABASE_URL does not answer
 */
export async function reachDatabase(place: DatabasePlace): Promise<ReachedDatabase> {
  if (place.databaseUrl !== undefined) return reachServer(place.databaseUrl);
  await checkFolder(place.home);
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const running = await connectToRunning(place.home);
    if (running !== undefined) return { config: running, [Symbol.asyncDispose]: async () => undefined };
    if (place.mayStart === false) throw new DatabaseStopped(`The database in ${place.home} does not run.`);
    try {
      const postgres = await openEmbeddedPostgres({ home: place.home });
      return { config: postgres.config, [Symbol.asyncDispose]: postgres.stop };
    } catch (fault) {
      // A Simpul that starts at this moment was quicker: its server is used.
      if (!(fault instanceof AlreadyRunning) || performance.now() > giveUpAt) throw fault;
    }
    await pause(100);
  }
}

async function reachServer(databaseUrl: string): Promise<ReachedDatabase> {
  const config = { connectionString: databaseUrl };
  const client = await connectClient(config, "simpul command").catch((cause: Error) => {
    throw new ServerUnreachable(`Connecting to the server of DATABASE_URL: ${cause.message}.`, { cause });
  });
  await client.end();
  return { config, [Symbol.asyncDispose]: async () => undefined };
}

/** Looked at before anything is made there: a wrong SIMPUL_HOME is not to become an empty database. */
async function checkFolder(home: string): Promise<void> {
  await checkOwner(home);
  if (await exists(join(home, "postgres"))) return;
  throw new NoDatabase(
    `There is no database in ${home}: set SIMPUL_HOME, or DATABASE_URL, to what Simpul was started with, for example SIMPUL_HOME=/var/lib/simpul.`,
  );
}
