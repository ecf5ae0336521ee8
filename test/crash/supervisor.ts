import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { CrashPoint } from "../../bot/crash-points.ts";
import { patienceMs } from "../support/patience.ts";
import type { Order, Surroundings } from "./bot-process.ts";
import type { Interruption, Saying } from "./interruptions.ts";

const program = fileURLToPath(new URL("bot-process.ts", import.meta.url));

export type Ending = {
  signal: NodeJS.Signals | null;
  code: number | null;
  /** The named point to which the process said that it had come. */
  at: CrashPoint | undefined;
};

export type BotProcess = ReturnType<typeof spawnBot>;

/** What one process has compiled is there for the next. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/test-crash", import.meta.url));

/** Starts the bot again and again. One more process has always loaded its modules, so that a start is quick. */
export function openSupervisor(surroundings: Surroundings) {
  let spare = spawnBot();
  let present: BotProcess | undefined;
  return {
    /** Over the present one, which has ended. */
    start(): BotProcess {
      present = spare;
      spare = spawnBot();
      present.order({ do: "run", surroundings });
      return present;
    },
    present(): BotProcess {
      if (present === undefined) throw new Error("the bot was never started");
      return present;
    },
    async close(): Promise<void> {
      const all = [spare, ...(present === undefined ? [] : [present])];
      for (const each of all) each.kill();
      await Promise.all(all.map(({ ended }) => ended()));
    },
  };
}

function spawnBot() {
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "inherit"], env });
  let told = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();
  let at: CrashPoint | undefined;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const saying: Saying = JSON.parse(line);
    if (saying.is === "told") return told.resolve();
    at = saying.point;
    arrived.resolve();
  });
  // What is written to a process that has just died.
  child.stdin.on("error", () => undefined);
  const ended = new Promise<Ending>((resolve) => child.once("close", (code, signal) => resolve({ signal, code, at })));
  const order = (what: Order) => void child.stdin.write(`${JSON.stringify(what)}\n`);
  return {
    order,
    /** Once it has been told, nothing that happens later overtakes it. */
    async interrupt(interruption: Interruption): Promise<void> {
      told = Promise.withResolvers();
      arrived = Promise.withResolvers();
      order({ do: "interrupt", interruption });
      await Promise.race([told.promise, ended]);
    },
    /** Until it stands at the point where it is to pause. */
    arrived: () => inTime(arrived.promise, "paused"),
    ended: () => inTime(ended, "ended"),
    kill: () => child.kill("SIGKILL"),
  };
}

async function inTime<Result>(awaited: Promise<Result>, what: string): Promise<Result> {
  const over = new AbortController();
  const tooLate = setTimeout(patienceMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`the bot has not ${what}: it did not come to the point in time`);
  });
  try {
    return await Promise.race([awaited, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    over.abort();
  }
}
