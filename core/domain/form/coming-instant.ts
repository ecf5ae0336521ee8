import { DateTime } from "luxon";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { furthestInDays, readDay } from "./coming-day.ts";

/** A time alone that has passed and comes again only later than this was meant for today. source: office practice */
const longestOverNight = { hours: 12 };

const spanUnits = { menit: "minutes", jam: "hours", hari: "days" } as const;

/**
 * An instant to come, as people write it, local in `zone`: `besok 09.00`, `hari ini 14.00`, `Senin 10.00`, `30-11-2026 09.00`,
 * a time alone (`15.00`, `jam 15:00`) is the next such time. Or an ISO 8601 instant in UTC (a button).
 *
 * @param endOf when that begins of which it is the end: `30 menit`, `1 jam`, `2 hari` and a time alone count from then, also after
 * `sampai`; a time alone ends on the next day only what goes over a night
 * @returns ISO 8601 in UTC
 */
export function parseComingInstant(
  entered: string,
  { now, zone }: { now: Date; zone: string },
  endOf?: Date,
): Outcome<string> {
  const local = DateTime.fromJSDate(now, { zone });
  const text = entered.trim().toLowerCase().replace(/\s+/g, " ");
  const begin = endOf && DateTime.fromJSDate(endOf, { zone });
  const at = (begin && readSpan(text, begin)) ?? read(text, local, begin ?? local);
  if (at === undefined) return refuse(begin === undefined ? "appointment-unreadable" : "end-unreadable");
  if (begin === undefined && text.startsWith("sampai ")) return refuse("end-for-begin");
  if (at <= local) return refuse("appointment-passed");
  if (begin !== undefined && at <= begin) return refuse("end-before-begin");
  if (begin !== undefined && isTimeAlone(text) && !isSoon(at, begin))
    return refuse("end-passed", { time: at.toFormat("HH.mm"), next: at.toFormat("d-M-yyyy HH.mm") });
  if (at > local.plus({ days: furthestInDays })) return refuse("day-too-far");
  return accept(at.toUTC().toISO({ suppressMilliseconds: true }) ?? "");
}

function isTimeAlone(text: string): boolean {
  return /^(?:sampai )?(?:jam |pukul )?\d{1,2}[.:]\d{2}$/.test(text);
}

function isSoon(at: DateTime, begin: DateTime): boolean {
  return at.hasSame(begin, "day") || at <= begin.plus(longestOverNight);
}

function readSpan(text: string, begin: DateTime): DateTime | undefined {
  const [, count, unit] = /^(?:selama )?([1-9]\d{0,2}) (menit|jam|hari)$/.exec(text) ?? [];
  return unit === undefined ? undefined : begin.plus({ [spanUnits[unit as keyof typeof spanUnits]]: Number(count) });
}

/** @param from a time alone is the next one after that */
function read(text: string, now: DateTime, from: DateTime): DateTime | undefined {
  if (/^\d{4}-\d{2}-\d{2}t[\d:.]+z$/.test(text)) {
    const at = DateTime.fromISO(text.toUpperCase(), { zone: now.zone });
    return at.isValid ? at : undefined;
  }
  const [, dayText, hour, minute] = /^(?:sampai )?(?:(.+?),? )??(?:jam |pukul )?(\d{1,2})[.:](\d{2})$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const time = { hour: Number(hour), minute: Number(minute) };
  if (dayText !== undefined) return readDay(dayText, now.startOf("day"))?.set(time);
  const first = from.startOf("day").set(time);
  return first > from ? first : first.plus({ days: 1 });
}
