import { expect, it } from "vitest";
import { parseDay } from "../../../../core/domain/form/day.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
const now = new Date("2026-11-22T02:00:00Z");
const zone = "Asia/Jakarta";

it.each([
  ["hari ini", "2026-11-22"],
  ["Kemarin", "2026-11-21"],
  ["20-11-2026", "2026-11-20"],
  ["20/11/26", "2026-11-20"],
  ["20.11.2026", "2026-11-20"],
  ["20  November 2026", "2026-11-20"],
  ["1 Okt 2026", "2026-10-01"],
  ["2026-11-20", "2026-11-20"],
  ["22-11-2016", "2016-11-22"],
  // Without a year the last such day.
  ["1 november", "2026-11-01"],
  ["20-11", "2026-11-20"],
  ["23/11", "2025-11-23"],
  ["1 des", "2025-12-01"],
])("%s is %s", (entered, day) => {
  expect(parseDay(entered, { now, zone })).toEqual({ ok: true, value: day });
});

it("is today already where the office's day has begun", () => {
  const justAfterMidnight = new Date("2026-11-22T17:30:00Z");

  expect(parseDay("23-11-2026", { now: justAfterMidnight, zone })).toMatchObject({ value: "2026-11-23" });
  expect(parseDay("hari ini", { now: justAfterMidnight, zone })).toMatchObject({ value: "2026-11-23" });
});

it.each([
  ["besok", "past-day-unreadable"],
  ["constructor", "past-day-unreadable"],
  ["31-02-2026", "past-day-unreadable"],
  ["31-11", "past-day-unreadable"],
  ["", "past-day-unreadable"],
  ["23-11-2026", "day-ahead"],
  ["21-11-2016", "day-too-old"],
])("%s is refused: %s", (entered, code) => {
  expect(parseDay(entered, { now, zone })).toMatchObject({ ok: false, refusal: { code } });
});

it.each(["kapan-kapan", "1 november"])("%s is no end of a contract: it has its year", (entered) => {
  const limits = { mayBeAhead: true } as const;
  expect(parseDay(entered, { now, zone }, limits)).toMatchObject({ refusal: { code: "date-unreadable" } });
});
