import { randomUUID } from "node:crypto";
import { holdStack, letStackGo } from "../../core/db/stack-leases.ts";
import type { Db } from "../../core/db/tables.ts";

const leaseSeconds = 20;
const renewEveryMs = 5_000;

/**
 * Works on a stack alone, of all workers. The signal is aborted when the stack is another's, which is after a pause that
 * outlasted the lease.
 *
 * @throws Error somebody else works on it; the queue tries again
 */
export async function whileHolding<Done>(
  db: Db,
  stack: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Done>,
): Promise<Done> {
  const holder = randomUUID();
  const hold = () => holdStack(db, { stack, holder, seconds: leaseSeconds });
  if (!(await hold())) throw new Error(`working on stack ${stack}: another worker does`);
  const lost = new AbortController();
  const renewing = setInterval(() => {
    hold().then(
      (isHeld) => isHeld || lost.abort(new Error(`working on stack ${stack}: another worker took it over`)),
      () => undefined, // The next one tells, or the lease ends.
    );
  }, renewEveryMs);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(renewing);
    await letStackGo(db, { stack, holder });
  }
}
