import { expect, it } from "vitest";
import { parseComingInstant } from "../../../../core/domain/form/coming-instant.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
const now = new Date("2026-11-22T02:00:00Z");
const zone = "Asia/Jakarta";

it.each([
  ["besok 09.00", "2026-11-23T02:00:00Z"],
  ["hari ini 14:30", "2026-11-22T07:30:00Z"],
  ["Senin jam 10.00", "2026-11-23T03:00:00Z"],
  ["Senin, pukul 7.05", "2026-11-23T00:05:00Z"],
  ["30-11-2026 09.00", "2026-11-30T02:00:00Z"],
  ["30 Nov 09.00", "2026-11-30T02:00:00Z"],
  ["2026-11-30T02:00:00Z", "2026-11-30T02:00:00Z"],
  ["15:00", "2026-11-22T08:00:00Z"],
  ["15.00", "2026-11-22T08:00:00Z"],
  ["jam 15.00", "2026-11-22T08:00:00Z"],
  ["09.00", "2026-11-23T02:00:00Z"],
  ["08.59", "2026-11-23T01:59:00Z"],
])("%s is %s", (entered, instant) => {
  expect(parseComingInstant(entered, { now, zone })).toEqual({ ok: true, value: instant });
});

it.each([
  ["besok", "appointment-unreadable"],
  ["24.00", "appointment-unreadable"],
  ["sampai", "appointment-unreadable"],
  ["besok 24.00", "appointment-unreadable"],
  ["besok 09.60", "appointment-unreadable"],
  ["hari ini 08.00", "appointment-passed"],
  ["2026-11-22T02:00:00Z", "appointment-passed"],
  ["30-11-2028 09.00", "day-too-far"],
  ["sampai 15:00", "end-for-begin"],
  ["Sampai besok 15.00", "end-for-begin"],
])("%s is refused: %s", (entered, code) => {
  expect(parseComingInstant(entered, { now, zone })).toMatchObject({ ok: false, refusal: { code } });
});

/** Monday 23 November 2026, 22.00 WIB. */
const begin = new Date("2026-11-23T15:00:00Z");

it.each([
  ["30 menit", now, "2026-11-22T02:30:00Z"],
  ["1 jam", now, "2026-11-22T03:00:00Z"],
  ["24 jam", now, "2026-11-23T02:00:00Z"],
  ["selama 2 hari", now, "2026-11-24T02:00:00Z"],
  ["sampai 15:00", now, "2026-11-22T08:00:00Z"],
  ["Sampai pukul 23.30", now, "2026-11-22T16:30:00Z"],
  ["sampai besok 08.55", now, "2026-11-23T01:55:00Z"],
  ["besok 08.00", now, "2026-11-23T01:00:00Z"],
  ["1 Jam", begin, "2026-11-23T16:00:00Z"],
  ["23.30", begin, "2026-11-23T16:30:00Z"],
  ["04.00", begin, "2026-11-23T21:00:00Z"],
  ["besok 23.00", begin, "2026-11-23T16:00:00Z"],
])("%s ends what begins then: %s, %s", (entered, endOf, instant) => {
  expect(parseComingInstant(entered, { now, zone }, endOf)).toEqual({ ok: true, value: instant });
});

it.each([
  ["0 jam", "end-unreadable"],
  ["1000 jam", "end-unreadable"],
  ["sejam", "end-unreadable"],
  ["367 hari", "day-too-far"],
  ["hari ini 08.00", "appointment-passed"],
  ["sampai 08.55", "end-passed"],
  ["jam 08.55", "end-passed"],
])("%s ends nothing: %s", (entered, code) => {
  expect(parseComingInstant(entered, { now, zone }, now)).toMatchObject({ ok: false, refusal: { code } });
});

it.each(["besok 22.00", "besok 21.59", "2026-11-23T15:00:00Z"])("%s is not after what begins then", (entered) => {
  expect(parseComingInstant(entered, { now, zone }, begin)).toMatchObject({ refusal: { code: "end-before-begin" } });
});

it("is no span where nothing is ended", () => {
  expect(parseComingInstant("1 jam", { now, zone })).toMatchObject({ refusal: { code: "appointment-unreadable" } });
});
