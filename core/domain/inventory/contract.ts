import { DateTime } from "luxon";

/** So long before its end a contract is marked: a new one has to be tendered. Source: office practice. */
const contractWarningDays = 60;

export type ContractTerm = "ended" | "ends-soon" | "runs";

/**
 * How a contract stands on the day of `now`, local in `zone` (IANA name). Its last day belongs to it.
 *
 * @param endsOn 2026-12-31
 */
export function contractTermOf(
  endsOn: string,
  { now, zone }: { now: Date; zone: string },
): { term: ContractTerm; daysLeft: number } {
  const today = DateTime.fromJSDate(now, { zone }).startOf("day");
  const daysLeft = Math.round(DateTime.fromISO(endsOn, { zone }).diff(today, "days").days);
  if (daysLeft < 0) return { term: "ended", daysLeft };
  return { term: daysLeft <= contractWarningDays ? "ends-soon" : "runs", daysLeft };
}
