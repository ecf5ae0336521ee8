import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { holdStack, letStackGo, renewStack } from "../../core/db/hosting/stack-leases.ts";
import type { Db } from "../../core/db/tables.ts";

const leaseSeconds = 20;
const renewEveryMs = 2_000;
const askAgainAfterMs = 100;

/** Somebody else has it, and goes on having it. */
export class HeldByAnother extends Error {
  override name = "HeldByAnother";
}

/** Why a signal of `whileHolding` ended the work: what is held is another's, or may be. */
export class HoldLost extends Error {
  override name = "HoldLost";
}

/**
 * Works on a stack alone, of all workers, or on what else has a name. The signal is aborted when it is another's, and before it
 * may be: when nobody could renew it in time.
 *
 * @param options.patienceMs for which it is waited where somebody else works on it
 * @throws HeldByAnother somebody else works on it; the queue tries again
 */
export async function whileHolding<Done>(
  db: Db,
  stack: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Done>,
  { patienceMs = 0 }: { patienceMs?: number } = {},
): Promise<Done> {
  const lease = { stack, holder: randomUUID(), seconds: leaseSeconds };
  const giveUpAt = performance.now() + patienceMs;
  let askedAt = performance.now();
  while (!(await holdStack(db, lease))) {
    if (performance.now() >= giveUpAt) throw new HeldByAnother(`holding ${stack}: another worker does`);
    await pause(askAgainAfterMs, undefined, { signal });
    askedAt = performance.now();
  }
  const lost = new AbortController();
  const lose = (why: string) => lost.abort(new HoldLost(`holding ${stack}: ${why}`));
  const stopRenewing = keepRenewing(() => renewStack(db, lease), lose, askedAt);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    stopRenewing();
    await letStackGo(db, lease);
  }
}

/**
 * Renews a lease, by the clock that cannot be set.
 *
 * @param askedAt when it was asked for: the database counts from later
 * @returns what ends it
 */
function keepRenewing(renew: () => Promise<boolean>, lose: (why: string) => void, askedAt: number): () => void {
  let goodUntil = askedAt + leaseSeconds * 1_000;
  let isUnderWay = false;
  const renewing = setInterval(async () => {
    const now = performance.now();
    // The next look would come after it.
    if (now + renewEveryMs > goodUntil) return lose("the lease could not be renewed");
    if (isUnderWay) return;
    isUnderWay = true;
    // What fails is tried again by the next one.
    const isHeld = await renew().catch(() => undefined);
    isUnderWay = false;
    if (isHeld === true) goodUntil = now + leaseSeconds * 1_000;
    if (isHeld === false) lose("another worker took it over");
  }, renewEveryMs);
  return () => clearInterval(renewing);
}
