import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueLinkCode, linkAccount } from "../../../../core/actions/people/link-account.ts";
import { fileTicket, type OnBehalf } from "../../../../core/actions/ticket/file-ticket.ts";
import { identifyRequester } from "../../../../core/actions/ticket/identify-requester.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import { getPerson, updatePerson } from "../../../../core/db/people/people.ts";
import type { Tx } from "../../../../core/db/tables.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { maySee } from "../../../../core/domain/ticket/ticket.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const complaint = { application: "SIMPEG", description: "Layar putih.", "occurred-at": "08.30" };

let office: TestOffice;
let dinkes: number;
beforeAll(async () => {
  office = await openOffice();
  dinkes = (await findOfficeByCode(office.db, "Dinkes")).id;
});
afterAll(() => office.close());

function fileFor(reporter: OnBehalf["reporter"], changes: Partial<OnBehalf> = {}, by = office.people.helpDesk) {
  const onBehalf: OnBehalf = { channel: "phone", reporter, contact: "0812-3456-7890", ...changes };
  const input = { procedure: "application-trouble", answers: complaint, draftId: 0, onBehalf };
  return office.act((tx) => fileTicket(tx, by, office.setting(), input));
}

async function filedFor(...input: Parameters<typeof fileFor>): Promise<number> {
  const filed = await fileFor(...input);
  if (!filed.ok) throw new Error(`filing for somebody in a test: ${filed.refusal.code}`);
  return filed.value;
}

describe("the help desk files for somebody", () => {
  it("who phoned and is in no register: name and office are noted, the time it happened too", async () => {
    const id = await filedFor({ name: " Bu  Siti ", officeId: dinkes });

    const ticket = await office.ticket(id);
    expect(ticket).toMatchObject({
      ...{ channel: "phone", officeId: dinkes, occurredAt: new Date("2026-11-22T01:30:00Z"), reportedAt: morning },
      answers: { contact: "0812-3456-7890" },
    });
    expect(await getPerson(office.db, ticket.requesterId)).toMatchObject({
      ...{ name: "Bu Siti", nip: null, officeId: dinkes, roles: ["user"], isActive: true, isProvisional: true },
    });
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "filed", role: "help-desk", personId: office.people.helpDesk.id });
  });

  it.each(["phone", "letter", "counter"] as const)(
    "by %s, which the journal knows, without a name",
    async (channel) => {
      const id = await filedFor({ name: "Pak Rahmat", officeId: dinkes }, { channel });

      const rows = await office.db
        .selectFrom("journal")
        .select(["event", "details"])
        .where("subject_kind", "=", "ticket")
        .where("subject_id", "=", id)
        .execute();
      expect(rows).toMatchObject([{ event: "ticket-filed", details: { channel, officeId: dinkes } }]);
      const all = await office.db.selectFrom("journal").selectAll().execute();
      expect(JSON.stringify(all)).not.toMatch(/Rahmat|0812/);
    },
  );

  it("of the register: who is linked sees the ticket, and is told; the other help desk gets the card", async () => {
    const { neighbour, helpDesk2 } = office.people;
    await office.takeMail();
    const id = await filedFor({ personId: neighbour.id }, { channel: "counter" });

    expect(await office.ticket(id)).toMatchObject({ requesterId: neighbour.id, officeId: neighbour.officeId });
    expect(await office.takeMail()).toEqual([
      { to: helpDesk2.name, kind: "ticket-card", ticketId: id, news: "arrived" },
      { to: neighbour.name, kind: "ticket-card", ticketId: id, news: "noted-for-you" },
    ]);
  });
});

it("whom the bot cannot reach is phoned by the help desk, which is told when there is something to ask", async () => {
  const { helpDesk, helpDesk2, itSupport } = office.people;
  const id = await filedFor({ name: "Pak Tigor", officeId: dinkes });
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
  ]);

  await office.step(id, "ask-requester", itSupport, { note: "Sudah." });

  const told = (await office.takeMail()).filter(({ kind }) => kind === "phone-requester");
  expect(told.map(({ to, ticketId }) => [to, ticketId])).toEqual([
    [helpDesk.name, id],
    [helpDesk2.name, id],
  ]);
  expect((await office.step(id, "confirm-resolved-by-phone", helpDesk, { note: "Pak Tigor, telepon." })).ok).toBe(true);
});

describe("filing for others is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Person, Partial<OnBehalf>, object]>([
    ["to it-support", ({ people }) => people.itSupport, {}, { code: "not-your-role", values: { role: "help-desk" } }],
    ["to a user", ({ people }) => people.requester, {}, { code: "not-your-role" }],
    ["to an administrator", ({ people }) => people.administrator, {}, { code: "not-your-role" }],
    [
      "without a name",
      ({ people }) => people.helpDesk,
      { reporter: { name: "\u200B", officeId: 1 } },
      { code: "text-empty", values: { field: "reporter" } },
    ],
    [
      "for somebody who is not there",
      ({ people }) => people.helpDesk,
      { reporter: { personId: 999_999 } },
      { code: "no-such-person", values: { field: "match" } },
    ],
    [
      "by phone without a way to phone back",
      ({ people }) => people.helpDesk,
      { contact: undefined },
      { code: "answer-missing", values: { field: "contact" } },
    ],
    [
      "with a contact that is a story",
      ({ people }) => people.helpDesk,
      { contact: "0".repeat(101) },
      { code: "text-too-long", values: { field: "contact", length: 101, maxLength: 100 } },
    ],
    [
      "with an empty contact",
      ({ people }) => people.helpDesk,
      { contact: " " },
      { code: "text-empty", values: { field: "contact" } },
    ],
  ])("%s", async (_, who, changes, refusal) => {
    const before = await office.contents();
    expect(await fileFor({ name: "Bu Siti", officeId: dinkes }, changes, who(office))).toMatchObject({
      ok: false,
      refusal,
    });
    expect(await office.contents()).toEqual(before);
  });

  it("for somebody who has left", async () => {
    const gone = await office.hire(["user"], { office: "Dinkes" });
    await office.act((tx) => updatePerson(tx, gone.id, { is_active: false }));
    expect(await fileFor({ personId: gone.id })).toMatchObject({ refusal: { code: "person-inactive" } });
  });
});

describe("later the person sees the ticket", () => {
  it("by a link code for the noted line, which is then a person like any other", async () => {
    const id = await filedFor({ name: "Bu Tiur", officeId: dinkes });
    const { requesterId } = await office.ticket(id);
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", { note: "Sudah." }],
    ]);
    const code = await office.act((tx) =>
      issueLinkCode(tx, office.people.administrator, office.setting(), { personId: requesterId }),
    );
    if (!code.ok) throw new Error(code.refusal.code);

    const linked = await office.act((tx) => linkAccount(tx, 555_001, office.setting(), { code: code.value }));

    expect(linked.ok).toBe(true);
    const person = await getPerson(office.db, requesterId);
    expect(person.isProvisional).toBe(false);
    expect(maySee(person, await office.ticket(id))).toBe(true);
    expect((await office.takeMail()).map(({ to, kind }) => [to, kind])).toContainEqual(["chat 555001", "step-told"]);
  });

  it("by being found in the register: all that was noted for the name becomes theirs", async () => {
    const registered = await office.hire(["user"], { office: "Dinkes", name: "Siti Aminah" });
    const first = await filedFor({ name: "Bu Siti A.", officeId: dinkes });
    const { requesterId: noted } = await office.ticket(first);
    const second = await filedFor({ personId: noted });
    await office.takeMail();

    const done = await office.act((tx) =>
      identifyRequester(tx, office.people.helpDesk, office.setting(), { ticketId: first, personId: registered.id }),
    );

    expect(done).toEqual({ ok: true, value: undefined });
    for (const id of [first, second]) {
      expect((await office.ticket(id)).requesterId).toBe(registered.id);
      const [entry] = await listEntries(office.db, id, page);
      expect(entry).toMatchObject({ kind: "requester-changed", toPersonName: "Siti Aminah" });
    }
    expect((await getPerson(office.db, noted)).isActive).toBe(false);
    const told = (await office.takeMail()).filter(({ to }) => to === "Siti Aminah");
    expect(told.map(({ ticketId, news }) => [ticketId, news]).sort()).toEqual([
      [first, "noted-for-you"],
      [second, "noted-for-you"],
    ]);
  });
});

it("who is found in the register is asked what is open, and the days begin anew", async () => {
  const { itSupport, helpDesk } = office.people;
  const registered = await office.hire(["user"], { office: "Dinkes", name: "Tiur Sihombing" });
  const id = await filedFor({ name: "Bu Tiur S.", officeId: dinkes });
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
  ]);
  await office.step(id, "ask-requester", itSupport, { note: "Sudah." });
  await office.takeMail();
  const later = new Date("2026-11-24T03:00:00Z");

  await office.act((tx) =>
    identifyRequester(tx, helpDesk, office.setting(later), { ticketId: id, personId: registered.id }),
  );

  const told = (await office.takeMail()).filter(({ to }) => to === registered.name);
  expect(told.map(({ kind }) => kind)).toEqual(["ticket-card", "step-told"]);
  expect((await office.ticket(id)).wakesAt).toEqual(new Date("2026-11-25T03:00:00Z"));
});

it("what a step tells whom nobody reaches, the help desk is asked to tell by phone", async () => {
  const { helpDesk, helpDesk2 } = office.people;
  const id = await filedFor({ name: "Pak Ucok", officeId: dinkes });
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
    ["ask-requester", "it-support", { note: "Sudah." }],
    ["confirm-resolved-by-phone", "help-desk", { note: "Pak Ucok, telepon." }],
  ]);
  await office.step(id, "close", helpDesk, { note: "Beres." });

  const told = (await office.takeMail()).filter(({ kind }) => kind === "phone-requester");
  expect(told.map(({ to, isNews }) => [to, isNews])).toEqual([
    [helpDesk.name, true],
    [helpDesk2.name, true],
  ]);
});

it("who is found in the register stands in what approvers were asked, too", async () => {
  const { helpDesk, leadership } = office.people;
  const registered = await office.hire(["user"], { office: "Dinkes", name: "Rina Sirait" });
  const answers = { rule: "Batas lampiran", description: "Gambar.", until: "31-12-2026", "official-duty": "accepted" };
  const onBehalf: OnBehalf = { channel: "counter", reporter: { name: "Bu Rina", officeId: dinkes } };
  const input = { procedure: "exception", answers, draftId: 0, onBehalf };
  const filed = await office.act((tx) => fileTicket(tx, helpDesk, office.setting(), input));
  await office.deliver();

  const ticketId = filed.ok ? filed.value : 0;
  const found = { ticketId, personId: registered.id };
  await office.act((tx) => identifyRequester(tx, helpDesk, office.setting(), found));

  const asked = (await office.takeMail()).filter(({ kind }) => kind === "approval-asked");
  expect(asked).toMatchObject([{ to: leadership.name, edits: expect.any(Number), ticketId }]);
});

it("two at once who find the requester: one does, and nobody waits for ever", async () => {
  const registered = await office.hire(["user"], { office: "Dinkes" });
  const first = await filedFor({ name: "Bu Dua", officeId: dinkes });
  const { requesterId } = await office.ticket(first);
  const second = await filedFor({ personId: requesterId });
  const find = (ticketId: number) => (tx: Tx) =>
    identifyRequester(tx, office.people.helpDesk, office.setting(), { ticketId, personId: registered.id });

  const outcomes = await office.atOnce(find(first), find(second));

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "requester-known-already" } });
});

describe("finding the requester in the register is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Promise<[by: Person, found: Pick<Person, "id">]>, string]>([
    ["to it-support", async ({ people }) => [people.itSupport, people.requester], "not-your-role"],
    ["to a neighbour", async ({ people }) => [people.neighbour, people.requester], "no-such-ticket"],
    [
      "with somebody of another office",
      async ({ people }) => [people.helpDesk, people.requester],
      "not-of-that-office",
    ],
    ["with nobody who is there", async ({ people }) => [people.helpDesk, { id: 999_999 }], "no-such-person"],
    [
      "with another noted line",
      async (of) => {
        const other = await filedFor({ name: "Orang lain", officeId: dinkes });
        return [of.people.helpDesk, { id: (await of.ticket(other)).requesterId }];
      },
      "not-of-that-office",
    ],
  ])("%s", async (_, who, code) => {
    const ticketId = await filedFor({ name: "Bu Ani", officeId: dinkes });
    const [by, { id: personId }] = await who(office);
    const before = await office.contents();

    expect(await office.act((tx) => identifyRequester(tx, by, office.setting(), { ticketId, personId }))).toMatchObject(
      { ok: false, refusal: { code } },
    );
    expect(await office.contents()).toEqual(before);
  });

  it("for a requester who is of the register", async () => {
    const ticketId = await office.file();
    const personId = office.people.neighbour.id;
    const done = await office.act((tx) =>
      identifyRequester(tx, office.people.helpDesk, office.setting(), { ticketId, personId }),
    );
    expect(done).toMatchObject({ refusal: { code: "requester-known-already" } });
  });
});
