import type pg from "pg";
import type { Logger } from "pino";
import { describeFault, framesOf } from "./fault.ts";
import { acquireLock } from "./locks.ts";
import { wait } from "./wait.ts";

/**
 * Does the work of which only one process may do it: waits for the lock, works until the lock is lost, waits for
 * it again, and so on until `stop`.
 *
 * @param work ends soon after its signal aborts; the lock is kept until it has ended
 */
export async function whileLocked(
  lock: { config: pg.ClientConfig; name: string; stop: AbortSignal; log: Logger },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { name, stop, log } = lock;
  while (!stop.aborted) {
    try {
      await workOnce(lock, work);
      if (!stop.aborted) log.warn({ lock: name }, "lost the lock, waiting for it");
    } catch (fault) {
      if (stop.aborted) return;
      log.error({ lock: name, fault: describeFault(fault), frames: framesOf(fault) }, "work under a lock failed");
      await wait(1000, stop);
    }
  }
}

async function workOnce(
  { config, name, stop, log }: { config: pg.ClientConfig; name: string; stop: AbortSignal; log: Logger },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const held = await acquireLock(config, name, {
    signal: stop,
    onLost: () => lost.abort(),
    onTaken: () => log.info({ lock: name }, "another process does this, waiting to take over"),
  });
  try {
    await work(AbortSignal.any([stop, lost.signal]));
  } finally {
    await held.release().catch(() => undefined); // It ends with its connection anyway.
  }
}
