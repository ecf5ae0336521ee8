import { dayInMilliseconds } from "../durations.ts";
import type { CheckSettings } from "./check.ts";
import { followsHosting } from "./hosted.ts";

/** Whole days until it ends, rounded down; below 0 once it has. */
export function daysUntil(endsAt: Date, now: Date): number {
  return Math.floor((endsAt.getTime() - now.getTime()) / dayInMilliseconds);
}

/** Caddy renews the certificate of what a machine hosts when a third of its life is left, which is 30 days of 90. */
const lateForHostedDays = 14;

/** Of what a machine hosts nobody is warned while it may still be renewed by itself. @param days before the end, of the profile */
export function warningDays(settings: CheckSettings, days: readonly number[]): number[] {
  const most = followsHosting(settings) ? lateForHostedDays : Number.POSITIVE_INFINITY;
  return days.map((each) => Math.min(each, most));
}

/** Somebody is warned of it by now, or it has ended. @param days of `warningDays` */
export function isEndingSoon(endsAt: Date, days: readonly number[], now: Date): boolean {
  return daysUntil(endsAt, now) <= Math.max(...days, -1);
}

/**
 * Which warning is due now; undefined: none, or it was told. What lies between two looks is told once, by the last of it.
 *
 * @param days of `warningDays`, before the end
 * @param toldDays up to which one was told; null: of none
 */
export function dueWarning(
  { endsAt, toldDays }: { endsAt: Date; toldDays: number | null },
  days: readonly number[],
  now: Date,
): number | undefined {
  if (endsAt <= now) return undefined;
  const left = daysUntil(endsAt, now);
  const reached = days.filter((each) => left <= each);
  const due = reached.length === 0 ? undefined : Math.min(...reached);
  return due === undefined || (toldDays !== null && toldDays <= due) ? undefined : due;
}
