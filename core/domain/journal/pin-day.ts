import { DateTime } from "luxon";

/** A pin is due at 07.00; the day begins a little before, so that a clock that is early does not miss it. */
const dayBeginsAtHour = 6;

/**
 * The office's day for which the journal's head is pinned. What happens in the night still counts to the day before,
 * whose pin a start at that time makes up for.
 *
 * @param zone IANA name
 * @returns for example 2026-11-25
 */
export function pinDayOf(now: Date, zone: string): string {
  return DateTime.fromJSDate(now, { zone }).minus({ hours: dayBeginsAtHour }).toFormat("yyyy-MM-dd");
}
