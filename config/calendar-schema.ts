import { z } from "zod";
import type { DayOff, OpenHours, TimeOfDay, WorkingCalendar } from "../core/domain/calendar/working-calendar.ts";
import { text, unique, unknownKeysOr } from "./schema-messages.ts";

// `calendar-id.yaml`. Operators add a year each autumn, so each message shows a right value.

const date = z.iso.date({ error: 'must be a day in quotation marks, for example "2026-12-25"' });
const source = text("SKB26");

const timeOfDay = z
  .string({ error: 'must be a time in quotation marks, for example "07:30"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day, for example "07:30"' })
  .transform((time): TimeOfDay => ({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }));

const openHours = z
  .strictObject(
    { opens: timeOfDay, closes: timeOfDay },
    { error: unknownKeysOr('must be office hours, for example { opens: "07:30", closes: "16:00" }') },
  )
  .refine(({ opens, closes }) => minuteOf(opens) < minuteOf(closes), {
    error: 'must open before it closes, for example { opens: "07:30", closes: "16:00" }',
  });

const weekHours = z
  .strictObject(
    {
      "monday-thursday": openHours,
      friday: openHours,
      source: z.array(source, { error: "must be a list, for example [PERPRES21]" }),
    },
    { error: unknownKeysOr("must hold monday-thursday, friday and source") },
  )
  .transform(({ "monday-thursday": mondayToThursday, ...others }) => ({ mondayToThursday, ...others }));

const dayOff = z.strictObject(
  {
    date,
    kind: z.enum(["holiday", "joint-leave"], { error: "must be holiday or joint-leave" }),
    name: text("Kelahiran Yesus Kristus"),
    source,
  },
  {
    error: unknownKeysOr(
      'must be a day off, for example { date: "2026-12-25", kind: holiday, name: Kelahiran Yesus Kristus, source: SKB26 }',
    ),
  },
);

const year = z.strictObject(
  {
    decree: z.array(source, { error: "must be a list, for example [SKB26]" }),
    days: z
      .array(dayOff, { error: 'must be a list of days, for example - { date: "2026-12-25", … }' })
      .check(unique("day", (day) => day?.date)),
  },
  { error: unknownKeysOr("must hold decree and days") },
);

const span = z
  .strictObject(
    { from: date, to: date, source },
    { error: unknownKeysOr('must be a span, for example { from: "2026-02-19", to: "2026-03-20", source: ISBAT26 }') },
  )
  .refine(({ from, to }) => from <= to, {
    error: 'must begin before it ends, for example { from: "2026-02-19", to: "2026-03-20", source: ISBAT26 }',
  });

export const calendarFile = z
  .strictObject(
    {
      sources: z.record(z.string(), text("SKB Menag 1497/2025"), { error: "must name the sources" }),
      years: z.record(z.string().regex(/^\d{4}$/, { error: "must be a year, for example 2026" }), year, {
        error: "must hold the years, for example 2026: { decree: [SKB26], days: [] }",
      }),
      ramadan: z.array(span, { error: "must be a list of spans" }),
      hours: z.strictObject(
        { normal: weekHours, ramadan: weekHours },
        { error: unknownKeysOr("must hold normal and ramadan") },
      ),
    },
    { error: unknownKeysOr("must hold sources, years, ramadan and hours") },
  )
  .superRefine((file, context) => {
    for (const problem of [...daysInOtherYears(file), ...unknownSources(file), ...missingYears(file)]) {
      context.addIssue({ code: "custom", ...problem });
    }
  })
  .transform(({ years, ramadan, hours }): Omit<WorkingCalendar, "zone"> => {
    return {
      years: Object.keys(years).map(Number).sort(),
      daysOff: Object.fromEntries(
        Object.values(years).flatMap(({ days }) => days.map(({ date, ...day }) => [date, day])),
      ),
      ramadan,
      hours,
    };
  });

type CalendarFile = {
  sources: Record<string, string>;
  years: Record<string, { decree: string[]; days: (DayOff & { date: string })[] }>;
  ramadan: { source: string }[];
  hours: Record<"normal" | "ramadan", { mondayToThursday: OpenHours; friday: OpenHours; source: string[] }>;
};
type Problem = { path: (string | number)[]; message: string };

function daysInOtherYears({ years }: CalendarFile): Problem[] {
  return Object.entries(years).flatMap(([year, { days }]) =>
    days.flatMap(({ date }, index) =>
      date.startsWith(`${year}-`)
        ? []
        : [
            {
              path: ["years", year, "days", index, "date"],
              message: `must be a day of ${year}, for example "${year}-12-25"`,
            },
          ],
    ),
  );
}

function unknownSources({ sources, years, ramadan, hours }: CalendarFile): Problem[] {
  const named: [Problem["path"], string][] = [
    ...Object.entries(years).flatMap(([year, { decree, days }]): [Problem["path"], string][] => [
      ...decree.map((source): [Problem["path"], string] => [["years", year, "decree"], source]),
      ...days.map(({ source }, index): [Problem["path"], string] => [["years", year, "days", index, "source"], source]),
    ]),
    ...ramadan.map(({ source }, index): [Problem["path"], string] => [["ramadan", index, "source"], source]),
    ...Object.entries(hours).flatMap(([name, { source }]) =>
      source.map((each): [Problem["path"], string] => [["hours", name, "source"], each]),
    ),
  ];
  return named
    .filter(([, source]) => !Object.hasOwn(sources, source))
    .map(([path, source]) => ({
      path,
      message: `sources has no "${source}"; there are ${Object.keys(sources).join(", ")}`,
    }));
}

/** A year between two others that is missing would be taken for one of week-ends only, and nobody would notice. */
function missingYears({ years }: CalendarFile): Problem[] {
  const known = Object.keys(years).map(Number).sort();
  if (known.length === 0) return [{ path: ["years"], message: "must hold at least this year, for example 2026" }];
  const gap = known.find((year, index) => index > 0 && year !== (known[index - 1] ?? 0) + 1);
  return gap === undefined ? [] : [{ path: ["years"], message: `must hold ${gap - 1} too: years follow each other` }];
}

function minuteOf({ hour, minute }: TimeOfDay): number {
  return hour * 60 + minute;
}
