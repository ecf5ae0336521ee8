import { minuteInMilliseconds } from "../durations.ts";

/** A monitor looks around each few seconds. */
const stoppedAfterMs = minuteInMilliseconds;
/** So do the pages, without much that could keep them from it. */
const webAwayAfterMs = 15_000;

/**
 * @param lookedAt when a monitor last looked around; undefined: none ever did
 * @returns since when none runs, where none does: what is known is from then
 */
export function stoppedSince(lookedAt: Date | undefined, now: Date): Date | undefined {
  if (lookedAt === undefined) return undefined;
  return now.getTime() - lookedAt.getTime() > stoppedAfterMs ? lookedAt : undefined;
}

/** @param lookedAt when the pages last said that they run; undefined: they never did */
export function isSilent(lookedAt: Date | undefined, now: Date): boolean {
  return lookedAt === undefined || now.getTime() - lookedAt.getTime() > webAwayAfterMs;
}
