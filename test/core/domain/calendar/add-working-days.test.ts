import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addWorkingDays } from "../../../../core/domain/calendar/add-working-days.ts";
import { isWorkingDay, openHoursOf } from "../../../../core/domain/calendar/working-calendar.ts";
import { dayInMilliseconds } from "../../../../core/domain/durations.ts";
import { calendar, showWib, wib } from "../../../support/calendar.ts";

type Rows = [from: string, days: number, expected: string][];
const added = (from: string, days: number) => showWib(addWorkingDays(wib(from), days, calendar).at);

describe("in an ordinary week", () => {
  // biome-ignore format: a table
  it.each<Rows[number]>([
    ["2026-11-25 14.00", 1, "Thu 2026-11-26 14.00"],
    ["2026-11-25 14.00", 2, "Fri 2026-11-27 14.00"],
    ["2026-11-25 14.00", 3, "Mon 2026-11-30 14.00"],
    ["2026-11-27 14.00", 1, "Mon 2026-11-30 14.00"],
    ["2026-11-25 14.00", 0, "Wed 2026-11-25 14.00"],
  ])("%s and %i working days is the same time on %s", (from, days, expected) => {
    expect(added(from, days)).toBe(expected);
  });

  // biome-ignore format: a table
  it.each<Rows[number]>([
    ["2026-11-28 10.00", 1, "Tue 2026-12-01 07.30"],
    ["2026-11-29 23.00", 1, "Tue 2026-12-01 07.30"],
    ["2026-11-28 10.00", 3, "Thu 2026-12-03 07.30"],
  ])("%s, a day off, counts %i days from the beginning of Monday: %s", (from, days, expected) => {
    expect(added(from, days)).toBe(expected);
  });
});

describe("nobody is written to outside office hours", () => {
  // biome-ignore format: a table
  it.each<Rows[number]>([
    ["2026-11-25 06.00", 1, "Thu 2026-11-26 07.30"],
    ["2026-11-25 07.29", 1, "Thu 2026-11-26 07.30"],
    ["2026-11-25 07.30", 1, "Thu 2026-11-26 07.30"],
    ["2026-11-25 15.59", 1, "Thu 2026-11-26 15.59"],
    ["2026-11-25 16.00", 1, "Fri 2026-11-27 07.30"],
    ["2026-11-25 22.00", 1, "Fri 2026-11-27 07.30"],
    ["2026-11-26 16.15", 1, "Fri 2026-11-27 16.15"], // on Fridays it closes at 16.30
    ["2026-11-26 16.30", 1, "Mon 2026-11-30 07.30"],
    ["2026-11-27 16.15", 1, "Tue 2026-12-01 07.30"],
  ])("%s and %i working day: %s", (from, days, expected) => {
    expect(added(from, days)).toBe(expected);
  });

  // biome-ignore format: a table
  it.each<Rows[number]>([
    ["2026-02-25 07.45", 1, "Thu 2026-02-26 08.00"],
    ["2026-02-25 14.59", 1, "Thu 2026-02-26 14.59"],
    ["2026-02-25 15.00", 1, "Fri 2026-02-27 08.00"],
    ["2026-02-26 15.15", 1, "Fri 2026-02-27 15.15"],
    ["2026-02-26 15.30", 1, "Mon 2026-03-02 08.00"],
    ["2026-02-13 15.30", 2, "Fri 2026-02-20 08.00"], // from before Ramadan into it
    ["2026-03-17 15.30", 1, "Wed 2026-03-25 15.30"], // and out of it
  ])("in Ramadan, %s and %i working days: %s", (from, days, expected) => {
    expect(added(from, days)).toBe(expected);
  });
});

describe("over holidays and joint leave", () => {
  // biome-ignore format: a table
  it.each<Rows[number]>([
    ["2026-02-13 14.00", 1, "Wed 2026-02-18 14.00"], // Imlek, with leave on Monday
    ["2026-03-17 10.00", 1, "Wed 2026-03-25 10.00"], // Nyepi and Idulfitri 2026
    ["2026-03-16 10.00", 3, "Thu 2026-03-26 10.00"],
    ["2026-03-20 10.00", 1, "Thu 2026-03-26 07.30"], // asked in the middle of them
    ["2027-03-05 10.00", 1, "Tue 2027-03-16 10.00"], // Nyepi and Idulfitri 2027
    ["2027-03-05 10.00", 3, "Thu 2027-03-18 10.00"],
    ["2027-03-12 10.00", 1, "Wed 2027-03-17 07.30"],
    ["2026-12-23 14.00", 1, "Mon 2026-12-28 14.00"], // Christmas
    ["2026-12-23 14.00", 3, "Wed 2026-12-30 14.00"],
    ["2026-12-24 14.00", 1, "Tue 2026-12-29 07.30"],
    ["2026-12-30 14.00", 2, "Mon 2027-01-04 14.00"], // the year's end
    ["2026-12-31 14.00", 1, "Mon 2027-01-04 14.00"],
    ["2026-12-31 14.00", 2, "Wed 2027-01-06 14.00"], // Isra Mikraj on Tuesday
    ["2026-12-31 14.00", 3, "Thu 2027-01-07 14.00"],
    ["2027-01-01 14.00", 1, "Wed 2027-01-06 07.30"],
  ])("%s and %i working days: %s", (from, days, expected) => {
    expect(added(from, days)).toBe(expected);
  });
});

describe("a year that the calendar does not hold", () => {
  it("counts as one of week-ends only, and that is said", () => {
    const { at, isCovered } = addWorkingDays(wib("2027-12-31 14.00"), 1, calendar);

    expect(showWib(at)).toBe("Mon 2028-01-03 14.00");
    expect(isCovered).toBe(false);
    expect(addWorkingDays(wib("2024-12-31 14.00"), 2, calendar).isCovered).toBe(false);
  });

  it("is not spoken of while all days are in years that it holds", () => {
    expect(addWorkingDays(wib("2027-12-30 14.00"), 1, calendar).isCovered).toBe(true);
    expect(addWorkingDays(wib("2026-12-31 14.00"), 1, calendar).isCovered).toBe(true);
  });
});

describe("whatever the instant", () => {
  const instants = fc.date({ min: wib("2025-01-01 00.00"), max: wib("2028-12-31 00.00"), noInvalidDate: true });
  const someDays = fc.integer({ min: 1, max: 12 });

  it("the result is a working day within office hours", () => {
    fc.assert(
      fc.property(instants, someDays, (from, days) => {
        const { at } = addWorkingDays(from, days, calendar);
        const { opens, closes } = openHoursOf(at, calendar);
        const [, , time = ""] = showWib(at).split(" ");
        const clock = ({ hour, minute }: typeof opens) =>
          `${String(hour).padStart(2, "0")}.${String(minute).padStart(2, "0")}`;
        expect(isWorkingDay(at, calendar)).toBe(true);
        expect(clock(opens) <= time && time < clock(closes)).toBe(true);
      }),
    );
  });

  it("as many working days as were asked for begin until then, and one more where it moved to the next opening", () => {
    fc.assert(
      fc.property(instants, someDays, (from, days) => {
        const start = isWorkingDay(from, calendar) ? 0 : 1; // from a day off it is counted from the next working day
        const { at } = addWorkingDays(from, days, calendar);
        let begun = 0;
        for (let day = wib(`${showWib(from).slice(4, 14)} 12.00`); day < at; ) {
          day = new Date(day.getTime() + dayInMilliseconds);
          if (showWib(day).slice(4, 14) <= showWib(at).slice(4, 14) && isWorkingDay(day, calendar)) begun += 1;
        }
        expect([days + start, days + start + 1]).toContain(begun);
      }),
    );
  });

  it("one day more is later, and who begins later is not done sooner", () => {
    fc.assert(
      fc.property(instants, instants, someDays, (one, other, days) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one];
        const until = addWorkingDays(earlier, days, calendar).at;
        expect(until > earlier).toBe(true);
        expect(until < addWorkingDays(earlier, days + 1, calendar).at).toBe(true);
        expect(until <= addWorkingDays(later, days, calendar).at).toBe(true);
      }),
    );
  });
});
