import { describe, expect, it } from "vitest";
import {
  daysBetween,
  measurable,
  measurableName,
  monthOf,
  reportDayOf,
} from "../../../../core/domain/calendar/report-days.ts";
import { calendar, showWib, wib } from "../../../support/calendar.ts";

const dayOf = (text: string) => reportDayOf(wib(text), calendar);

describe("the morning's report", () => {
  it.each([
    ["at the opening", "2026-11-25 07.30", "2026-11-25"],
    ["late, of a Simpul that stood still", "2026-11-25 14.00", "2026-11-25"],
    ["a minute before the opening", "2026-11-25 07.29", undefined],
    ["in the evening", "2026-11-25 19.00", undefined],
    ["on a Saturday", "2026-11-28 09.00", undefined],
    ["on a Sunday", "2026-11-22 09.00", undefined],
    ["on Independence Day", "2026-08-17 09.00", undefined],
  ])("is due %s: %s", (_, at, day) => {
    expect(dayOf(at)?.day).toBe(day);
  });

  it("tells what was done since the beginning of the working day before, over the week-end too", () => {
    const monday = dayOf("2026-11-23 08.00");
    expect(monday && [monday.since, monday.from, monday.until].map(showWib)).toEqual([
      "Fri 2026-11-20 00.00",
      "Mon 2026-11-23 00.00",
      "Tue 2026-11-24 00.00",
    ]);
    expect(showWib(dayOf("2026-08-18 08.00")?.since ?? new Date(0))).toBe("Fri 2026-08-14 00.00");
  });
});

describe("a month", () => {
  const show = (at: string, monthsOn?: number) => {
    const { name, from, until } = monthOf(wib(at), calendar, monthsOn);
    return [name, showWib(from), showWib(until)];
  };

  it("is the office's own, to its last minute", () => {
    expect(show("2026-11-01 00.00")).toEqual(["2026-11", "Sun 2026-11-01 00.00", "Tue 2026-12-01 00.00"]);
    expect(show("2026-10-31 23.59")[0]).toBe("2026-10");
  });

  it("has one before it and one after it, over the year too", () => {
    expect(show("2026-01-15 12.00", -1)).toEqual(["2025-12", "Mon 2025-12-01 00.00", "Thu 2026-01-01 00.00"]);
    expect(show("2026-12-15 12.00", 1)[0]).toBe("2027-01");
  });
});

describe("what is measured", () => {
  const now = wib("2026-11-20 10.00");

  it.each([
    ["2026-10", "Thu 2026-10-01 00.00", "Sun 2026-11-01 00.00"],
    ["2026-11", "Sun 2026-11-01 00.00", "Fri 2026-11-20 10.00"],
    ["2026-10-28_2026-11-03", "Wed 2026-10-28 00.00", "Wed 2026-11-04 00.00"],
    ["2026-11-15_2026-11-15", "Sun 2026-11-15 00.00", "Mon 2026-11-16 00.00"],
    ["2026-11-15_2026-11-30", "Sun 2026-11-15 00.00", "Fri 2026-11-20 10.00"],
  ])("of %s begins at %s and is over at %s", (name, from, until) => {
    expect(name).toMatch(measurableName);
    const { period } = measurable(name, calendar, now);
    expect([period.from, period.until].map(showWib)).toEqual([from, until]);
  });

  it("counts both days", () => {
    expect(daysBetween("2026-11-01", "2026-11-15")).toBe(15);
    expect(daysBetween("2026-11-15", "2026-11-15")).toBe(1);
    expect(daysBetween("2026-11-15", "2026-11-01")).toBe(-13);
  });
});
