import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseComingDay } from "../../../../core/domain/form/coming-day.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
const now = new Date("2026-11-22T02:00:00Z");
const thisMorning = new Date("2026-11-22T01:00:00Z");
const zone = "Asia/Jakarta";

it.each([
  ["hari ini", "2026-11-22T01:00:00Z"],
  ["0 hari lagi", "2026-11-22T01:00:00Z"],
  ["22-11-2026", "2026-11-22T01:00:00Z"],
  ["besok", "2026-11-23T01:00:00Z"],
  ["Lusa", "2026-11-24T01:00:00Z"],
  ["3 hari lagi", "2026-11-25T01:00:00Z"],
  ["2 minggu lagi", "2026-12-06T01:00:00Z"],
  ["1 bulan lagi", "2026-12-22T01:00:00Z"],
  ["Senin", "2026-11-23T01:00:00Z"],
  ["hari Jumat", "2026-11-27T01:00:00Z"],
  ["jum'at", "2026-11-27T01:00:00Z"],
  ["Minggu", "2026-11-29T01:00:00Z"], // today is one: the next
  ["30-11-2026", "2026-11-30T01:00:00Z"],
  ["30/11", "2026-11-30T01:00:00Z"],
  ["30 Nov", "2026-11-30T01:00:00Z"],
  ["17 Agustus", "2027-08-17T01:00:00Z"],
  ["2 Jan", "2027-01-02T01:00:00Z"],
  ["22/11", "2026-11-22T01:00:00Z"],
  ["21/11", "2027-11-21T01:00:00Z"],
  ["2026-11-30T01:00:00Z", "2026-11-30T01:00:00Z"],
])("%s is the morning of %s", (entered, instant) => {
  expect(parseComingDay(entered, { now, zone })).toEqual({ ok: true, value: instant });
});

describe("is refused", () => {
  it.each([
    ["", "day-unreadable"],
    ["nanti", "day-unreadable"],
    ["31-02-2027", "day-unreadable"],
    ["08.30", "day-unreadable"],
    ["kemarin", "day-passed"],
    ["21-11-2026", "day-passed"],
    ["2026-11-21T01:00:00Z", "day-passed"],
    ["30-11-2028", "day-too-far"],
    ["20 bulan lagi", "day-too-far"],
  ])("%s: %s", (entered, code) => {
    expect(parseComingDay(entered, { now, zone })).toMatchObject({ ok: false, refusal: { code } });
  });
});

it.each(["hari ini", "22-11-2026"])("%s is refused where only a later day will do", (entered) => {
  expect(parseComingDay(entered, { now, zone }, { isAfterToday: true })).toMatchObject({
    refusal: { code: "day-not-ahead" },
  });
});

it("is not before the day that comes first, and may be the same", () => {
  const notBefore = "2026-11-30T01:00:00Z";
  expect(parseComingDay("30-11-2026", { now, zone }, { notBefore })).toEqual({ ok: true, value: notBefore });
  expect(parseComingDay("29-11-2026", { now, zone }, { notBefore })).toMatchObject({
    refusal: { code: "until-before-from" },
  });
});

it("whatever is typed, an accepted day is today or later and is read again as itself", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}$/)), (text) => {
      const read = parseComingDay(text, { now, zone });
      if (!read.ok) return;
      expect(new Date(read.value).getTime()).toBeGreaterThanOrEqual(thisMorning.getTime());
      expect(parseComingDay(read.value, { now, zone })).toEqual(read);
    }),
  );
});
