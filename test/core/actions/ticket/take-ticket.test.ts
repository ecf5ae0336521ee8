import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordCard } from "../../../../core/actions/record-delivery.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { removeRole } from "../../../../core/db/people/people.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

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

function take(by: Person, from: Person | null = null, ticketId = id) {
  const input = { ticketId, fromPersonId: from?.id ?? null };
  return office.act((tx) => takeTicket(tx, by, office.setting(later), input));
}

async function lastJournalRow() {
  return office.db
    .selectFrom("journal")
    .select(["at", "actor_id", "event", "subject_id", "details"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}

describe("taking a ticket", () => {
  it("makes it the person's own work, with an entry and a journal row; nobody else is told", async () => {
    const { itSupport } = office.people;

    expect(await take(itSupport)).toEqual({ ok: true, value: undefined });

    expect((await office.ticket(id)).assigneeId).toBe(itSupport.id);
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "taken", role: "it-support", personId: itSupport.id, at: later, step: null });
    expect(await lastJournalRow()).toEqual({
      at: later,
      actor_id: itSupport.id,
      event: "ticket-taken",
      subject_id: id,
      details: { from: null, entryId: entry?.id },
    });
    expect(await office.takeMail()).toEqual([]);
  });

  it("from a colleague tells the colleague who has it now", async () => {
    const { itSupport, itSupport2 } = office.people;
    await take(itSupport);

    expect((await take(itSupport2, itSupport)).ok).toBe(true);

    expect((await office.ticket(id)).assigneeId).toBe(itSupport2.id);
    expect((await lastJournalRow()).details).toMatchObject({ from: itSupport.id });
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, kind: "taken-over", ticketId: id, byPersonId: itSupport2.id },
    ]);
  });

  it("is possible from somebody who has lost the role since", async () => {
    const leaver = await office.hire(["it-support"]);
    await take(leaver);
    await office.act((tx) => removeRole(tx, leaver.id, "it-support"));

    expect((await take(office.people.itSupport, leaver)).ok).toBe(true);
  });

  it("changes every card of it in place", async () => {
    const { itSupport, requester } = office.people;
    for (const [person, messageId] of [
      [itSupport, 11],
      [requester, 22],
    ] as const) {
      const card = { chatId: chatOf(person), ticketId: id, messageId };
      await office.act((tx) => recordCard(tx, office.setting(), card));
    }

    await take(itSupport);

    const mail = await office.takeMail();
    expect(mail.map(({ to, kind, edits, news }) => [to, kind, edits, news]).sort()).toEqual([
      [itSupport.name, "ticket-card", 11, undefined],
      [requester.name, "ticket-card", 22, undefined],
    ]);
  });

  it.each<[string, (of: TestOffice) => Person, object]>([
    ["another team", ({ people }) => people.helpDesk, { code: "not-your-role", values: { role: "it-support" } }],
    ["leadership", ({ people }) => people.leadership, { code: "not-your-role" }],
    ["the requester", ({ people }) => people.requester, { code: "not-your-role" }],
    ["a neighbour of the requester", ({ people }) => people.neighbour, { code: "no-such-ticket" }],
    ["an administrator", ({ people }) => people.administrator, { code: "no-such-ticket" }],
  ])("is refused to %s, and nothing is written", async (_, who, refusal) => {
    const before = await office.contents();

    expect(await take(who(office))).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it("is refused a second time to who has it, and nothing is written", async () => {
    const { itSupport } = office.people;
    await take(itSupport);
    const before = await office.contents();

    expect(await take(itSupport)).toMatchObject({ refusal: { code: "taken-by-you" } });
    expect(await office.contents()).toEqual(before);
  });

  it("is refused for a ticket that is not there", async () => {
    expect(await take(office.people.itSupport, null, 999_999)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });

  it("is refused when the ticket has ended", async () => {
    await office.walk(id, [["cancel", "user", { note: "Sudah bisa." }]]);

    expect(await take(office.people.itSupport)).toMatchObject({ refusal: { code: "ticket-ended" } });
  });

  it("is refused with an old button: somebody else has it, or nobody any more", async () => {
    const { itSupport, itSupport2 } = office.people;
    const third = await office.hire(["it-support"]);
    expect(await take(itSupport, third)).toMatchObject({ refusal: { code: "ticket-moved-on" } });
    await take(itSupport);

    expect(await take(itSupport2)).toMatchObject({
      refusal: { code: "taken-by-colleague", values: { assigneeId: itSupport.id } },
    });
    expect(await take(itSupport2, third)).toMatchObject({ refusal: { code: "taken-by-colleague" } });
    expect((await office.ticket(id)).assigneeId).toBe(itSupport.id);
  });

  it("two presses at once: one decides, the other is told who did", async () => {
    const { itSupport, itSupport2 } = office.people;
    const press = (by: Person) => (tx: Parameters<typeof takeTicket>[0]) =>
      takeTicket(tx, by, office.setting(later), { ticketId: id, fromPersonId: null });

    const outcomes = await office.atOnce(press(itSupport), press(itSupport2));

    const { assigneeId } = await office.ticket(id);
    expect([itSupport.id, itSupport2.id]).toContain(assigneeId);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({
      ok: false,
      refusal: { code: "taken-by-colleague", values: { assigneeId } },
    });
    expect(await office.takeMail()).toEqual([]);
  });

  it("leaves the buttons good that the colleague and the requester have on their screens", async () => {
    const { version } = await office.ticket(id);
    await take(office.people.itSupport);

    expect((await office.ticket(id)).version).toBe(version);
  });
});
