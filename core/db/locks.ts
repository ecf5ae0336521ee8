import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { openSession, type Session } from "./postgres/postgres-session.ts";

/** A blocking wait would answer sooner, but leave a ghost in the server's queue when the waiter dies. */
const askAgainMs = 250;

export type Lock = {
  release(): Promise<void>;
};

export type LockOptions = {
  /** Ends the wait. A lock that is held already stays held. */
  signal?: AbortSignal;
  /** The connection died while the lock was held: somebody else may have it now, so stop at once. */
  onLost: () => void;
  /** Called once, where another has it. */
  onTaken?: () => void;
};

/**
 * Waits until this process holds the lock of that name, also while the server is away, and keeps it until `release`
 * or the end of the process. Poller, sender and sealer each hold one.
 *
 * @throws AbortError the signal ended the wait
 */
export async function acquireLock(config: pg.ClientConfig, name: string, options: LockOptions): Promise<Lock> {
  const { signal, onLost, onTaken } = options;
  let isToldTaken = false;
  let session: Session | undefined;
  let isHeld = false;

  const connect = () =>
    openSession(config, {
      name: `simpul lock ${name}`,
      onLost: () => {
        session = undefined;
        if (isHeld) onLost();
      },
    });

  const release = async () => {
    isHeld = false;
    await session?.close();
  };

  const ask = async () => {
    session ??= await connect();
    isHeld = await tryLock(session.client, name);
    if (isHeld || isToldTaken) return;
    isToldTaken = true;
    onTaken?.();
  };

  try {
    for (;;) {
      await ask().catch(() => undefined); // The server is away: asked again as often as for a lock that is taken.
      if (isHeld) return { release };
      await pause(askAgainMs, undefined, { signal });
    }
  } catch (error) {
    await release();
    throw error;
  }
}

/** Does the work while it holds the lock of that name, for which it waits. */
export async function underLock<Result>(
  config: pg.ClientConfig,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const held = await acquireLock(config, name, { onLost: () => undefined });
  try {
    return await work();
  } finally {
    await held.release();
  }
}

/** A process that was killed may hold its session, and so its locks, for a moment longer. */
const killedHoldsForMs = 2_000;

/** Asks for a lock that ends with this connection, until whoever was just killed has let go of it. */
export async function tryLockPatiently(client: pg.Client, name: string, how: LockKind = "alone"): Promise<boolean> {
  const giveUpAt = performance.now() + killedHoldsForMs;
  while (!(await tryLock(client, name, how))) {
    if (performance.now() > giveUpAt) return false;
    await pause(50);
  }
  return true;
}

/** Many hold a shared one at once, and nobody alone meanwhile. */
export type LockKind = "alone" | "shared";

/** Asks once for a lock that ends with this connection. */
export async function tryLock(client: pg.Client, name: string, how: LockKind = "alone"): Promise<boolean> {
  const ask = how === "alone" ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
  const { rows } = await client.query<{ locked: boolean }>(`select ${ask}($1) as locked`, [lockKey(name)]);
  return rows[0]?.locked === true;
}

/** Postgres names a lock by a signed 64-bit number: the first eight bytes of a hash, as decimal text. */
export function lockKey(name: string): string {
  return createHash("sha256").update(`simpul ${name}`).digest().readBigInt64BE().toString();
}
