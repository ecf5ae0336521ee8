import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { assignTicket } from "../../../../core/actions/ticket/assign-ticket.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const later = minutesAfter(morning, 5);

let office: TestOffice;
let id: number;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  id = await office.file();
  await office.walk(id, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
});

type Input = { from?: Person | null; note?: string; ticketId?: number };

function assign(by: Person, to: Pick<Person, "id">, { from = null, note, ticketId = id }: Input = {}) {
  const input = { ticketId, fromPersonId: from?.id ?? null, toPersonId: to.id, note };
  return office.act((tx) => assignTicket(tx, by, office.setting(later), input));
}

function take(by: Person, from: Person | null = null) {
  const input = { ticketId: id, fromPersonId: from?.id ?? null };
  return office.act((tx) => takeTicket(tx, by, office.setting(later), input));
}

async function lastJournalRow() {
  return office.db
    .selectFrom("journal")
    .select(["actor_id", "event", "subject_id", "details"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}

describe("assigning a ticket that nobody has", () => {
  it.each<[string, (of: TestOffice) => Person]>([
    ["the help desk", ({ people }) => people.helpDesk],
    ["leadership", ({ people }) => people.leadership],
    ["a member of the team", ({ people }) => people.itSupport],
  ])("by %s gives the card to whom it is assigned, without a reason", async (_, who) => {
    const by = who(office);
    const { itSupport2 } = office.people;

    expect(await assign(by, itSupport2)).toEqual({ ok: true, value: undefined });

    expect((await office.ticket(id)).assigneeId).toBe(itSupport2.id);
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({
      ...{ kind: "assigned", personId: by.id, toPersonName: itSupport2.name, role: "it-support", answers: {} },
    });
    expect(await lastJournalRow()).toEqual({
      actor_id: by.id,
      event: "ticket-assigned",
      subject_id: id,
      details: { from: null, to: itSupport2.id, entryId: entry?.id },
    });
    expect(await office.takeMail()).toEqual([
      { to: itSupport2.name, kind: "ticket-card", ticketId: id, news: "handed-over" },
    ]);
  });

  it("to oneself is taking it: no message comes", async () => {
    const { itSupport } = office.people;

    expect((await assign(itSupport, itSupport)).ok).toBe(true);
    expect((await office.ticket(id)).assigneeId).toBe(itSupport.id);
    expect(await office.takeMail()).toEqual([]);
  });
});

describe("handing a ticket over", () => {
  beforeEach(() => take(office.people.itSupport));

  it("by who has it needs a reason, which the entry keeps and the journal does not", async () => {
    const { itSupport, itSupport2 } = office.people;
    const before = await office.contents();
    expect(await assign(itSupport, itSupport2, { from: itSupport })).toMatchObject({
      refusal: { code: "answer-missing", values: { field: "note" } },
    });
    expect(await assign(itSupport, itSupport2, { from: itSupport, note: " " })).toMatchObject({
      refusal: { code: "text-empty", values: { field: "note" } },
    });
    expect(await office.contents()).toEqual(before);

    expect((await assign(itSupport, itSupport2, { from: itSupport, note: "Cuti." })).ok).toBe(true);

    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "handed-over", toPersonName: itSupport2.name, answers: { note: "Cuti." } });
    const row = await lastJournalRow();
    expect(row).toMatchObject({ event: "ticket-handed-over", details: { from: itSupport.id, to: itSupport2.id } });
    expect(JSON.stringify(row)).not.toContain("Cuti");
    expect(await office.takeMail()).toEqual([
      { to: itSupport2.name, kind: "ticket-card", ticketId: id, news: "handed-over" },
    ]);
  });

  it("by somebody else tells who had it", async () => {
    const { helpDesk, itSupport, itSupport2 } = office.people;

    expect((await assign(helpDesk, itSupport2, { from: itSupport, note: "Sakit." })).ok).toBe(true);

    expect(await office.takeMail()).toEqual([
      { to: itSupport2.name, kind: "ticket-card", ticketId: id, news: "handed-over" },
      { to: itSupport.name, kind: "taken-over", ticketId: id, byPersonId: itSupport2.id },
    ]);
  });

  it("with an old form is refused: somebody else has it now", async () => {
    const { helpDesk, itSupport, itSupport2 } = office.people;
    expect(await assign(helpDesk, itSupport2)).toMatchObject({
      refusal: { code: "assigned-meanwhile", values: { assigneeId: itSupport.id } },
    });
  });

  it("of two at once one gets it", async () => {
    const { itSupport, itSupport2 } = office.people;
    const third = await office.hire(["it-support"]);
    const press = (to: Person) => (tx: Tx) =>
      assignTicket(tx, itSupport, office.setting(later), {
        ...{ ticketId: id, fromPersonId: itSupport.id, toPersonId: to.id, note: "Cuti." },
      });

    const outcomes = await office.atOnce(press(itSupport2), press(third));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "assigned-meanwhile" } });
    expect(await office.takeMail()).toHaveLength(1);
  });
});

describe("assigning is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => [by: Person, to: Pick<Person, "id">], string]>([
    ["by another team", ({ people }) => [people.dataCenter, people.itSupport], "not-your-role"],
    ["by the requester", ({ people }) => [people.requester, people.itSupport], "not-your-role"],
    ["by who may not see it", ({ people }) => [people.neighbour, people.itSupport], "no-such-ticket"],
    ["by an administrator", ({ people }) => [people.administrator, people.itSupport], "no-such-ticket"],
    ["to another team", ({ people }) => [people.helpDesk, people.dataCenter], "not-a-colleague"],
    ["to the requester", ({ people }) => [people.helpDesk, people.requester], "not-a-colleague"],
    ["to nobody who is there", ({ people }) => [people.helpDesk, { id: 999_999 }], "no-such-ticket"],
  ])("%s", async (_, who, code) => {
    const [by, to] = who(office);
    const before = await office.contents();

    expect(await assign(by, to)).toMatchObject({ ok: false, refusal: { code } });
    expect(await office.contents()).toEqual(before);
  });

  it("to who has it already", async () => {
    const { helpDesk, itSupport } = office.people;
    await take(itSupport);
    expect(await assign(helpDesk, itSupport, { from: itSupport, note: "x" })).toMatchObject({
      refusal: { code: "has-it-already" },
    });
  });

  it("to a colleague who has lost the role", async () => {
    const leaver = await office.hire(["it-support"]);
    const role = { personId: leaver.id, role: "it-support" } as const;
    await office.act((tx) => withdrawRole(tx, office.people.administrator, office.setting(), role));

    expect(await assign(office.people.helpDesk, leaver)).toMatchObject({ refusal: { code: "not-a-colleague" } });
  });

  it("for a ticket that is not there, waits for the requester, or has ended", async () => {
    const { helpDesk, itSupport } = office.people;
    expect(await assign(helpDesk, itSupport, { ticketId: 999_999 })).toMatchObject({
      refusal: { code: "no-such-ticket" },
    });
    await office.walk(id, [
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", { note: "Sudah." }],
    ]);
    expect(await assign(helpDesk, itSupport)).toMatchObject({ refusal: { code: "requester-is-asked" } });
    await office.walk(id, [["cancel", "user", { note: "Sudah bisa." }]]);
    expect(await assign(helpDesk, itSupport)).toMatchObject({ refusal: { code: "ticket-ended" } });
  });
});
