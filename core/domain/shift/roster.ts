import { DateTime } from "luxon";
import { daysBetween } from "../calendar/report-days.ts";
import { localDay, openHoursOf, type WorkingCalendar } from "../calendar/working-calendar.ts";
import type { Field } from "../form/field.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import type { Person } from "../people/person.ts";
import { overseesDesk, worksAtDesk } from "../ticket/ticket.ts";

/** Who is to be on duty on a day such as 2026-11-30, from 00.00 to 24.00 in the office's zone. It gives no rights. */
export type RosterDay = { day: string; person: Person };

/** What is asked beside the person: the first day and the last one, which may be the same. */
export const rosterFields = [
  { name: "from-day", kind: "coming-day" },
  { name: "until-day", kind: "coming-day", notBefore: "from-day" },
] as const satisfies readonly Field[];

/** What is filled in at once. source: office practice */
const mostDays = 31;

/** How many reminders one person gets alone. source: office practice */
const remindersOfOne = 2;

/** Leadership and the help desk, who look after the whole desk, say who is on duty when. source: office practice */
export function refusalOfKeepingRoster(person: Person): Refusal | undefined {
  return overseesDesk(person) ? undefined : refuse("not-roster-keeper").refusal;
}

/** All days from the first to the last one. @param until not before `from` */
export function rosterDays(from: string, until: string): Outcome<string[]> {
  const days = daysBetween(from, until);
  if (days > mostDays) {
    const latest = dayAfter(from, mostDays - 1);
    return refuse("roster-too-long", { days, longest: mostDays, latest, field: "until-day" });
  }
  return accept(Array.from({ length: days }, (_, index) => dayAfter(from, index)));
}

/** So many days after that one. */
export function dayAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: "utc" }).plus({ days }).toISODate() ?? day;
}

/** The day of the roster in which an instant lies. @param zone IANA name */
export function rosterDayAt(at: Date, zone: string): string {
  return localDay(at, { zone }).toISODate();
}

/** Whether people have come to the office by now, or would on a day on which it is open: then whose day it is, is told. */
export function isRosterTold(now: Date, calendar: WorkingCalendar): boolean {
  return localDay(now, calendar) >= localDay(now, calendar).startOf("day").set(openHoursOf(now, calendar).opens);
}

/** Whose day it is. Who has left the desk is passed over. */
export function rosteredOn(roster: readonly RosterDay[], day: string): Person | undefined {
  return roster.find((each) => each.day === day && worksAtDesk(each.person))?.person;
}

/**
 * Who comes next, on that day or later, and is still of the desk.
 *
 * @param roster by day
 * @param next.but who is not meant
 */
export function nextOnRoster(
  roster: readonly RosterDay[],
  { from, but }: { from: string; but?: Person | undefined },
): RosterDay | undefined {
  return roster.find(({ day, person }) => day >= from && person.id !== but?.id && worksAtDesk(person));
}

/**
 * Who of the desk hears of an outage: who is on duty; where nobody is, whose day it is. Whom two reminders did not move is
 * joined by who comes next.
 *
 * @param at.onDuty who has begun a shift
 * @param at.reminders how many were sent, this one included
 */
export function onCall(
  roster: readonly RosterDay[],
  { day, onDuty, reminders }: { day: string; onDuty: Person | undefined; reminders: number },
): Person[] {
  const first = onDuty ?? rosteredOn(roster, day);
  const next = reminders > remindersOfOne ? nextOnRoster(roster, { from: day, but: first })?.person : undefined;
  return [first, next].filter((each) => each !== undefined);
}
