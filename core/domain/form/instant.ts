import { DateTime } from "luxon";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** Complaints older than this are more likely a slip of the pen. Source: office practice. */
const oldestInDays = 366;

const dateFormats = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yy", "d/M/yy", "d MMM yyyy", "d MMMM yyyy"];
const timeFormats = ["H.mm", "H:mm"];
const formats = [...dateFormats.flatMap((date) => timeFormats.map((time) => `${date} ${time}`)), ...dateFormats];

/**
 * The time at which something happened, as people write it, local time in `zone`: `08.30`, `kemarin 14.00`,
 * `22-11-2026 08.30`, `22/11`, `22 Nov 08.30`, `baru saja`; or an ISO 8601 instant in UTC (a button).
 * A date without a year is the latest such day that is not after today.
 *
 * @returns ISO 8601 in UTC
 */
export function parseInstant(entered: string, { now, zone }: { now: Date; zone: string }): Outcome<string> {
  const local = DateTime.fromJSDate(now, { zone });
  const at = readInstant(entered.trim().toLowerCase().replace(/\s+/g, " "), local);
  if (at === undefined) return refuse("instant-unreadable");
  if (at > local) return refuse("instant-in-future");
  if (at < local.minus({ days: oldestInDays })) return refuse("instant-too-old");
  return accept(at.toUTC().toISO({ suppressMilliseconds: true }) ?? "");
}

function readInstant(text: string, now: DateTime): DateTime | undefined {
  if (/^\d{4}-\d{2}-\d{2}t[\d:.]+z$/.test(text)) return valid(DateTime.fromISO(text.toUpperCase(), { zone: now.zone }));
  if (text === "sekarang" || text === "baru saja") return now;
  const plain = text
    .replace(/,? (?:jam|pukul) |^(?:jam|pukul) |, /, " ")
    .replace(/ (?:wib|wita|wit)$/, "")
    .trim();
  for (const candidate of withFullDate(plain, now)) {
    for (const format of formats) {
      const at = DateTime.fromFormat(candidate, format, { zone: now.zone, locale: "id" });
      if (at.isValid && (at <= now || candidate === plain)) return at;
    }
  }
  return futureTimeOfToday(plain, now);
}

/** The text as it stands, or with the date or the year that it leaves out. */
function withFullDate(text: string, now: DateTime): string[] {
  const day = (date: DateTime) => date.toFormat("d-M-yyyy");
  const relative = /^(hari ini|tadi|kemarin)(?: (.+))?$/.exec(text);
  if (relative) {
    const date = relative[1] === "kemarin" ? now.minus({ days: 1 }) : now;
    return [`${day(date)} ${relative[2] ?? ""}`.trim()];
  }
  const yearless = /^(\d{1,2})([-/ ])(\d{1,2}|[a-z]+)( \d{1,2}[.:]\d{2})?$/.exec(text);
  const withYear = (year: number) =>
    yearless ? [`${yearless[1]}${yearless[2]}${yearless[3]}${yearless[2]}${year}${yearless[4] ?? ""}`] : [];
  return [text, `${day(now)} ${text}`, ...withYear(now.year), ...withYear(now.year - 1)];
}

/** A time that today has not reached yet is read, so that the answer can say "in the future" and not "unreadable". */
function futureTimeOfToday(text: string, now: DateTime): DateTime | undefined {
  const time = text.replace(/^(?:hari ini|tadi) /, "");
  return timeFormats
    .map((format) =>
      DateTime.fromFormat(`${now.toFormat("d-M-yyyy")} ${time}`, `d-M-yyyy ${format}`, { zone: now.zone }),
    )
    .find((at) => at.isValid);
}

function valid(at: DateTime): DateTime | undefined {
  return at.isValid ? at : undefined;
}
