import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { holdStack, letStackGo } from "../../core/db/stack-leases.ts";
import type { Db } from "../../core/db/tables.ts";

const leaseSeconds = 20;
const renewEveryMs = 5_000;
const askAgainAfterMs = 100;

/**
 * Works on a stack alone, of all workers. The signal is aborted when the stack is another's, which is after a pause that
 * outlasted the lease.
 *
 * @param options.patienceMs for which it is waited where somebody else works on it
 * @throws Error somebody else works on it; the queue tries again
 */
export async function whileHolding<Done>(
  db: Db,
  stack: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Done>,
  { patienceMs = 0 }: { patienceMs?: number } = {},
): Promise<Done> {
  const holder = randomUUID();
  const hold = () => holdStack(db, { stack, holder, seconds: leaseSeconds });
  const giveUpAt = performance.now() + patienceMs;
  while (!(await hold())) {
    if (performance.now() >= giveUpAt) throw new Error(`working on stack ${stack}: another worker does`);
    await pause(askAgainAfterMs, undefined, { signal });
  }
  const lost = new AbortController();
  let renewal: Promise<unknown> = Promise.resolve();
  const renewing = setInterval(() => {
    renewal = renewal.then(hold).then(
      (isHeld) => isHeld || lost.abort(new Error(`working on stack ${stack}: another worker took it over`)),
      () => undefined, // The next one tells, or the lease ends.
    );
  }, renewEveryMs);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(renewing);
    // Those that are under way would take it again after it was let go.
    await renewal;
    await letStackGo(db, { stack, holder });
  }
}
