import { DateTime } from "luxon";
import { endOfDay } from "../form/coming-day.ts";
import type { Answers } from "../form/field.ts";
import type { Procedure } from "../procedures/procedure.ts";

/** The time for which something was granted, while it runs. */
export type Term = {
  endsAt: Date;
  /** null: the reminder has come, or what is left was too short for one from the beginning. */
  remindAt: Date | null;
};

/** 24.00 of the day that the form names, local time of the office; null where the procedure grants nothing for a time. */
export function termEnd(procedure: Procedure, answers: Answers, zone: string): Date | null {
  const day = procedure.term === undefined ? undefined : answers[procedure.term.field];
  if (day === undefined) return null;
  return endOfDay(day, zone);
}

/**
 * @param since when it was granted
 * @param reminderDays days before the end on which it is reminded of
 */
export function runningTerm(
  endsAt: Date,
  since: Date,
  isReminded: boolean,
  { reminderDays, zone }: { reminderDays: number; zone: string },
): Term {
  const morning = { hour: 8 };
  const remindAt = DateTime.fromJSDate(endsAt, { zone })
    .minus({ days: reminderDays + 1 })
    .set(morning)
    .toJSDate();
  return { endsAt, remindAt: isReminded || remindAt <= since ? null : remindAt };
}

/** What the clock does next about something that was granted for a time. Source: office practice, as all rules of terms. */
export function nextOfTerm({ endsAt, remindAt }: Term): { do: "remind-of-end" | "end-term"; at: Date } {
  return remindAt === null ? { do: "end-term", at: endsAt } : { do: "remind-of-end", at: remindAt };
}
