import type { DateTime } from "luxon";
import { holdsYearOf, isWorkingDay, localDay, openHoursOf, type WorkingCalendar } from "./working-calendar.ts";

/**
 * The instant when that many full working days have passed. Time runs only on working days, all 24 hours of them:
 * - from a working day at 14.00, one working day later is the next working day at 14.00;
 * - from a day off it is counted from the beginning of the next working day;
 * - a result outside office hours, from opening to just before closing, moves to the next opening, so that nobody is
 *   written to at night.
 *
 * @returns `isCovered` is false where a day was passed whose year the calendar does not hold: only week-ends were left out there
 * source: office practice
 */
export function addWorkingDays(from: Date, days: number, calendar: WorkingCalendar): { at: Date; isCovered: boolean } {
  const start = localDay(from, calendar);
  let at = isWorkingDay(from, calendar) ? start : nextWorkingDay(start, calendar);
  for (let passed = 0; passed < days; passed += 1) at = sameTimeOn(nextWorkingDay(at, calendar), at);
  const result = withinOfficeHours(at, calendar).toJSDate();
  return { at: result, isCovered: holdsYearOf(from, calendar) && holdsYearOf(result, calendar) };
}

/** The beginning of the first working day after that day. */
function nextWorkingDay(day: DateTime, calendar: WorkingCalendar): DateTime {
  let next = day.startOf("day").plus({ days: 1 });
  while (!isWorkingDay(next.toJSDate(), calendar)) next = next.plus({ days: 1 });
  return next;
}

function sameTimeOn(day: DateTime, { hour, minute, second, millisecond }: DateTime): DateTime {
  return day.set({ hour, minute, second, millisecond });
}

/** @param at on a working day */
function withinOfficeHours(at: DateTime, calendar: WorkingCalendar): DateTime {
  const { opens, closes } = openHoursOf(at.toJSDate(), calendar);
  const today = at.startOf("day");
  if (at < today.set(opens)) return today.set(opens);
  if (at < today.set(closes)) return at;
  const next = nextWorkingDay(at, calendar);
  return next.set(openHoursOf(next.toJSDate(), calendar).opens);
}
