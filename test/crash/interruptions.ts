import { writeSync } from "node:fs";
import type { CrashPoint } from "../../bot/crash-points.ts";

/** What happens when the process comes to that point for the n-th time since it was told so. */
export type Interruption = {
  at: CrashPoint;
  passing: number;
  /** A signal that it sends to itself; or it stands still there until it is told to go on. */
  by: "SIGKILL" | "SIGTERM" | "pause";
};

export type Saying = { is: "told" } | { is: "at"; point: CrashPoint };

/**
 * Within a process that a test ends: where that happens.
 *
 * @param stopping settled when a signal has been taken; what stands at the point goes on then
 */
export function openInterruptions(stopping: Promise<void>) {
  let expected: Interruption | undefined;
  let passings = 0;
  let going = Promise.withResolvers<void>();
  return {
    /** @param interruption undefined: none any more */
    expect(interruption: Interruption | undefined): void {
      passings = 0;
      expected = interruption;
      going = Promise.withResolvers();
      say({ is: "told" });
    },
    goOn: () => going.resolve(),
    async comeTo(point: CrashPoint): Promise<void> {
      if (expected === undefined || point !== expected.at || ++passings < expected.passing) return;
      const { by } = expected;
      expected = undefined;
      say({ is: "at", point });
      if (by === "pause") return going.promise;
      process.kill(process.pid, by);
      await stopping;
    },
  };
}

/** Written before the next statement runs: what is killed after it has said it. */
function say(saying: Saying): void {
  writeSync(1, `${JSON.stringify(saying)}\n`);
}
