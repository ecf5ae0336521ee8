import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeUrgency } from "../../../../core/actions/ticket/change-urgency.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { listQueue } from "../../../../core/db/ticket/tickets.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const counter: Answers = { note: "Loket KTP berhenti." };

let office: TestOffice;
let id: number;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  id = await office.file();
  await office.takeMail();
});

function mark(by: Person, isUrgent = true, { answers = counter, ticketId = id } = {}) {
  return office.act((tx) => changeUrgency(tx, by, office.setting(), { ticketId, isUrgent, answers }));
}

describe("a public service stands still", () => {
  it("says the requester: who works on it is told, and it stands first in the queue", async () => {
    const { requester, helpDesk, helpDesk2 } = office.people;

    expect(await mark(requester)).toEqual({ ok: true, value: undefined });

    expect((await office.ticket(id)).isUrgent).toBe(true);
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({
      kind: "urgency",
      personId: requester.id,
      answers: { urgency: "urgent", ...counter },
    });
    const card = { kind: "ticket-card", ticketId: id, news: "urgent" };
    expect(await office.takeMail()).toEqual([
      { to: helpDesk.name, ...card },
      { to: helpDesk2.name, ...card },
    ]);
    expect((await listQueue(office.db, ["help-desk"], { offset: 0, limit: 1 }))[0]?.id).toBe(id);
  });

  it("says the officer of the same office, and the help desk", async () => {
    const officer = await office.hire(["system-officer"], { office: "Disdukcapil" });
    expect((await mark(officer)).ok).toBe(true);
    expect((await mark(office.people.helpDesk, false, { answers: { note: "Sudah jalan." } })).ok).toBe(true);
    expect((await office.ticket(id)).isUrgent).toBe(false);
    expect((await mark(office.people.helpDesk)).ok).toBe(true);
  });
});

describe("is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Person, boolean, Answers, string]>([
    ["to another team", ({ people }) => people.itSupport, true, counter, "not-your-role"],
    ["to a neighbour", ({ people }) => people.neighbour, true, counter, "no-such-ticket"],
    ["to an administrator", ({ people }) => people.administrator, true, counter, "no-such-ticket"],
    ["without what stands still", ({ people }) => people.requester, true, {}, "answer-missing"],
    ["where it is not urgent anyway", ({ people }) => people.helpDesk, false, counter, "urgency-unchanged"],
  ])("%s", async (_, who, isUrgent, answers, code) => {
    const before = await office.contents();
    expect(await mark(who(office), isUrgent, { answers })).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("to the requester to take it away, twice, after the end, and where there is no ticket", async () => {
    const { requester } = office.people;
    await mark(requester);
    expect(await mark(requester, false)).toMatchObject({ refusal: { code: "not-your-role" } });
    expect(await mark(requester)).toMatchObject({ refusal: { code: "urgency-unchanged" } });
    expect(await mark(requester, true, { ticketId: 999_999 })).toMatchObject({ refusal: { code: "no-such-ticket" } });
    await office.walk(id, [["cancel", "user", { note: "Sudah bisa." }]]);
    expect(await mark(requester, true)).toMatchObject({ refusal: { code: "ticket-ended" } });
  });
});
