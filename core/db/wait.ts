import { setTimeout as pause } from "node:timers/promises";

/** Resolves after that time, or at once when the signal aborts. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const wait: Wait = (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined);

/** 1, 2, 4 … seconds, for the first, second, third … failure in a row. */
export function backoffMs(failuresInRow: number, longestMs: number): number {
  return Math.min(longestMs, 1000 * 2 ** Math.min(failuresInRow - 1, 20));
}

/** Until all of it is settled, but not longer. @returns whether it is */
export async function settledWithin(ms: number, work: Iterable<Promise<unknown>>): Promise<boolean> {
  const settled = new AbortController();
  const all = Promise.allSettled(work).then(() => settled.abort());
  await Promise.race([all, wait(ms, settled.signal)]);
  return settled.signal.aborted;
}
