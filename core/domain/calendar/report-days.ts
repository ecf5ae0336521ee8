import { DateTime } from "luxon";
import { isWorkingDay, localDay, openHoursOf, type WorkingCalendar } from "./working-calendar.ts";

/** What a morning's report is about. */
export type ReportDay = {
  /** 2026-11-23 */
  day: string;
  /** The beginning of the working day before: what was done since is news. */
  since: Date;
  /** The beginning of this day, and of the next. */
  from: Date;
  until: Date;
};

/**
 * The day whose morning report is due: a working day, from its opening to its closing. A Simpul that starts late reports
 * late, but not in the evening.
 *
 * source: office practice
 */
export function reportDayOf(now: Date, calendar: WorkingCalendar): ReportDay | undefined {
  if (!isWorkingDay(now, calendar)) return undefined;
  const at = localDay(now, calendar);
  const today = at.startOf("day");
  const { opens, closes } = openHoursOf(now, calendar);
  if (at < today.set(opens) || at >= today.set(closes)) return undefined;
  return {
    day: today.toISODate() ?? "",
    since: workingDayBefore(today, calendar).toJSDate(),
    from: today.toJSDate(),
    until: today.plus({ days: 1 }).toJSDate(),
  };
}

function workingDayBefore(day: DateTime, calendar: WorkingCalendar): DateTime {
  let before = day.minus({ days: 1 });
  while (!isWorkingDay(before.toJSDate(), calendar)) before = before.minus({ days: 1 });
  return before;
}

/** A calendar month in the office's zone, or some days of it (`measurable`). */
export type Month = {
  /** 2026-11, or 2026-11-01_2026-11-15 */
  name: string;
  from: Date;
  until: Date;
};

/**
 * The month of an instant, or one before or after it.
 *
 * @param zone IANA name
 */
export function monthOf(at: Date, { zone }: Pick<WorkingCalendar, "zone">, monthsOn = 0): Month {
  const from = localDay(at, { zone }).startOf("month").plus({ months: monthsOn });
  return { name: from.toFormat("yyyy-MM"), from: from.toJSDate(), until: from.plus({ months: 1 }).toJSDate() };
}

/** @param name 2026-11 */
export function monthNamed(name: string, { zone }: Pick<WorkingCalendar, "zone">): Month {
  return monthOf(DateTime.fromFormat(name, "yyyy-MM", { zone }).toJSDate(), { zone });
}

/** How many days there are from one to another, both within: 2026-11-01 to 2026-11-15 are 15. */
export function daysBetween(first: string, last: string): number {
  return DateTime.fromISO(last, { zone: "utc" }).diff(DateTime.fromISO(first, { zone: "utc" }), "days").days + 1;
}

/** What `measurable` takes: a month, 2026-11, or days of which the last is within, 2026-11-01_2026-11-15. */
export const measurableName = /^\d{4}-(0[1-9]|1[0-2])(-\d{2}_\d{4}-\d{2}-\d{2})?$/;

/** A month, or days, as they can be measured: of what lasts, what is over. @param name `measurableName` */
export function measurable(
  name: string,
  { zone }: Pick<WorkingCalendar, "zone">,
  now: Date,
): Month & { period: Pick<Month, "from" | "until"> } {
  const [first, last] = name.split("_");
  const month = first !== undefined && last !== undefined ? daysNamed(first, last, zone) : monthNamed(name, { zone });
  return { ...month, period: { from: month.from, until: month.until < now ? month.until : now } };
}

function daysNamed(first: string, last: string, zone: string): Month {
  const [from, until] = [DateTime.fromISO(first, { zone }), DateTime.fromISO(last, { zone }).plus({ days: 1 })];
  return { name: `${first}_${last}`, from: from.toJSDate(), until: until.toJSDate() };
}
