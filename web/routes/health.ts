import type { Handler } from "hono";
import { deafAfterMs } from "../../core/domain/deafness.ts";

/** 200 while alive and not deaf, else 503; JSON with the age of the last completed poll (N9). */
export function health(lastPollAt: () => Date | undefined, now = () => new Date()): Handler {
  const startedAt = now();
  return (context) => {
    const lastPoll = lastPollAt();
    const ageSeconds = Math.round((now().getTime() - (lastPoll ?? startedAt).getTime()) / 1000);
    const isDeaf = ageSeconds * 1000 > deafAfterMs;
    const body = { status: isDeaf ? "deaf" : "ok", lastPollAgeSeconds: lastPoll === undefined ? null : ageSeconds };
    return context.json(body, isDeaf ? 503 : 200);
  };
}
