import { DateTime } from "luxon";
import { accept, type Outcome, refuse } from "../outcome.ts";

/** Complaints older than this are more likely a slip of the pen. Source: office practice. */
const oldestInDays = 366;

const dateFormats = ["d-M-yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yy", "d/M/yy", "d MMM yyyy", "d MMMM yyyy"];
const timeFormats = ["H.mm", "H:mm"];
const formats = [...dateFormats.flatMap((date) => timeFormats.map((time) => `${date} ${time}`)), ...dateFormats];

const zones: Record<string, string> = { wib: "Asia/Jakarta", wita: "Asia/Makassar", wit: "Asia/Jayapura" };

const agoUnits = { menit: "minutes", jam: "hours", hari: "days" } as const;
type AgoUnit = keyof typeof agoUnits;

/**
 * The time at which something happened, as people write it, local time in `zone`: `08.30`, `kemarin 14.00`,
 * `22-11-2026 08.30`, `22/11`, `22 Nov 08.30`, `baru saja`, `2 jam lalu`; or an ISO 8601 instant in UTC (a button). A written
 * WIB, WITA or WIT wins over `zone`. A date without a year is the latest such day that is not after today.
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
  const ago = /^(\d{1,3}) (menit|jam|hari)(?: yang)? lalu$/.exec(text);
  if (ago) return now.minus({ [agoUnits[ago[2] as AgoUnit]]: Number(ago[1]) });
  const [, withoutZone = text, zone = ""] = /^(.+) (wib|wita|wit)$/.exec(text) ?? [];
  const plain = withoutZone.replace(/,? (?:jam|pukul) |^(?:jam|pukul) |, /, " ").trim();
  return readLocal(plain, now.setZone(zones[zone] ?? now.zone));
}

/** The first reading whose day has come; one of a later day only where the text itself says the whole date. */
function readLocal(text: string, now: DateTime): DateTime | undefined {
  if (/(?:^| )24[.:]00$/.test(text)) return undefined; // whose midnight is meant?
  for (const candidate of withFullDate(text, now)) {
    for (const format of formats) {
      const at = DateTime.fromFormat(candidate, format, { zone: now.zone, locale: "id" });
      if (at.isValid && (at <= now.endOf("day") || candidate === text)) return at;
    }
  }
  return undefined;
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

function valid(at: DateTime): DateTime | undefined {
  return at.isValid ? at : undefined;
}
