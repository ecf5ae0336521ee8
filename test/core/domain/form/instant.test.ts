import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../../core/domain/form/instant.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
const now = new Date("2026-11-22T02:00:00Z");
const zone = "Asia/Jakarta";

describe("an instant is read in the office's zone", () => {
  it.each([
    // time only: today
    ["08.30", "2026-11-22T01:30:00Z"],
    ["8:30", "2026-11-22T01:30:00Z"],
    ["0.00", "2026-11-21T17:00:00Z"],
    ["jam 08.30", "2026-11-22T01:30:00Z"],
    ["Pukul 08.30 WIB", "2026-11-22T01:30:00Z"],
    // the present minute is not the future
    ["09.00", "2026-11-22T02:00:00Z"],
    ["sekarang", "2026-11-22T02:00:00Z"],
    ["Baru saja", "2026-11-22T02:00:00Z"],
    // so long ago
    ["2 jam lalu", "2026-11-22T00:00:00Z"],
    ["30 menit yang lalu", "2026-11-22T01:30:00Z"],
    ["3 hari lalu", "2026-11-19T02:00:00Z"],
    // days by name
    ["hari ini", "2026-11-21T17:00:00Z"],
    ["hari ini, 08.30", "2026-11-22T01:30:00Z"],
    ["tadi jam 07.15", "2026-11-22T00:15:00Z"],
    ["kemarin", "2026-11-20T17:00:00Z"],
    ["kemarin 14.00", "2026-11-21T07:00:00Z"],
    ["  kemarin   pukul 14.00 ", "2026-11-21T07:00:00Z"],
    // full dates
    ["22-11-2026 08.30", "2026-11-22T01:30:00Z"],
    ["22/11/2026 8:30", "2026-11-22T01:30:00Z"],
    ["22.11.2026 08.30", "2026-11-22T01:30:00Z"],
    ["1-2-26 08.30", "2026-02-01T01:30:00Z"],
    ["1/2/26", "2026-01-31T17:00:00Z"],
    ["22 Nov 2026 08.30", "2026-11-22T01:30:00Z"],
    ["22 November 2026, pukul 08.30", "2026-11-22T01:30:00Z"],
    ["17 Agustus 2026", "2026-08-16T17:00:00Z"],
    // dates without a year: the latest such day that is not after today
    ["22/11", "2026-11-21T17:00:00Z"],
    ["22-11 08.30", "2026-11-22T01:30:00Z"],
    ["22 Nov 08.30", "2026-11-22T01:30:00Z"],
    ["5 Mei", "2026-05-04T17:00:00Z"],
    ["23/11", "2025-11-22T17:00:00Z"],
    ["24.11.2025", "2025-11-23T17:00:00Z"],
    ["31 Des 23.50", "2025-12-31T16:50:00Z"],
    // a button
    ["2026-11-22T01:30:00Z", "2026-11-22T01:30:00Z"],
    ["2026-11-22T01:30:00.250Z", "2026-11-22T01:30:00.250Z"],
  ])("%s is %s", (entered, instant) => {
    expect(parseInstant(entered, { now, zone })).toEqual({ ok: true, value: instant });
  });
});

describe("an instant is refused", () => {
  it.each([
    ["", "instant-unreadable"],
    ["   ", "instant-unreadable"],
    ["tadi pagi", "instant-unreadable"],
    ["besok", "instant-unreadable"],
    ["99", "instant-unreadable"],
    ["24.00", "instant-unreadable"],
    ["22-11 24.00", "instant-unreadable"],
    ["22-11-2026 25.00", "instant-unreadable"],
    ["22-11-2026 08.60", "instant-unreadable"],
    ["31-2-2026", "instant-unreadable"],
    ["31/4", "instant-unreadable"],
    ["29-2", "instant-unreadable"], // neither 2026 nor 2025 has one
    ["29-2-2026 08.30", "instant-unreadable"],
    ["32 Nov", "instant-unreadable"],
    ["11-22-2026", "instant-unreadable"],
    ["22 Foo 2026", "instant-unreadable"],
    ["2026-13-22T01:30:00Z", "instant-unreadable"],
    ["2026-11-22T01:30:00+07:00", "instant-unreadable"],
    ["09.01", "instant-in-future"],
    ["14.00", "instant-in-future"],
    ["hari ini 14.00", "instant-in-future"],
    ["hari ini jam 14.00", "instant-in-future"],
    ["22-11 14.00", "instant-in-future"], // today, not a year ago
    ["22 Nov 14.00", "instant-in-future"],
    ["23-11-2026", "instant-in-future"],
    ["22-11-2027 08.30", "instant-in-future"],
    ["2026-11-22T02:00:01Z", "instant-in-future"],
    ["21-11-2025 08.59", "instant-too-old"],
    ["22-11-1926", "instant-too-old"],
    ["367 hari lalu", "instant-too-old"],
    ["2 abad lalu", "instant-unreadable"],
  ])("%s: %s", (entered, code) => {
    expect(parseInstant(entered, { now, zone })).toMatchObject({ ok: false, refusal: { code } });
  });

  it("keeps what is 366 days old to the minute", () => {
    expect(parseInstant("21-11-2025 09.00", { now, zone })).toEqual({ ok: true, value: "2025-11-21T02:00:00Z" });
  });
});

describe("zones", () => {
  it.each([
    ["Asia/Jakarta", "2026-11-22T01:30:00Z"],
    ["Asia/Makassar", "2026-11-22T00:30:00Z"],
    ["Asia/Jayapura", "2026-11-21T23:30:00Z"],
  ])("08.30 in an office in %s is %s", (officeZone, instant) => {
    expect(parseInstant("08.30", { now, zone: officeZone })).toEqual({ ok: true, value: instant });
  });

  it.each([
    ["08.30 WIB", "2026-11-22T01:30:00Z"],
    ["08.30 WITA", "2026-11-22T00:30:00Z"],
    ["kemarin 08.30 wit", "2026-11-20T23:30:00Z"],
  ])("the zone that was written wins over the office's: %s", (entered, instant) => {
    expect(parseInstant(entered, { now, zone })).toEqual({ ok: true, value: instant });
  });

  it("takes today from the office's calendar, not from that of UTC", () => {
    const afterMidnight = new Date("2026-11-21T17:30:00Z"); // 22 November, 00.30 WIB
    expect(parseInstant("0.10", { now: afterMidnight, zone })).toEqual({ ok: true, value: "2026-11-21T17:10:00Z" });
  });
});

describe("at the year's end", () => {
  const newYear = new Date("2025-12-31T17:30:00Z"); // 1 January 2026, 00.30 WIB

  it.each([
    ["kemarin 23.50", "2025-12-31T16:50:00Z"],
    ["31-12 23.50", "2025-12-31T16:50:00Z"],
    ["31 Des", "2025-12-30T17:00:00Z"],
    ["1-1 00.10", "2025-12-31T17:10:00Z"],
    ["2-1", "2025-01-01T17:00:00Z"],
  ])("%s is %s", (entered, instant) => {
    expect(parseInstant(entered, { now: newYear, zone })).toEqual({ ok: true, value: instant });
  });

  it("reads 29 February of the leap year that has just passed", () => {
    const january2025 = new Date("2025-01-10T02:00:00Z");
    expect(parseInstant("29-2 08.30", { now: january2025, zone })).toEqual({ ok: true, value: "2024-02-29T01:30:00Z" });
  });
});
