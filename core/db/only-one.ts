import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { OperatorFault } from "../domain/operator-fault.ts";
import { type LockKind, tryLockPatiently } from "./locks.ts";
import { AlreadyRunning } from "./postgres/embedded-postgres.ts";
import { openSession, type Session } from "./postgres/postgres-session.ts";

/** A server that is started anew comes back within this. */
const recoveryPatienceMs = 60_000;
const askAgainMs = 250;

/** The server of DATABASE_URL does not answer, or does not let us in. */
export class ServerUnreachable extends OperatorFault {
  override name = "ServerUnreachable";
}

/** Held alone by a whole Simpul or a restore, shared by its parts. */
export const placeLock = "one Simpul per database";

/** A place on the database of DATABASE_URL. */
export type Place = { close(): Promise<void> };

/**
 * Makes sure that nobody else of Simpul works on the database of DATABASE_URL: neither a whole one nor a part. When the
 * server goes away for a while the place is taken again as soon as it is back.
 *
 * @param onLost another Simpul has taken the place meanwhile, or the server did not come back
 * @throws AlreadyRunning
 * @throws ServerUnreachable
 */
export function beTheOnlyOne(config: pg.ClientConfig, onLost: (fault: Error) => void): Promise<Place> {
  return takePlace(config, "alone", onLost);
}

/**
 * The same for a part of Simpul, which works beside other parts, but not beside a whole one or a restore. What only one
 * of the parts may do has a lock of its own (`whileLocked`).
 */
export function beOneOfMany(config: pg.ClientConfig, onLost: (fault: Error) => void): Promise<Place> {
  return takePlace(config, "shared", onLost);
}

async function takePlace(config: pg.ClientConfig, how: LockKind, onLost: (fault: Error) => void): Promise<Place> {
  let held: Session | undefined;
  let isClosed = false;
  const take = async () => {
    held = await lockOnce(config, how, () => {
      if (held === undefined) return; // lost before it was held: whoever asks for it now hears so
      held = undefined;
      if (!isClosed) void takeAgain();
    });
    if (isClosed) await held.close();
  };
  const takeAgain = async () => {
    const giveUpAt = performance.now() + recoveryPatienceMs;
    while (!isClosed) {
      try {
        return await take();
      } catch (fault) {
        if (!(fault instanceof ServerUnreachable) || performance.now() > giveUpAt) return onLost(fault as Error);
        await pause(askAgainMs);
      }
    }
  };
  await take();
  return {
    async close() {
      isClosed = true;
      await held?.close();
    },
  };
}

async function lockOnce(config: pg.ClientConfig, how: LockKind, onLost: () => void): Promise<Session> {
  const unreachable = (cause: Error) => {
    throw new ServerUnreachable(`Connecting to the server of DATABASE_URL: ${cause.message}.`, { cause });
  };
  const session = await openSession(config, { name: "simpul one per database", onLost }).catch(unreachable);
  if (await tryLockPatiently(session.client, placeLock, how).catch(unreachable)) return session;
  await session.close();
  const who = how === "alone" ? "Simpul is" : "A whole Simpul (npm start), or a restore, is";
  throw new AlreadyRunning(`${who} already running on the database of DATABASE_URL: stop that one first.`);
}
