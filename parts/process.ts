import { setFlagsFromString } from "node:v8";
import { type Logger, pino } from "pino";
import type { Environment } from "../config/env.ts";
import { describeFault, isServerAway } from "../core/db/fault.ts";
import { explainFault, OperatorFault } from "../core/domain/operator-fault.ts";
import type { Lifecycle } from "../web/server.ts";

/** V8 collects when twice as much lives as after the last collection, and not, as usually, four times. */
const heapFlags = "--heap-growing-percent=100";
const stopWithinMs = 25_000;
/** npm passes a signal on that the terminal or systemd sent to us as well. */
const sameSignalMs = 1_000;

/** What was opened, to be closed in the opposite order. */
type Closers = (() => Promise<unknown>)[];

/** What a start is given. */
export type Running = {
  log: Logger;
  closers: Closers;
  /** Something is lost without which nothing works. */
  onLost: (what: string) => void;
  lifecycle: () => Lifecycle;
};

/**
 * Runs one process until it is told to stop. A signal stops cleanly, with code 0; a later one, or a stop that hangs, ends
 * it at once. Something lost without which nothing works stops as cleanly as it can, with code 1, so that whoever
 * supervises it starts it again.
 *
 * @param start opens what runs in it. @returns what the terminal is told then
 */
export async function runProcess(
  { logLevel }: Environment,
  start: (running: Running) => Promise<string>,
): Promise<void> {
  setFlagsFromString(heapFlags);
  const log = pino({ level: logLevel }, pino.destination(2));
  const closers: Closers = [];
  let isStarted = false;
  let stoppingSince: number | undefined;
  const stop = (code: number) => {
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    closeAll(closers).then(
      () => process.exit(code),
      (fault: Error) => {
        log.error({ fault: fault.message }, "stopping failed");
        process.exit(1);
      },
    );
  };
  const onSignal = () => {
    if (stoppingSince === undefined) stop(0);
    else if (performance.now() - stoppingSince > sameSignalMs) process.exit(1);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    const words = await start({
      log,
      closers,
      onLost: (what) => {
        log.fatal({ what }, "lost what Simpul cannot work without, stopping");
        if (stoppingSince === undefined) stop(1);
      },
      lifecycle: () => (stoppingSince !== undefined ? "stopping" : isStarted ? "running" : "starting"),
    });
    isStarted = true;
    process.stdout.write(`${words}\n`);
  } catch (fault) {
    await closeAll(closers);
    process.stderr.write(`Simpul could not start. ${explainStart(fault)}\n`);
    process.exit(1);
  }
}

function explainStart(fault: unknown): string {
  if (!(fault instanceof OperatorFault) && isServerAway(fault))
    return `PostgreSQL went away meanwhile: ${describeFault(fault)}.`;
  return explainFault(fault);
}

async function closeAll(closers: Closers): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
}
