import { minuteInMilliseconds } from "../durations.ts";

/** A monitor looks around each few seconds. */
const stoppedAfterMs = minuteInMilliseconds;

/**
 * @param lookedAt when a monitor last looked around; undefined: none ever did
 * @returns since when none runs, where none does: what is known is from then
 */
export function stoppedSince(lookedAt: Date | undefined, now: Date): Date | undefined {
  if (lookedAt === undefined) return undefined;
  return now.getTime() - lookedAt.getTime() > stoppedAfterMs ? lookedAt : undefined;
}
