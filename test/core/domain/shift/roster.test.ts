import { describe, expect, it, test } from "vitest";
import { roles } from "../../../../core/domain/people/roles.ts";
import {
  dayAfter,
  isRosterTold,
  nextOnRoster,
  onCall,
  refusalOfKeepingRoster,
  rosterDayAt,
  rosterDays,
  rosteredOn,
} from "../../../../core/domain/shift/roster.ts";
import { calendar, wib } from "../../../support/calendar.ts";
import { aPerson } from "../../../support/domain.ts";

const siti = aPerson(1, ["help-desk"]);
const budi = aPerson(2, ["it-support"]);
const togar = aPerson(3, ["infrastructure"]);
const former = aPerson(4, ["user"]);

const roster = [
  { day: "2026-11-29", person: siti },
  { day: "2026-11-30", person: siti },
  { day: "2026-12-01", person: former },
  { day: "2026-12-02", person: budi },
  { day: "2026-12-05", person: togar },
];

it.each(roles)("is kept by leadership and the help desk only: %s", (role) => {
  const may = role === "leadership" || role === "help-desk";
  expect(refusalOfKeepingRoster(aPerson(9, [role]))?.code).toBe(may ? undefined : "not-roster-keeper");
});

describe("days", () => {
  test("of a range are all of them, over the end of a month", () => {
    expect(rosterDays("2026-11-29", "2026-12-01")).toMatchObject({ value: ["2026-11-29", "2026-11-30", "2026-12-01"] });
    expect(rosterDays("2026-11-30", "2026-11-30")).toMatchObject({ value: ["2026-11-30"] });
    expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
  });

  test("are a month at most", () => {
    expect(rosterDays("2026-12-01", "2026-12-31")).toMatchObject({ ok: true });
    expect(rosterDays("2026-12-01", "2027-01-01")).toMatchObject({
      refusal: { code: "roster-too-long", values: { days: 32, longest: 31, latest: "2026-12-31" } },
    });
  });

  test.each([
    ["2026-11-29T16:59:59Z", "2026-11-29"],
    ["2026-11-29T17:00:00Z", "2026-11-30"],
  ])("begin at midnight of the office: %s", (at, day) => {
    expect(rosterDayAt(new Date(at), "Asia/Jakarta")).toBe(day);
  });

  test.each([
    ["2026-11-30 00.01", false],
    ["2026-11-30 07.29", false],
    ["2026-11-30 07.30", true],
    ["2026-11-30 23.59", true],
    ["2026-12-25 07.30", true],
  ])("are told from the opening on, also on a day off: %s", (at, isTold) => {
    expect(isRosterTold(wib(at), calendar)).toBe(isTold);
  });
});

test.each([
  ["2026-11-30", siti],
  ["2026-12-01", undefined],
  ["2026-12-02", budi],
  ["2026-12-03", undefined],
])("whose day %s is", (day, person) => {
  expect(rosteredOn(roster, day)).toBe(person);
});

test.each([
  ["2026-11-29", siti, "2026-12-02"],
  ["2026-12-01", undefined, "2026-12-02"],
  ["2026-12-02", budi, "2026-12-05"],
  ["2026-12-03", undefined, "2026-12-05"],
  ["2026-12-05", togar, undefined],
])("who comes next from %s on, passing over who has left the desk", (from, but, day) => {
  expect(nextOnRoster(roster, { from, but })?.day).toBe(day);
});

describe("who hears of an outage", () => {
  test.each([
    ["who is on duty, whosever day it is", "2026-12-02", togar, 0, [togar]],
    ["whose day it is, where nobody is on duty", "2026-12-02", undefined, 0, [budi]],
    ["nobody, where the day is nobody's", "2026-12-03", undefined, 0, []],
    ["nobody, where whose day it was has left the desk", "2026-12-01", undefined, 0, []],
    ["the same at the second reminder", "2026-12-02", undefined, 2, [budi]],
    ["the next, too, at the third", "2026-12-02", undefined, 3, [budi, togar]],
    ["whose day it is after somebody else who is on duty", "2026-12-02", togar, 3, [togar, budi]],
    ["the next alone, where the day is nobody's", "2026-12-03", undefined, 3, [togar]],
    ["the same, where nobody comes next", "2026-12-05", undefined, 9, [togar]],
  ] as const)("%s", (_name, day, onDuty, reminders, expected) => {
    expect(onCall(roster, { day, onDuty, reminders })).toEqual(expected);
  });
});
