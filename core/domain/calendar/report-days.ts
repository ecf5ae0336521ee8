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

/** A calendar month in the office's zone. */
export type Month = {
  /** 2026-11 */
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

/** A month as it can be measured: of the one that lasts, what is over. */
export function measurable(
  name: string,
  { zone }: Pick<WorkingCalendar, "zone">,
  now: Date,
): Month & { period: Pick<Month, "from" | "until"> } {
  const month = monthNamed(name, { zone });
  return { ...month, period: { from: month.from, until: month.until < now ? month.until : now } };
}
