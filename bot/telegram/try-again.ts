import type { Logger } from "pino";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { backoffMs } from "../../core/db/wait.ts";
import { TelegramFailure } from "./telegram-failure.ts";

const longestBackoffMs = 30_000;
const needsAPersonMs = 60_000;

/** What the log says of a failure of our own, of one that a person has to mend, and of one that passes. */
export type FailureWords = { ours: string; refused: string; passing: string };

/**
 * After how long to call Telegram again, which the log says too.
 *
 * @param failuresInRow this one included
 * @returns milliseconds
 */
export function waitAfterFailure(log: Logger, fault: unknown, failuresInRow: number, words: FailureWords): number {
  const waitMs = waitMsAfter(fault, failuresInRow);
  if (!(fault instanceof TelegramFailure))
    log.error({ fault: describeFault(fault), frames: framesOf(fault), waitMs }, words.ours);
  else if (waitMs >= needsAPersonMs) log.error({ fault: fault.message, waitMs }, words.refused);
  else log.warn({ fault: fault.message, waitMs }, words.passing);
  return waitMs;
}

/** The more failures in a row, the longer. */
export function growingWaitMs(failuresInRow: number): number {
  return backoffMs(failuresInRow, longestBackoffMs);
}

function waitMsAfter(fault: unknown, failuresInRow: number): number {
  const why = fault instanceof TelegramFailure ? fault.why : undefined;
  if (why?.reason === "too-many") return why.retryAfterSeconds * 1000;
  if (why?.reason === "unauthorized" || why?.reason === "refused") return needsAPersonMs;
  return growingWaitMs(failuresInRow);
}
