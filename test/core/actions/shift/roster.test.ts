import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeRosterDay, clearRosterDay, fillRoster } from "../../../../core/actions/shift/keep-roster.ts";
import { beginShift } from "../../../../core/actions/shift/shifts.ts";
import { tellOfRoster } from "../../../../core/actions/shift/tell-of-roster.ts";
import { markUnreachable } from "../../../../core/db/people/accounts.ts";
import { removeRole } from "../../../../core/db/people/people.ts";
import { listRoster } from "../../../../core/db/shift/duty-roster.ts";
import { isOnDuty } from "../../../../core/db/shift/on-duty.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { wib } from "../../../support/calendar.ts";
import { chatOf, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

/** Sunday, 09.00 WIB. */
const sunday = wib("2026-11-22 09.00");

const fill = (by: Person, who: Person, from: string, until = from, now = sunday) =>
  office.act((tx) =>
    fillRoster(tx, by, office.setting(now), {
      personId: who.id,
      answers: { "from-day": from, "until-day": until },
    }),
  );
const change = (by: Person, day: string, former: Person, to: Person, now = sunday) =>
  office.act((tx) => changeRosterDay(tx, by, office.setting(now), { day, formerId: former.id, personId: to.id }));
const clear = (by: Person, day: string, former: Person, now = sunday) =>
  office.act((tx) => clearRosterDay(tx, by, office.setting(now), { day, formerId: former.id }));
const tellAt = (at: string) => office.act((tx) => tellOfRoster(tx, office.setting(wib(at))));
const begin = (by: Person, at: string) => office.act((tx) => beginShift(tx, by, office.setting(wib(at))));

const roster = async () =>
  (await listRoster(office.db, { from: "2026-01-01" })).map(({ day, person }) => `${day} ${person.name}`);

describe("the roster", () => {
  it("is filled for a range of days, and recorded", async () => {
    const { helpDesk, itSupport } = office.people;
    expect(await fill(helpDesk, itSupport, "30-11-2026", "2-12-2026")).toEqual({ ok: true, value: "2026-11-30" });
    expect(await roster()).toEqual([
      `2026-11-30 ${itSupport.name}`,
      `2026-12-01 ${itSupport.name}`,
      `2026-12-02 ${itSupport.name}`,
    ]);
    const journal = await office.db.selectFrom("journal").select(["actor_id", "event", "details"]).execute();
    expect(journal.at(-1)).toEqual({
      actor_id: helpDesk.id,
      event: "roster-filled",
      details: { from: "2026-11-30", days: 3 },
    });
  });

  it("has one person a day: a range that holds somebody else's is refused as a whole, with whose it is", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    await fill(helpDesk, itSupport, "1-12-2026");
    expect(await fill(helpDesk, infrastructure, "30-11-2026", "2-12-2026")).toMatchObject({
      refusal: { code: "roster-day-taken", values: { day: "2026-12-01", personId: itSupport.id } },
    });
    expect(await roster()).toEqual([`2026-12-01 ${itSupport.name}`]);
    expect((await fill(helpDesk, itSupport, "30-11-2026", "1-12-2026")).ok).toBe(true);
    expect(await roster()).toHaveLength(2);
  });

  it("of one day is filled by one of two at once", async () => {
    const { helpDesk, leadership, itSupport, infrastructure } = office.people;
    const answers = { "from-day": "1-12-2026", "until-day": "1-12-2026" };
    const done = await office.oneInTheOther(
      (tx) => fillRoster(tx, helpDesk, office.setting(sunday), { personId: itSupport.id, answers }),
      (tx) => fillRoster(tx, leadership, office.setting(sunday), { personId: infrastructure.id, answers }),
    );
    expect(done.map((each) => (each.ok ? "done" : each.refusal.code))).toEqual(["done", "roster-day-taken"]);
  });

  it("is refused to who does not look after the desk, for who is not of it or cannot be reached, and for what is over", async () => {
    const { helpDesk, itSupport, requester } = office.people;
    expect(await fill(itSupport, itSupport, "besok")).toMatchObject({ refusal: { code: "not-roster-keeper" } });
    expect(await fill(helpDesk, requester, "besok")).toMatchObject({ refusal: { code: "not-of-the-desk" } });
    expect(await fill(helpDesk, itSupport, "21-11-2026")).toMatchObject({ refusal: { code: "day-passed" } });
    expect(await fill(helpDesk, itSupport, "1-12-2026", "30-11-2026")).toMatchObject({
      refusal: { code: "until-before-from" },
    });
    expect(await fill(helpDesk, itSupport, "1-12-2026", "1-1-2027")).toMatchObject({
      refusal: { code: "roster-too-long" },
    });
    await office.act((tx) => markUnreachable(tx, chatOf(itSupport), sunday));
    expect(await fill(helpDesk, itSupport, "besok")).toMatchObject({ refusal: { code: "not-of-the-desk" } });
    expect(await roster()).toEqual([]);
  });

  it("gives a day to somebody else, or to nobody, for what stood there when the button was made", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026");
    expect(await change(itSupport, "2026-11-30", itSupport, helpDesk)).toMatchObject({
      refusal: { code: "not-roster-keeper" },
    });
    expect((await change(helpDesk, "2026-11-30", itSupport, infrastructure)).ok).toBe(true);
    expect(await roster()).toEqual([`2026-11-30 ${infrastructure.name}`]);
    expect(await change(helpDesk, "2026-11-30", itSupport, helpDesk)).toMatchObject({
      refusal: { code: "roster-changed" },
    });
    expect(await clear(helpDesk, "2026-11-30", itSupport)).toMatchObject({ refusal: { code: "roster-changed" } });
    expect(await clear(helpDesk, "2026-11-30", infrastructure, wib("2026-12-01 00.10"))).toMatchObject({
      refusal: { code: "roster-day-over" },
    });
    expect((await clear(helpDesk, "2026-11-30", infrastructure)).ok).toBe(true);
    expect(await roster()).toEqual([]);
  });

  it("gives no rights: on duty is who has begun", async () => {
    const { helpDesk, itSupport } = office.people;
    await fill(helpDesk, itSupport, "hari ini");
    expect(await isOnDuty(office.db, itSupport)).toBe(false);
  });
});

describe("whose day it is", () => {
  it("is told once, when the office opens, also when two look at once", async () => {
    const { helpDesk, itSupport } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026", "1-12-2026");
    await tellAt("2026-11-30 07.25");
    expect(await office.takeMail()).toEqual([]);
    const setting = office.setting(wib("2026-11-30 07.30"));
    await office.oneInTheOther(
      (tx) => tellOfRoster(tx, setting),
      (tx) => tellOfRoster(tx, setting),
    );
    const today = { to: itSupport.name, kind: "duty-today", personId: itSupport.id };
    expect(await office.takeMail()).toEqual([{ ...today, day: "2026-11-30" }]);
    await tellAt("2026-11-30 07.35");
    expect(await office.takeMail()).toEqual([]);
    await tellAt("2026-12-01 07.30");
    expect(await office.takeMail()).toEqual([{ ...today, day: "2026-12-01" }]);
  });

  it("is not told to who is on duty already, nor to who has left the desk", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026");
    await fill(helpDesk, infrastructure, "1-12-2026");
    await begin(itSupport, "2026-11-29 20.00");
    await tellAt("2026-11-30 07.30");
    await office.act((tx) => removeRole(tx, infrastructure.id, "infrastructure"));
    await tellAt("2026-12-01 07.30");
    expect(await office.takeMail()).toEqual([]);
  });

  it("that somebody is still on duty from a day before asks them to hand over, and ends nothing", async () => {
    const { helpDesk, itSupport } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026");
    const shift = await begin(helpDesk, "2026-11-29 20.00");
    await tellAt("2026-11-30 07.30");
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, kind: "duty-today", day: "2026-11-30", personId: itSupport.id },
      { to: helpDesk.name, kind: "hand-over-due", shiftId: shift.ok ? shift.value : 0, toPersonId: itSupport.id },
    ]);
    expect(await isOnDuty(office.db, helpDesk)).toBe(true);
  });

  it("does not ask who has begun that day", async () => {
    const { helpDesk, itSupport } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026");
    await begin(helpDesk, "2026-11-30 00.10");
    await tellAt("2026-11-30 07.30");
    expect((await office.takeMail()).map(({ kind }) => kind)).toEqual(["duty-today"]);
  });

  it("and is given to somebody else: both read so", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    await fill(helpDesk, itSupport, "30-11-2026");
    await tellAt("2026-11-30 07.30");
    const [sent] = await office.deliver();
    await change(helpDesk, "2026-11-30", itSupport, infrastructure, wib("2026-11-30 09.00"));
    await tellAt("2026-11-30 09.05");
    const today = { kind: "duty-today", day: "2026-11-30" };
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, edits: sent, ...today, personId: itSupport.id },
      { to: infrastructure.name, ...today, personId: infrastructure.id },
    ]);
  });
});
