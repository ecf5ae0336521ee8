import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextOfClock } from "../../../../core/domain/ticket/clock-rules.ts";
import { closingTime, nextOfSilence, type Question } from "../../../../core/domain/ticket/silence-rules.ts";
import { calendar, showWib, wib } from "../../../support/calendar.ts";
import { filedTicket } from "../../../support/domain.ts";

const rules = { confirmationReminderDays: 1, closeSilentAfterDays: 3, calendar };
const askedOn = (text: string): Question => ({ askedAt: wib(text), remindedAt: null, isForPhone: false });

/** What the clock does with a question that is never answered, when each thing is done at its time. */
function courseOf(asked: Question, days = rules): string[] {
  const course: string[] = [];
  let question = asked;
  for (let next = nextOfSilence(question, days); ; next = nextOfSilence(question, days)) {
    course.push(`${next.do} ${showWib(next.at)}`);
    if (next.do === "close-unanswered") return course;
    question = { ...question, remindedAt: next.at };
  }
}

describe("a question that nobody answers: two reminders, then the end", () => {
  // biome-ignore format: a table
  it.each<[string, string, string, string, string]>([
    ["within a week", "2026-11-23 14.00", "Tue 2026-11-24 14.00", "Wed 2026-11-25 14.00", "Thu 2026-11-26 14.00"],
    ["over a week-end", "2026-11-26 14.00", "Fri 2026-11-27 14.00", "Mon 2026-11-30 14.00", "Tue 2026-12-01 14.00"],
    ["on a Saturday", "2026-11-28 10.00", "Tue 2026-12-01 07.30", "Wed 2026-12-02 07.30", "Thu 2026-12-03 07.30"],
    ["late in the evening", "2026-11-23 21.00", "Wed 2026-11-25 07.30", "Thu 2026-11-26 07.30", "Fri 2026-11-27 07.30"],
    ["before Idulfitri 2026", "2026-03-16 10.00", "Tue 2026-03-17 10.00", "Wed 2026-03-25 10.00", "Thu 2026-03-26 10.00"],
    ["on joint leave in 2026", "2026-03-23 10.00", "Thu 2026-03-26 07.30", "Fri 2026-03-27 07.30", "Mon 2026-03-30 07.30"],
    ["before Idulfitri 2027", "2027-03-04 09.00", "Fri 2027-03-05 09.00", "Tue 2027-03-16 09.00", "Wed 2027-03-17 09.00"],
    ["before Christmas", "2026-12-23 11.00", "Mon 2026-12-28 11.00", "Tue 2026-12-29 11.00", "Wed 2026-12-30 11.00"],
    ["over the year's end", "2026-12-30 11.00", "Thu 2026-12-31 11.00", "Mon 2027-01-04 11.00", "Wed 2027-01-06 11.00"],
    ["on New Year's Eve", "2026-12-31 16.30", "Wed 2027-01-06 07.30", "Thu 2027-01-07 07.30", "Fri 2027-01-08 07.30"],
  ])("%s, asked on %s", (_, asked, first, second, end) => {
    expect(courseOf(askedOn(asked))).toEqual([`remind ${first}`, `remind ${second}`, `close-unanswered ${end}`]);
  });

  it("the intervals are the profile's", () => {
    expect(
      courseOf(askedOn("2026-11-23 14.00"), { ...rules, confirmationReminderDays: 2, closeSilentAfterDays: 5 }),
    ).toEqual(["remind Wed 2026-11-25 14.00", "remind Fri 2026-11-27 14.00", "close-unanswered Mon 2026-11-30 14.00"]);
  });
});

describe("when Simpul stood still", () => {
  it("missed reminders are made up for by one, and the end is as it was said", () => {
    const late = { ...askedOn("2026-11-23 14.00"), remindedAt: wib("2026-11-25 15.00") };
    expect(nextOfSilence(late, rules)).toEqual({ do: "close-unanswered", at: wib("2026-11-26 15.00") });
  });

  it("nobody is passed over: the first reminder comes before the end, and leaves a working day to answer", () => {
    const asked = askedOn("2026-11-16 14.00");
    expect(nextOfSilence(asked, rules)).toEqual({ do: "remind", at: wib("2026-11-17 14.00") });

    const reminded = { ...asked, remindedAt: wib("2026-11-24 09.00") };
    expect(nextOfSilence(reminded, rules)).toEqual({ do: "close-unanswered", at: wib("2026-11-25 09.00") });
  });
});

it("who cannot be reached is not reminded again, and the days run on", () => {
  const question = { ...askedOn("2026-11-23 14.00"), remindedAt: wib("2026-11-24 14.00"), isForPhone: true };
  expect(nextOfSilence(question, rules)).toEqual({ do: "close-unanswered", at: wib("2026-11-26 14.00") });
});

it("is never closed before the days are over, nor without a reminder", () => {
  const instants = fc.date({ min: wib("2025-01-01 00.00"), max: wib("2027-11-30 00.00"), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.nat({ max: 20 * 24 }), (askedAt, lateHours) => {
      const asked: Question = { askedAt, remindedAt: null, isForPhone: false };
      const first = nextOfSilence(asked, rules);
      expect(first.do).toBe("remind");
      const reminded = { ...asked, remindedAt: new Date(first.at.getTime() + lateHours * 3_600_000) };
      expect(closingTime(reminded, rules) >= closingTime(asked, rules)).toBe(true);
      expect(closingTime(reminded, rules) > reminded.remindedAt).toBe(true);
    }),
  );
});

describe("what the clock has to do next with a ticket", () => {
  const awaiting = { ...filedTicket, state: "awaiting-confirmation", holder: "user" } as const;
  const question = askedOn("2026-11-23 14.00");

  it("is the next of the question that it waits for", () => {
    expect(nextOfClock(awaiting, question, rules)).toEqual({ do: "remind", at: wib("2026-11-24 14.00") });
  });

  it.each<[string, Parameters<typeof nextOfClock>[0], Question | undefined]>([
    ["that waits for the desk", filedTicket, question],
    ["that has ended", { ...filedTicket, state: "closed" }, question],
    ["of which no question is known", awaiting, undefined],
  ])("is nothing for one %s", (_, ticket, asked) => {
    expect(nextOfClock(ticket, asked, rules)).toBeUndefined();
  });
});
