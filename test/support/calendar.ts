import { DateTime } from "luxon";
import { loadCalendar } from "../../config/calendar.ts";

/** The calendar that Simpul ships. */
export const calendar = loadCalendar("Asia/Jakarta");

/** "2026-11-25 14.00", in the offices' zone. */
export function wib(text: string): Date {
  const at = DateTime.fromFormat(text, "yyyy-MM-dd HH.mm", { zone: "Asia/Jakarta" });
  if (!at.isValid) throw new Error(`a test has a wrong time: ${text}`);
  return at.toJSDate();
}

/** "Wed 2026-11-25 14.00", for what is compared by eye. */
export function showWib(at: Date): string {
  return DateTime.fromJSDate(at, { zone: "Asia/Jakarta" }).toFormat("ccc yyyy-MM-dd HH.mm");
}
