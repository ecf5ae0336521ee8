import { DateTime } from "luxon";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** A letter that is older is more likely a slip of the pen. Source: office practice. */
const oldestInYears = 10;
/** No contract runs longer. Source: office practice. */
const furthestInYears = 20;

const formats = ["yyyy-MM-dd", "d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yy", "d/M/yy", "d MMM yyyy", "d MMMM yyyy"];
const yearless = ["d-M", "d/M", "d MMM", "d MMMM"];
const relative = new Map([
  ["hari ini", 0],
  ["kemarin", -1],
]);

/**
 * A calendar day that has come, local in `zone`: `hari ini`, `kemarin`, `20-11-2026`, `20 November 2026`, `20 November`,
 * which is the last such day, or ISO 8601 (a button).
 *
 * @param limits.mayBeAhead also one that comes, with its year
 * @returns ISO 8601 without a time, `2026-11-20`
 */
export function parseDay(
  entered: string,
  { now, zone }: { now: Date; zone: string },
  { mayBeAhead }: { mayBeAhead?: true } = {},
): Outcome<string> {
  const today = DateTime.fromJSDate(now, { zone }).startOf("day");
  const text = entered.trim().toLowerCase().replace(/\s+/g, " ");
  const day = readDay(text, today) ?? (mayBeAhead ? undefined : lastSuchDay(text, today));
  if (day === undefined) return refuse(mayBeAhead ? "date-unreadable" : "past-day-unreadable");
  if (day > today && !mayBeAhead) return refuse("day-ahead");
  if (day > today.plus({ years: furthestInYears })) return refuse("day-far-ahead", { years: furthestInYears });
  if (day < today.minus({ years: oldestInYears })) return refuse("day-too-old", { years: oldestInYears });
  return accept(day.toISODate() ?? "");
}

function readDay(text: string, today: DateTime): DateTime | undefined {
  const days = relative.get(text);
  if (days !== undefined) return today.plus({ days });
  return firstRead(text, formats, today);
}

/** Of this year, or of the last one where it is still to come. */
function lastSuchDay(text: string, today: DateTime): DateTime | undefined {
  const day = firstRead(text, yearless, today)?.set({ year: today.year });
  return day !== undefined && day > today ? day.minus({ years: 1 }) : day;
}

function firstRead(text: string, as: readonly string[], { zone }: DateTime): DateTime | undefined {
  return as.map((format) => DateTime.fromFormat(text, format, { zone, locale: "id" })).find((day) => day.isValid);
}
