import { accept, type Outcome, refuse } from "../outcome.ts";

/** By one person; each asks somebody's line. source: office practice */
const mostAMinute = 6;
const sameAgainMs = 10_000;
const minuteMs = 60_000;

/** @param before what that person had asked within the last minute */
export function refusalOfAsking(
  before: readonly { targetId: number; at: Date }[],
  targetId: number,
  now: Date,
): Outcome {
  const same = before.find((each) => each.targetId === targetId);
  if (same !== undefined && now.getTime() - same.at.getTime() < sameAgainMs) return refuse("asked-just-now");
  if (before.length < mostAMinute) return accept();
  const oldest = Math.min(...before.map(({ at }) => at.getTime()));
  return refuse("asked-too-often", { seconds: Math.max(1, Math.ceil((oldest + minuteMs - now.getTime()) / 1_000)) });
}
