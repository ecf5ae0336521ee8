import { type Change, isReached } from "./state.ts";

/** Why a target was down, as the desk says. */
export const causeCodes = ["power", "device", "fibre-cut", "provider", "lightning", "planned", "other"] as const;
export type CauseCode = (typeof causeCodes)[number];

/** One down time of a target. */
export type Outage = {
  targetId: number;
  /** the first miss */
  startedAt: Date;
  confirmedAt: Date;
  /** the first success; null: it lasts */
  endedAt: Date | null;
};

/**
 * The outage that lasts or just ended, after a change of the target. While the target is unknown it lasts on: who is
 * down before and after a cut of the monitor had one outage. What lies in between is no downtime (`availability.ts`).
 *
 * @param open that lasts
 * @returns undefined where the change concerns none
 */
export function nextOutage(targetId: number, open: Outage | undefined, change: Change): Outage | undefined {
  const { to, at, confirmedAt } = change;
  if (to === "down") return open ?? { targetId, startedAt: at, confirmedAt, endedAt: null };
  if (open === undefined || !isReached(to)) return open;
  // The clock may have gone back meanwhile.
  return { ...open, endedAt: at < open.startedAt ? open.startedAt : at };
}
