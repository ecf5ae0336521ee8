import type { Handler } from "hono";
import type { MonitorLook } from "../../core/db/monitoring/last-look.ts";
import { deafAfterMs } from "../../core/domain/deafness.ts";
import { stoppedSince } from "../../core/domain/monitoring/last-look.ts";

export type HealthOptions = {
  /** When Telegram last came through. */
  lastPollAt: () => Date | undefined;
  /** When the monitor last looked around; absent or undefined: nothing is to be watched. */
  monitorLook?: (() => MonitorLook | undefined) | undefined;
};

/** 200 while alive, not deaf, and watching what is to be watched, else 503; JSON with the ages of the last poll and look (N9). */
export function health({ lastPollAt, monitorLook }: HealthOptions, now = () => new Date()): Handler {
  const startedAt = now();
  return (context) => {
    const at = now();
    const [lastPoll, look] = [lastPollAt(), monitorLook?.()];
    const isDeaf = at.getTime() - (lastPoll ?? startedAt).getTime() > deafAfterMs;
    // The monitor begins beside the pages, and may have its first look after them.
    const since = new Date(Math.max(look?.lookedAt?.getTime() ?? 0, startedAt.getTime()));
    const isUnwatched = look !== undefined && stoppedSince(since, at) !== undefined;
    const body = {
      status: isDeaf ? "deaf" : isUnwatched ? "monitor stopped" : "ok",
      lastPollAgeSeconds: ageSeconds(lastPoll, at),
      lastLookAgeSeconds: ageSeconds(look?.lookedAt ?? undefined, at),
    };
    return context.json(body, isDeaf || isUnwatched ? 503 : 200);
  };
}

function ageSeconds(instant: Date | undefined, at: Date): number | null {
  return instant === undefined ? null : Math.round((at.getTime() - instant.getTime()) / 1000);
}
