import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseComingDay } from "../../../../core/domain/form/coming-day.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
const now = new Date("2026-11-22T02:00:00Z");
const zone = "Asia/Jakarta";

it.each([
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
  ["22/11", "2027-11-22T01:00:00Z"],
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
    ["0 hari lagi", "day-not-ahead"],
    ["22-11-2026", "day-not-ahead"],
    ["21-11-2026", "day-not-ahead"],
    ["2026-11-21T01:00:00Z", "day-not-ahead"],
    ["30-11-2028", "day-too-far"],
    ["20 bulan lagi", "day-too-far"],
  ])("%s: %s", (entered, code) => {
    expect(parseComingDay(entered, { now, zone })).toMatchObject({ ok: false, refusal: { code } });
  });
});

it("whatever is typed, an accepted day lies ahead and is read again as itself", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}$/)), (text) => {
      const read = parseComingDay(text, { now, zone });
      if (!read.ok) return;
      expect(new Date(read.value).getTime()).toBeGreaterThan(now.getTime());
      expect(parseComingDay(read.value, { now, zone })).toEqual(read);
    }),
  );
});
