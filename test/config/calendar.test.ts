import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DateTime } from "luxon";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CalendarError, calendarWarning, loadCalendar } from "../../config/calendar.ts";
import { isWorkingDay } from "../../core/domain/calendar/working-calendar.ts";
import { calendar, wib } from "../support/calendar.ts";

const shipped = fileURLToPath(new URL("../../config/calendar-id.yaml", import.meta.url));

/** By hand: the totals that the joint decrees state themselves, and the days that are left in weeks of five and six days. */
// biome-ignore format: a table
it.each([
  { year: 2025, holidays: 17, jointLeave: 11, fiveDays: 237, sixDays: 288 },
  { year: 2026, holidays: 17, jointLeave: 8, fiveDays: 240, sixDays: 291 },
  { year: 2027, holidays: 18, jointLeave: 8, fiveDays: 242, sixDays: 291 },
])("$year has $holidays national holidays, $jointLeave days of joint leave and $fiveDays working days", (expected) => {
  const { year } = expected;
  const daysOff = Object.entries(calendar.daysOff).filter(([date]) => date.startsWith(`${year}-`));
  const count = (kind: string) => daysOff.filter(([, day]) => day.kind === kind).length;
  let [fiveDays, sixDays] = [0, 0];
  for (let day = DateTime.local(year, 1, 1, 12, { zone: calendar.zone }); day.year === year; day = day.plus({ days: 1 })) {
    if (isWorkingDay(day.toJSDate(), calendar)) fiveDays += 1;
    if (day.weekday <= 6 && !Object.hasOwn(calendar.daysOff, day.toISODate() ?? "")) sixDays += 1;
  }

  expect({ year, holidays: count("holiday"), jointLeave: count("joint-leave"), fiveDays, sixDays }).toEqual(expected);
});

it("holds three years, their Ramadans, and a name and a source for each day off", () => {
  expect(calendar.years).toEqual([2025, 2026, 2027]);
  expect(calendar.ramadan.map(({ from, to }) => [from, to])).toEqual([
    ["2025-03-01", "2025-03-30"],
    ["2026-02-19", "2026-03-20"],
    ["2027-02-08", "2027-03-09"],
  ]);
  expect(calendar.daysOff["2026-12-24"]).toEqual({
    kind: "joint-leave",
    name: "Kelahiran Yesus Kristus",
    source: "SKB26",
  });
});

describe("the warning that it ends", () => {
  it.each([
    ["2026-11-25 09.00", undefined],
    ["2027-11-01 00.00", undefined],
    ["2027-11-02 00.00", "ends with 2027, in 60 days; add the days of the decree for 2028 to config/calendar-id.yaml"],
    ["2027-12-31 12.00", "ends with 2027, in 0 days; add the days of the decree for 2028 to config/calendar-id.yaml"],
    [
      "2028-01-01 08.00",
      "has ended with 2027: only week-ends count as days off; add the days of the decree for 2028 to config/calendar-id.yaml",
    ],
  ])("on %s is: %s", (now, warning) => {
    expect(calendarWarning(calendar, wib(now))).toBe(warning);
  });
});

describe("a broken calendar", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simpul-calendar-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What is said of the calendar after these changes. */
  function problemsAfter(...changes: [from: string, to: string][]): string[] {
    let text = readFileSync(shipped, "utf8");
    for (const [from, to] of changes) {
      if (!text.includes(from)) throw new Error(`the calendar has no ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(join(folder, "calendar-id.yaml"), text);
    try {
      loadCalendar("Asia/Jakarta", folder);
    } catch (error) {
      if (error instanceof CalendarError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
      throw error;
    }
    throw new Error("the calendar was accepted");
  }

  it("lists every problem with its place and a right value", () => {
    expect(
      problemsAfter(
        ['date: "2026-12-24"', "date: 24 December"],
        ['date: "2026-12-25", kind: holiday', 'date: "2026-12-25", kind: libur'],
        ['date: "2027-01-05"', 'date: "2027-01-01"'],
        ['closes: "16:00"', "closes: 16.00"],
        ['{ opens: "08:00", closes: "15:30" }', '{ opens: "16:00", closes: "15:30" }'],
        ['from: "2026-02-19"', 'from: "2026-04-19"'],
      ).sort(),
    ).toEqual(
      [
        'hours.normal.monday-thursday.closes: must be a time in quotation marks, for example "07:30"',
        'hours.ramadan.friday: must open before it closes, for example { opens: "07:30", closes: "16:00" }',
        'ramadan.1: must begin before it ends, for example { from: "2026-02-19", to: "2026-03-20", source: ISBAT26 }',
        'years.2026.days.23.date: must be a day in quotation marks, for example "2026-12-25"',
        "years.2026.days.24.kind: must be holiday or joint-leave",
        'years.2027.days.1: day "2027-01-01" is there twice',
      ].sort(),
    );
  });

  it.each<[string, [string, string], string]>([
    [
      "a day in the wrong year",
      ['date: "2026-12-25"', 'date: "2027-12-23"'],
      'years.2026.days.24.date: must be a day of 2026, for example "2026-12-25"',
    ],
    [
      "a source that is not there",
      ["name: Iduladha 1447 Hijriah, source: SKB26", "name: Iduladha 1447 Hijriah, source: SKB28"],
      'years.2026.days.16.source: sources has no "SKB28"; there are SKB25, SKB25A, SKB26, SKB27, ISBAT25, ISBAT26, HISAB27, PERPRES21, KEPPRES68, SE6',
    ],
    ["a year that was left out", ["  2027:\n", "  2028:\n"], "years: must hold 2027 too: years follow each other"],
    ["a key that nothing reads", ["hours:\n", "houres: []\nhours:\n"], ": has unknown keys: houres"],
  ])("%s is found", (_, change, problem) => {
    expect(problemsAfter(change)).toContain(problem);
  });

  it("that is missing is said to be", () => {
    expect(() => loadCalendar("Asia/Jakarta", folder)).toThrow(
      "reading the calendar:\n  calendar-id.yaml: cannot be read (ENOENT)",
    );
  });
});
