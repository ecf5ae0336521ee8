import { addWorkingDays } from "../calendar/add-working-days.ts";
import type { WorkingCalendar } from "../calendar/working-calendar.ts";

/** A question that waits for the requester's answer. */
export type Question = {
  askedAt: Date;
  /** When something was last done about the silence: a reminder was sent, or the help desk was asked to phone. */
  remindedAt: Date | null;
  /** The requester could not be reached by a reminder; then there are no more of them. */
  isForPhone: boolean;
};

export type SilenceRules = {
  /** Working days from one reminder to the next. */
  confirmationReminderDays: number;
  /** Working days after which the ticket is closed. */
  closeSilentAfterDays: number;
  calendar: WorkingCalendar;
};

/** Working days that are left to answer after a reminder, also one that came late. */
const daysAfterReminder = 1;

/** What comes next for a question without an answer, and when; a time that has passed means now. Source: office practice. */
export function nextOfSilence(
  question: Question,
  rules: SilenceRules,
): { do: "remind" | "close-unanswered"; at: Date } {
  const remindAt = question.isForPhone ? undefined : nextReminder(question, rules);
  return remindAt === undefined
    ? { do: "close-unanswered", at: closingTime(question, rules) }
    : { do: "remind", at: remindAt };
}

/**
 * When the ticket is closed at the soonest. Where a reminder came late, because Simpul stood still, there is a working
 * day to answer all the same.
 */
export function closingTime({ askedAt, remindedAt }: Question, rules: SilenceRules): Date {
  const promised = addWorkingDays(askedAt, rules.closeSilentAfterDays, rules.calendar).at;
  if (remindedAt === null) return promised;
  const afterReminder = addWorkingDays(remindedAt, daysAfterReminder, rules.calendar).at;
  return afterReminder > promised ? afterReminder : promised;
}

/** The first reminder that is due after what was done last. Of several that were missed only one is made up for. */
function nextReminder({ askedAt, remindedAt }: Question, rules: SilenceRules): Date | undefined {
  const { confirmationReminderDays, closeSilentAfterDays, calendar } = rules;
  for (let days = confirmationReminderDays; days < closeSilentAfterDays; days += confirmationReminderDays) {
    const { at } = addWorkingDays(askedAt, days, calendar);
    if (remindedAt === null || at > remindedAt) return at;
  }
  return undefined;
}
