import { runningTerm } from "../ticket/term-rules.ts";

/** Source: office practice. */
const reminderDays = 1;

/**
 * When whoever reserved an address is told that its time is nearly over: at 08.00 of the day before its last one.
 *
 * @param until the first moment after its last day, local in `zone` (IANA name)
 * @returns null where that has passed when it is reserved
 */
export function reminderOf(until: Date, now: Date, zone: string): Date | null {
  return runningTerm(until, now, false, { reminderDays, zone }).remindAt;
}
