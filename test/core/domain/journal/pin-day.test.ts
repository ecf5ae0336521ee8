import { expect, it } from "vitest";
import { pinDayOf } from "../../../../core/domain/journal/pin-day.ts";

it.each([
  ["at seven in the morning", "2026-11-25T00:00:00Z", "2026-11-25"],
  ["by a clock that is early", "2026-11-24T23:59:30Z", "2026-11-25"],
  ["late in the evening", "2026-11-25T16:59:59Z", "2026-11-25"],
  ["in the night, for the day before", "2026-11-25T20:00:00Z", "2026-11-25"],
  ["the morning after", "2026-11-26T00:00:00Z", "2026-11-26"],
])("%s", (_case, instant, day) => {
  expect(pinDayOf(new Date(instant), "Asia/Jakarta")).toBe(day);
});

it("follows the office's zone", () => {
  expect(pinDayOf(new Date("2026-11-24T22:00:00Z"), "Asia/Jayapura")).toBe("2026-11-25");
  expect(pinDayOf(new Date("2026-11-24T22:00:00Z"), "Asia/Jakarta")).toBe("2026-11-24");
});
