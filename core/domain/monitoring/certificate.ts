import type { CheckSettings } from "./check.ts";
import { daysUntil } from "./ending.ts";
import { followsHosting } from "./hosted.ts";

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
