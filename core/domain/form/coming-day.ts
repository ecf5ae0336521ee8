import { DateTime } from "luxon";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** Something is looked at again when the office has opened. Source: office practice. */
const morningHour = 8;
export const furthestInDays = 366;

const formats = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yy", "d/M/yy", "d MMM yyyy", "d MMMM yyyy"];
const units = { hari: "days", minggu: "weeks", bulan: "months" } as const;
const weekdays = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"];

/**
 * Today or a day to come, as people write it, local in `zone`: `hari ini`, `besok`, `lusa`, `3 hari lagi`, `2 minggu lagi`,
 * `Senin`, `30-11-2026`, `30 Nov`; or an ISO 8601 instant in UTC (a button). A date without a year is the next such day.
 *
 * @param limits.isAfterToday today is too early
 * @param limits.notBefore an instant in the first day that is possible, ISO 8601
 * @returns ISO 8601 in UTC: 08.00 local time of that day
 */
export function parseComingDay(
  entered: string,
  { now, zone }: { now: Date; zone: string },
  { isAfterToday, notBefore }: { isAfterToday?: boolean | undefined; notBefore?: string | undefined } = {},
): Outcome<string> {
  const today = DateTime.fromJSDate(now, { zone }).startOf("day");
  const day = readDay(entered.trim().toLowerCase().replace(/\s+/g, " "), today);
  if (day === undefined) return refuse("day-unreadable");
  if (isAfterToday && day <= today) return refuse("day-not-ahead");
  if (day < today) return refuse("day-passed");
  if (day > today.plus({ days: furthestInDays })) return refuse("day-too-far");
  if (notBefore !== undefined && day < DateTime.fromISO(notBefore, { zone }).startOf("day")) {
    return refuse("until-before-from");
  }
  return accept(day.set({ hour: morningHour }).toUTC().toISO({ suppressMilliseconds: true }) ?? "");
}

/** Also one that has passed: the caller says what it may be. */
export function readDay(text: string, today: DateTime): DateTime | undefined {
  if (/^\d{4}-\d{2}-\d{2}t[\d:.]+z$/.test(text)) {
    const at = DateTime.fromISO(text.toUpperCase(), { zone: today.zone });
    return at.isValid ? at.startOf("day") : undefined;
  }
  if (text === "kemarin") return today.minus({ days: 1 });
  if (text === "hari ini") return today;
  if (text === "besok") return today.plus({ days: 1 });
  if (text === "lusa") return today.plus({ days: 2 });
  const ahead = /^(\d{1,3}) (hari|minggu|bulan) lagi$/.exec(text);
  if (ahead) return today.plus({ [units[ahead[2] as keyof typeof units]]: Number(ahead[1]) });
  const weekday = weekdays.indexOf(text.replace(/^hari /, "").replace("jum'at", "jumat")) + 1;
  if (weekday > 0) return today.plus({ days: (weekday - today.weekday + 7) % 7 || 7 });
  return readDate(text, today);
}

function readDate(text: string, today: DateTime): DateTime | undefined {
  const yearless = /^(\d{1,2})([-/ ])(\d{1,2}|[a-z]+)$/.exec(text);
  const withYear = (year: number) =>
    yearless ? [`${yearless[1]}${yearless[2]}${yearless[3]}${yearless[2]}${year}`] : [];
  for (const candidate of [text, ...withYear(today.year), ...withYear(today.year + 1)]) {
    for (const format of formats) {
      const day = DateTime.fromFormat(candidate, format, { zone: today.zone, locale: "id" });
      if (day.isValid && (candidate === text || day >= today)) return day;
    }
  }
  return undefined;
}

/** "Until Monday" takes Monday in: the first moment after the day of that instant, local in `zone` (IANA name). */
export function endOfDay(iso: string, zone: string): Date {
  return DateTime.fromISO(iso, { zone }).startOf("day").plus({ days: 1 }).toJSDate();
}
