import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { CrashPoint } from "../../bot/crash-points.ts";
import type { PartName } from "../../parts/parts.ts";
import type { Interruption, Saying } from "../../test/crash/interruptions.ts";
import { checkout } from "../../test/e2e/support/folders.ts";
import type { PartOrder } from "./part-process.ts";

/** What one process has compiled is there for the next. */
const compiled = join(checkout, "node_modules/.cache/bench-chaos");
const mostWords = 4_000;

export type PartEnding = {
  at: number;
  signal: NodeJS.Signals | null;
  code: number | null;
  point: CrashPoint | undefined;
};

export type Part = ReturnType<typeof spawnPart>;

/** A process that becomes a part of Simpul when it is told which. @param mark what its environment is known by */
export function spawnPart(mark: Record<string, string>) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "part-process.ts")], {
    env: { PATH: process.env.PATH, TZ: "UTC", NODE_COMPILE_CACHE: compiled, ...mark },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let words = "";
  let point: CrashPoint | undefined;
  const ready = Promise.withResolvers<string>();
  let told = Promise.withResolvers<void>();
  let isKilled = false;
  let isStopped = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return ready.resolve(line);
    const saying: Saying = JSON.parse(line);
    if (saying.is === "told") return told.resolve();
    point = saying.point;
  });
  child.stderr.on("data", (chunk) => {
    words = `${words}${chunk}`.slice(-mostWords);
  });
  // What is written to a process that has just died.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<PartEnding>((resolve) =>
    child.once("close", (code, signal) => resolve({ at: Date.now(), signal, code, point })),
  );
  const order = (what: PartOrder) => void child.stdin.write(`${JSON.stringify(what)}\n`);
  const hasEnded = () => isKilled || point !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    run: (part: PartName, env: Record<string, string>) => order({ do: "run", part, env }),
    /** Once it has been told, nothing that happens later overtakes it. @param interruption null: none any more */
    async interrupt(interruption: Interruption | null): Promise<void> {
      told = Promise.withResolvers();
      order({ do: "interrupt", interruption });
      await Promise.race([told.promise, ended]);
    },
    /** The first line that it says when it runs; never, where it ends before. */
    ready: ready.promise,
    ended,
    /** @returns whether it was alive until then */
    kill(): boolean {
      if (hasEnded()) return false;
      isKilled = true;
      return child.kill("SIGKILL");
    },
    /** Or is about to. */
    hasEnded,
    stop(): void {
      isStopped = true;
      child.kill("SIGTERM");
    },
    /** Whether it ended, or is about to, because somebody wanted it. */
    isExpectedToEnd: () => isKilled || isStopped || point !== undefined,
    /** The end of its log. */
    words: () => words,
  };
}
