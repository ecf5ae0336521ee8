import { DateTime } from "luxon";
import { dayInMilliseconds } from "../durations.ts";

/** A time of day, local: 07.30 is `{ hour: 7, minute: 30 }`. */
export type TimeOfDay = { hour: number; minute: number };
export type OpenHours = { opens: TimeOfDay; closes: TimeOfDay };
type WeekHours = { mondayToThursday: OpenHours; friday: OpenHours };

/** A day off by decree, `holiday` (libur nasional) or `joint-leave` (cuti bersama); civil servants are off on both. */
export type DayOff = { kind: "holiday" | "joint-leave"; name: string; source: string };

/** When offices work. Dates are local, as "2026-12-25". */
export type WorkingCalendar = {
  /** IANA name. */
  zone: string;
  /** The years whose days off are known, in order; in others only week-ends are off. */
  years: readonly number[];
  daysOff: Readonly<Record<string, DayOff>>;
  /** Both days included. */
  ramadan: readonly { from: string; to: string }[];
  hours: { normal: WeekHours; ramadan: WeekHours };
};

export function localDay(at: Date, { zone }: Pick<WorkingCalendar, "zone">): DateTime<true> {
  const local = DateTime.fromJSDate(at, { zone });
  if (!local.isValid) throw new RangeError(`reading a day: ${local.invalidExplanation}`);
  return local;
}

/**
 * Monday to Friday, neither a national holiday nor joint leave. The day is the one on which `at` falls in the calendar's zone.
 *
 * source: Perpres 21/2023, articles 2, 3 and 6
 */
export function isWorkingDay(at: Date, calendar: WorkingCalendar): boolean {
  const day = localDay(at, calendar);
  return day.weekday <= 5 && !Object.hasOwn(calendar.daysOff, day.toISODate());
}

/** Whether the days off of that instant's year are known. */
export function holdsYearOf(at: Date, calendar: WorkingCalendar): boolean {
  return calendar.years.includes(localDay(at, calendar).year);
}

/** The hours of a day, if it is a working day. */
export function openHoursOf(at: Date, calendar: WorkingCalendar): OpenHours {
  const day = localDay(at, calendar);
  const date = day.toISODate();
  const isRamadan = calendar.ramadan.some(({ from, to }) => from <= date && date <= to);
  const week = isRamadan ? calendar.hours.ramadan : calendar.hours.normal;
  return day.weekday === 5 ? week.friday : week.mondayToThursday;
}

/**
 * Days from `now` until the last day that the calendar holds, rounded down; negative when it has ended. The decree of
 * the next year comes about September.
 */
export function daysUntilEnd(calendar: WorkingCalendar, now: Date): number {
  const end = DateTime.local((calendar.years.at(-1) ?? 0) + 1, 1, 1, { zone: calendar.zone });
  return Math.floor((end.toMillis() - now.getTime()) / dayInMilliseconds);
}
