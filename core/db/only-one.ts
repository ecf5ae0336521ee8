import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { AlreadyRunning } from "./embedded-postgres.ts";
import { tryLock } from "./locks.ts";
import { openSession, type Session } from "./postgres-session.ts";

/** A process that was killed may hold its session for a moment longer. */
const patienceMs = 2_000;

/**
 * Makes sure that one Simpul at a time works on the database of DATABASE_URL.
 *
 * @param onLost the connection that held it died: another one may have it now
 * @throws AlreadyRunning
 */
export async function beTheOnlyOne(config: pg.ClientConfig, onLost: () => void): Promise<Session> {
  const session = await openSession(config, { name: "simpul one per database", onLost });
  const giveUpAt = performance.now() + patienceMs;
  while (!(await tryLock(session.client, "one Simpul per database"))) {
    if (performance.now() > giveUpAt) {
      await session.close();
      throw new AlreadyRunning("Simpul is already running on the database of DATABASE_URL: stop that one first.");
    }
    await pause(50);
  }
  return session;
}
