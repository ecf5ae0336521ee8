import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { OperatorFault } from "../domain/operator-fault.ts";
import { AlreadyRunning, connectToRunning, openEmbeddedPostgres } from "./embedded-postgres.ts";
import { ServerUnreachable } from "./only-one.ts";
import { serverAccount } from "./postgres-binaries.ts";
import { connectClient } from "./postgres-session.ts";

/** Simpul starts, or stops, within this. */
const patienceMs = 20_000;

/** There is no database where one was looked for, or it belongs to somebody else; the text says what to do. */
export class NoDatabase extends OperatorFault {
  override name = "NoDatabase";
}

export type ReachedDatabase = AsyncDisposable & {
  /** For the owner of everything. */
  config: pg.ClientConfig;
};

/**
 * The installation's database for a command on the terminal, beside a Simpul that runs: the server of DATABASE_URL, or
 * the embedded one, which is started for the time of the command where it does not run. Who only reads, or backs up,
 * does not have to be the only one on the folder; so a running server is used without the lock of `npm start`.
 *
 * @throws NoDatabase the folder holds none, or that of another account
 * @throws ServerUnreachable the server of DATABASE_URL does not answer
 */
export async function reachDatabase(place: {
  databaseUrl: string | undefined;
  home: string;
}): Promise<ReachedDatabase> {
  if (place.databaseUrl !== undefined) return reachServer(place.databaseUrl);
  await checkFolder(place.home);
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const running = await connectToRunning(place.home);
    if (running !== undefined) return { config: running, [Symbol.asyncDispose]: async () => undefined };
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
  const data = await stat(join(home, "postgres")).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "EACCES") throw new NoDatabase(`${home} is closed to this account: ${asItsOwner}.`);
    if (fault.code === "ENOENT" || fault.code === "ENOTDIR") return undefined;
    throw fault;
  });
  if (data === undefined) {
    throw new NoDatabase(
      `There is no database in ${home}: set SIMPUL_HOME, or DATABASE_URL, to what Simpul was started with, for example SIMPUL_HOME=/var/lib/simpul.`,
    );
  }
  const expected = serverAccount().uid ?? process.getuid?.();
  if (expected !== undefined && data.uid !== expected) {
    throw new NoDatabase(`The database in ${home} belongs to the user with id ${data.uid}: ${asItsOwner}.`);
  }
}

const asItsOwner = "run this as the account that runs Simpul, for example sudo -u simpul npm run …";
