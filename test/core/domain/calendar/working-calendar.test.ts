import { describe, expect, it } from "vitest";
import { daysUntilEnd, isWorkingDay, openHoursOf } from "../../../../core/domain/calendar/working-calendar.ts";
import { calendar, wib } from "../../../support/calendar.ts";

describe("a working day", () => {
  // biome-ignore format: a table
  it.each<[string, string, boolean]>([
    ["a Wednesday", "2026-11-25", true],
    ["a Saturday", "2026-11-28", false],
    ["a Sunday", "2026-11-29", false],
    ["leave before Idulfitri 2026", "2026-03-20", false],
    ["leave after Idulfitri 2026", "2026-03-24", false],
    ["the day after it", "2026-03-25", true],
    ["leave after Idulfitri 2027", "2027-03-15", false],
    ["the day after that", "2027-03-16", true],
    ["leave before Christmas 2026", "2026-12-24", false],
    ["Christmas 2026", "2026-12-25", false],
    ["New Year's Eve 2026", "2026-12-31", true],
    ["New Year 2027", "2027-01-01", false],
    ["New Year 2029, which it does not hold", "2029-01-01", true],
  ])("%s, %s: %s", (_, date, expected) => {
    expect(isWorkingDay(wib(`${date} 12.00`), calendar)).toBe(expected);
  });

  it("begins and ends at midnight of the office's zone", () => {
    expect(isWorkingDay(new Date("2026-11-27T16:59:59Z"), calendar)).toBe(true);
    expect(isWorkingDay(new Date("2026-11-27T17:00:00Z"), calendar)).toBe(false);
    expect(isWorkingDay(new Date("2026-11-29T17:00:00Z"), calendar)).toBe(true);
  });
});

it.each([
  ["2026-11-26", { opens: { hour: 7, minute: 30 }, closes: { hour: 16, minute: 0 } }],
  ["2026-11-27", { opens: { hour: 7, minute: 30 }, closes: { hour: 16, minute: 30 } }],
  ["2026-02-18", { opens: { hour: 7, minute: 30 }, closes: { hour: 16, minute: 0 } }],
  ["2026-02-19", { opens: { hour: 8, minute: 0 }, closes: { hour: 15, minute: 0 } }],
  ["2026-02-20", { opens: { hour: 8, minute: 0 }, closes: { hour: 15, minute: 30 } }],
])("the hours of %s are those of its weekday, in Ramadan shorter", (date, hours) => {
  expect(openHoursOf(wib(`${date} 12.00`), calendar)).toEqual(hours);
});

it("knows how long it lasts", () => {
  expect(daysUntilEnd(calendar, wib("2027-12-31 00.00"))).toBe(1);
  expect(daysUntilEnd(calendar, wib("2027-11-02 00.00"))).toBe(60);
  expect(daysUntilEnd(calendar, wib("2028-01-01 00.00"))).toBe(0);
  expect(daysUntilEnd(calendar, wib("2028-01-01 00.01"))).toBe(-1);
});
