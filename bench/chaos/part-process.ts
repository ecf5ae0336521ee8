/**
 * One part of Simpul in the composition of `npm run bot`, `web` or `worker`, for the benchmark to kill. It has loaded its
 * modules when it is told which part it is, so that a start is quick. Orders come on stdin, one line of JSON each.
 */
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { environmentOfPartOrExit } from "../../config/environment-or-exit.ts";
import { type PartName, parts } from "../../parts/parts.ts";
import { runProcess } from "../../parts/process.ts";
import { type Interruption, openInterruptions } from "../../test/crash/interruptions.ts";

export type PartOrder =
  | { do: "run"; part: PartName; env: Record<string, string> }
  | { do: "interrupt"; interruption: Interruption | null };

/** The people do not wait for Telegram's limits; the sender's own tests do that. */
const limits = { overallPerSecond: Infinity, perPrivateChatPerSecond: Infinity, perGroupPerMinute: Infinity };

const interruptions = openInterruptions(new Promise(() => undefined));

// For the next one: who is killed has no other time to do it.
flushCompileCache();
const orders = createInterface({ input: process.stdin });
orders.on("line", (line) => void follow(JSON.parse(line)));
// The benchmark is gone.
orders.on("close", () => process.exit(1));

async function follow(order: PartOrder): Promise<void> {
  if (order.do === "interrupt") return interruptions.expect(order.interruption ?? undefined);
  Object.assign(process.env, order.env);
  const environment = environmentOfPartOrExit();
  await runProcess(environment, (running) =>
    parts[order.part](environment, running, { at: interruptions.comeTo, limits }),
  );
}
