import { minuteInMilliseconds } from "../../core/domain/durations.ts";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import type { Span } from "../../core/domain/monitoring/spans.ts";
import { Draws } from "../chaos/draws.ts";

const intervalMs = minuteInMilliseconds / 2;
const pings = 5;
/** Of the round trips of who answers: some lie far off, and some are lost. */
const chance = { slow: 0.03, lost: 0.01 };

/** What a check finds in a time: it has its usual latency, from 0.3 to 40 ms, around which it varies. */
export function samplesOf(
  check: { checkId: number; isPing: boolean },
  { from, until }: Span,
  isDown: boolean,
): Sample[] {
  const draws = new Draws(1, `${check.checkId} at ${from.toISOString()}`);
  const found: Sample[] = [];
  const phaseMs = (check.checkId * 7_919) % intervalMs;
  for (let at = from.getTime() + phaseMs; at < until.getTime(); at += intervalMs) {
    found.push({ checkId: check.checkId, at: new Date(at), ...(isDown ? missOf(check) : answerOf(check, draws)) });
  }
  return found;
}

function missOf({ isPing }: { isPing: boolean }): Omit<Sample, "checkId" | "at"> {
  const nothing = { minUs: null, avgUs: null, maxUs: null, jitterUs: null };
  return { ...nothing, isOk: false, sent: isPing ? pings : 1, received: 0, problem: isPing ? "no-answer" : "timeout" };
}

function answerOf(
  { checkId, isPing }: { checkId: number; isPing: boolean },
  draws: Draws,
): Omit<Sample, "checkId" | "at"> {
  const usualUs = 300 + ((checkId * 7_919) % 40_000);
  const slow = draws.happens(chance.slow) ? 2 * draws.fraction() : 0;
  const avgUs = Math.round(usualUs * (0.85 + 0.3 * draws.fraction() + slow));
  if (!isPing) {
    const once = { minUs: avgUs, avgUs, maxUs: avgUs, jitterUs: null };
    return { ...once, isOk: true, sent: 1, received: 1, problem: null };
  }
  const spread = { minUs: Math.round(avgUs * 0.9), maxUs: Math.round(avgUs * 1.2), jitterUs: Math.round(avgUs * 0.08) };
  return {
    ...spread,
    avgUs,
    isOk: true,
    sent: pings,
    received: draws.happens(chance.lost) ? pings - 1 : pings,
    problem: null,
  };
}
