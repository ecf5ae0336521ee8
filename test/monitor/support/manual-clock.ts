import type { Clock } from "../../../monitor/watch.ts";

/** A clock that stands still until it is told how far to go. */
export function manualClock(begin = new Date("2026-11-28T01:00:00Z")) {
  let atMs = 0;
  let jumpedMs = 0;
  let sleeping: { untilMs: number; wake: () => void } | undefined;
  const clock: Clock = {
    now: () => new Date(begin.getTime() + atMs + jumpedMs),
    monotonicMs: () => atMs,
    pause: (ms, signal) =>
      new Promise<void>((wake) => {
        sleeping = { untilMs: atMs + ms, wake };
        signal.addEventListener("abort", () => wake(), { once: true });
      }),
  };
  return {
    clock,
    /** The clock on the wall is set, as by NTP. */
    jump: (ms: number) => {
      jumpedMs += ms;
    },
    /** Second by second; what is ready after each has run. */
    async go(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        atMs += 1_000;
        if (sleeping !== undefined && sleeping.untilMs <= atMs) sleeping.wake();
        await settled();
      }
    },
  };
}

/** All that waits for nothing outside of this process has run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((ready) => setImmediate(ready));
}
