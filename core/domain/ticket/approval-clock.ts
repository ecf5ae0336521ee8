import { addWorkingDays } from "../calendar/add-working-days.ts";
import type { WorkingCalendar } from "../calendar/working-calendar.ts";
import { hourInMilliseconds } from "../durations.ts";
import { type Approval, waitsSince } from "./approval-rules.ts";
import type { Freeze } from "./freeze-rules.ts";

export type ApprovalRules = {
  /** Working days that each approver of the chain has. */
  approvalDays: number;
  /** Working days from one reminder to the next. */
  approvalReminderDays: number;
  calendar: WorkingCalendar;
};

/** Working days that are left to decide after a freeze was lifted, or after a reminder that came late. */
const daysLeft = 1;

/**
 * When the request lapses. A freeze stops the clock: who could not approve has a working day when it is over. Where a
 * reminder came late, because Simpul stood still, there is one as well. Never later than the end of what is asked for, or of the
 * plan: what has expired nobody can approve.
 */
export function lapseTime(approval: Approval, liftedAt: Date | null, rules: ApprovalRules): Date {
  const since = waitsSince(approval);
  const promised = addWorkingDays(since, rules.approvalDays, rules.calendar).at;
  const later = [liftedAt, remindedAtOf(approval)]
    .filter((at) => at !== null && at > since)
    .map((at) => addWorkingDays(at as Date, daysLeft, rules.calendar).at);
  const latest = [promised, ...later].reduce((one, other) => (other > one ? other : one));
  const { termEndsAt, planExpiresAt } = approval;
  const ends = [termEndsAt !== null && termEndsAt > since ? termEndsAt : null, planExpiresAt];
  return ends.reduce<Date>((earliest, at) => (at !== null && at < earliest ? at : earliest), latest);
}

/** What the clock does next about a request that nobody decides on; while approvals are frozen nothing, and it looks again. */
export function nextOfApproval(
  approval: Approval,
  freeze: Freeze,
  rules: ApprovalRules,
  now: Date,
): { do: "remind-approvers" | "lapse" | "look-again"; at: Date } {
  if (freeze.state !== "lifted") return { do: "look-again", at: new Date(now.getTime() + hourInMilliseconds) };
  const lapseAt = lapseTime(approval, freeze.at, rules);
  const remindAt = nextReminder(approval, rules);
  if (remindAt !== undefined && remindAt < lapseAt) return { do: "remind-approvers", at: remindAt };
  return { do: "lapse", at: lapseAt };
}

/** Of several that were missed only one is made up for. */
function nextReminder(approval: Approval, rules: ApprovalRules): Date | undefined {
  const { approvalDays, approvalReminderDays, calendar } = rules;
  const remindedAt = remindedAtOf(approval);
  for (let days = approvalReminderDays; days < approvalDays; days += approvalReminderDays) {
    const { at } = addWorkingDays(waitsSince(approval), days, calendar);
    if (remindedAt === null || at > remindedAt) return at;
  }
  return undefined;
}

/** A reminder of an earlier link was for others. */
function remindedAtOf(approval: Approval): Date | null {
  const { remindedAt } = approval;
  return remindedAt !== null && remindedAt > waitsSince(approval) ? remindedAt : null;
}
