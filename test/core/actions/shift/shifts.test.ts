import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptShift, beginShift, endShift, offerShift } from "../../../../core/actions/shift/shifts.ts";
import { markUnreachable } from "../../../../core/db/people/accounts.ts";
import { removeRole } from "../../../../core/db/people/people.ts";
import { findPersonOnDuty, findPresentShift, findShift, listNotedShifts } from "../../../../core/db/shift/shifts.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const note = "Server SIMPEG panas, vendor datang pukul 14.00.";
const page = { offset: 0, limit: 10 };

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const begin = (by: Person, now = morning) => office.act((tx) => beginShift(tx, by, office.setting(now)));
const offer = (by: Person, shiftId: number, to: Person, words = note) =>
  office.act((tx) => offerShift(tx, by, office.setting(), { shiftId, toPersonId: to.id, note: words }));
const accept = (by: Person, shiftId: number, now = minutesAfter(morning, 5)) =>
  office.act((tx) => acceptShift(tx, by, office.setting(now), { shiftId }));
const end = (by: Person, shiftId: number, words = note) =>
  office.act((tx) => endShift(tx, by, office.setting(minutesAfter(morning, 9)), { shiftId, note: words }));

async function begun(by: Person): Promise<number> {
  const done = await begin(by);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
}

const journal = () =>
  office.db.selectFrom("journal").select(["actor_id", "event", "subject_id", "details"]).orderBy("id").execute();

describe("beginning", () => {
  it("makes somebody the person on duty, and is recorded", async () => {
    const { helpDesk } = office.people;
    expect(await findPersonOnDuty(office.db)).toBeUndefined();

    const id = await begun(helpDesk);

    expect((await findPersonOnDuty(office.db))?.id).toBe(helpDesk.id);
    expect(await findShift(office.db, id)).toMatchObject({ beganAt: morning, endedAt: null, note: null });
    expect((await journal()).at(-1)).toEqual({
      actor_id: helpDesk.id,
      event: "shift-began",
      subject_id: id,
      details: {},
    });
  });

  it("is done by one of two at once, the other is told by whom", async () => {
    const { helpDesk, itSupport } = office.people;
    const done = await office.atOnce(
      (tx) => beginShift(tx, helpDesk, office.setting()),
      (tx) => beginShift(tx, itSupport, office.setting()),
    );
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const holder = await findPersonOnDuty(office.db);
    expect(done.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: "somebody-on-duty", values: { personId: holder?.id } },
    });
  });

  it("is refused to who does not work at the desk", async () => {
    expect(await begin(office.people.requester)).toMatchObject({ refusal: { code: "not-at-desk" } });
    expect(await begin(office.people.administrator)).toMatchObject({ refusal: { code: "not-at-desk" } });
  });

  it("ends the shift of somebody who has left the desk without a word", async () => {
    const { helpDesk, itSupport } = office.people;
    const former = await begun(helpDesk);
    await office.act((tx) => removeRole(tx, helpDesk.id, "help-desk"));
    expect(await findPersonOnDuty(office.db)).toBeUndefined();

    await begun(itSupport);

    expect((await findPersonOnDuty(office.db))?.id).toBe(itSupport.id);
    expect(await findShift(office.db, former)).toMatchObject({ endedAt: morning, handedTo: null });
    expect((await journal()).map(({ event }) => event).slice(-2)).toEqual(["shift-abandoned", "shift-began"]);
  });

  it("of a second shift at the same time is not possible in the database either", async () => {
    const { helpDesk, itSupport } = office.people;
    await begun(helpDesk);
    const second = { person_id: itSupport.id, began_at: morning };
    await expect(office.db.insertInto("shift").values(second).execute()).rejects.toThrow("shift_open");
  });
});

describe("handing over", () => {
  it("asks the other one, and leaves the shift where it is until they accept", async () => {
    const { helpDesk, itSupport } = office.people;
    const shiftId = await begun(helpDesk);

    expect((await offer(helpDesk, shiftId, itSupport)).ok).toBe(true);

    expect((await findPersonOnDuty(office.db))?.id).toBe(helpDesk.id);
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, kind: "shift-offered", shiftId, toPersonId: itSupport.id },
    ]);
  });

  it("is done when they accept: one shift ends and the next begins at that moment", async () => {
    const { helpDesk, itSupport } = office.people;
    const shiftId = await begun(helpDesk);
    await offer(helpDesk, shiftId, itSupport);
    const [sent] = await office.deliver();

    const accepted = await accept(itSupport, shiftId);

    const at = minutesAfter(morning, 5);
    expect(await findPresentShift(office.db)).toMatchObject({ personId: itSupport.id, beganAt: at, note: null });
    expect(await findShift(office.db, shiftId)).toMatchObject({ endedAt: at, handedTo: itSupport.id, note });
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, edits: sent, kind: "shift-offered", shiftId, toPersonId: itSupport.id },
      { to: helpDesk.name, kind: "shift-over", shiftId, byPersonId: itSupport.id },
    ]);
    expect((await journal()).at(-1)).toEqual({
      actor_id: itSupport.id,
      event: "shift-handed-over",
      subject_id: shiftId,
      details: { from: helpDesk.id, to: itSupport.id, next: accepted.ok ? accepted.value : 0 },
    });
  });

  it("goes to the one who was asked last; the first one's button is refused", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    const shiftId = await begun(helpDesk);
    await offer(helpDesk, shiftId, itSupport);
    const [first] = await office.deliver();
    await offer(helpDesk, shiftId, infrastructure);

    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, edits: first, kind: "shift-offered", shiftId, toPersonId: itSupport.id },
      { to: infrastructure.name, kind: "shift-offered", shiftId, toPersonId: infrastructure.id },
    ]);
    expect(await accept(itSupport, shiftId)).toMatchObject({ refusal: { code: "shift-not-offered" } });
    expect((await accept(infrastructure, shiftId)).ok).toBe(true);
  });

  it("is accepted once", async () => {
    const { helpDesk, itSupport } = office.people;
    const shiftId = await begun(helpDesk);
    await offer(helpDesk, shiftId, itSupport);
    const done = await office.atOnce(
      (tx) => acceptShift(tx, itSupport, office.setting(), { shiftId }),
      (tx) => acceptShift(tx, itSupport, office.setting(), { shiftId }),
    );
    expect(done.map((each) => (each.ok ? "done" : each.refusal.code)).sort()).toEqual(["done", "on-duty-already"]);
    expect(await office.db.selectFrom("shift").select("id").execute()).toHaveLength(2);
  });

  it("is refused to somebody who is not on duty, and by a form of a shift that is over", async () => {
    const { helpDesk, itSupport, infrastructure } = office.people;
    const shiftId = await begun(helpDesk);
    expect(await offer(itSupport, shiftId, infrastructure)).toMatchObject({ refusal: { code: "not-on-duty" } });
    await end(helpDesk, shiftId);
    await begun(helpDesk);
    expect(await offer(helpDesk, shiftId, infrastructure)).toMatchObject({ refusal: { code: "not-on-duty" } });
  });

  it("is refused to somebody outside the desk, or whom the bot cannot reach, or without words", async () => {
    const { helpDesk, itSupport, requester } = office.people;
    const shiftId = await begun(helpDesk);
    expect(await offer(helpDesk, shiftId, requester)).toMatchObject({ refusal: { code: "not-of-the-desk" } });
    expect(await offer(helpDesk, shiftId, itSupport, " ")).toMatchObject({
      refusal: { code: "text-empty", values: { field: "note" } },
    });
    await office.act((tx) => markUnreachable(tx, chatOf(itSupport), morning));
    expect(await offer(helpDesk, shiftId, itSupport)).toMatchObject({ refusal: { code: "not-of-the-desk" } });
  });
});

describe("ending without a successor", () => {
  it("leaves a note that can be read back, and nobody on duty", async () => {
    const { helpDesk, itSupport } = office.people;
    const shiftId = await begun(helpDesk);
    await offer(helpDesk, shiftId, itSupport, "Ambil alih sebentar.");
    const [sent] = await office.deliver();

    expect((await end(helpDesk, shiftId)).ok).toBe(true);

    expect(await findPersonOnDuty(office.db)).toBeUndefined();
    expect(await listNotedShifts(office.db, page)).toMatchObject([
      { id: shiftId, personName: helpDesk.name, handedToName: null, note },
    ]);
    expect(await office.takeMail()).toMatchObject([{ to: itSupport.name, edits: sent, kind: "shift-offered" }]);
    expect(await accept(itSupport, shiftId)).toMatchObject({ refusal: { code: "shift-not-offered" } });
  });

  it("is done by leadership for who has gone home; they are told", async () => {
    const { helpDesk, leadership } = office.people;
    const shiftId = await begun(helpDesk);
    expect((await end(leadership, shiftId)).ok).toBe(true);
    expect(await office.takeMail()).toEqual([
      { to: helpDesk.name, kind: "shift-over", shiftId, byPersonId: leadership.id },
    ]);
  });

  it("is refused to a colleague, for a shift that is over, and without words", async () => {
    const { helpDesk, itSupport } = office.people;
    const shiftId = await begun(helpDesk);
    expect(await end(itSupport, shiftId)).toMatchObject({ refusal: { code: "not-on-duty" } });
    expect(await end(helpDesk, shiftId, "")).toMatchObject({ refusal: { code: "text-empty" } });
    await end(helpDesk, shiftId);
    expect(await end(helpDesk, shiftId)).toMatchObject({ refusal: { code: "nobody-on-duty" } });
  });
});
