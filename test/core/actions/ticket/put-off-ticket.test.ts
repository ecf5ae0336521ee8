import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { putOffTicket, resumeTicket } from "../../../../core/actions/ticket/put-off-ticket.ts";
import { wakeTicket } from "../../../../core/actions/ticket/wake-ticket.ts";
import { writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { listQueue } from "../../../../core/db/ticket/tickets.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { pendingOns } from "../../../../core/domain/ticket/ticket.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const part: Answers = { "pending-on": "spare-part", "pending-until": "30-11-2026", note: "Kipas dipesan." };
const mondayWeek = new Date("2026-11-30T01:00:00Z");

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

function putOff(by: Person, answers: Answers = part, ticketId = id) {
  return office.act((tx) => putOffTicket(tx, by, office.setting(), { ticketId, answers }));
}

function resume(by: Person, ticketId = id) {
  return office.act((tx) => resumeTicket(tx, by, office.setting(), { ticketId }));
}

describe("a ticket waits", () => {
  it.each(pendingOns)("on: %s", async (pendingOn) => {
    expect((await putOff(office.people.itSupport, { ...part, "pending-on": pendingOn })).ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({ pendingOn, pendingUntil: mondayWeek, wakesAt: mondayWeek });
  });

  it("with an entry that says why, and a journal row that does not", async () => {
    const { itSupport } = office.people;
    await putOff(itSupport);

    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "pending", personId: itSupport.id, answers: { note: "Kipas dipesan." } });
    const row = await office.db
      .selectFrom("journal")
      .select(["event", "details"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      event: "ticket-put-off",
      details: { on: "spare-part", until: mondayWeek.toISOString(), entryId: entry?.id },
    });
  });

  it("anew, when it waits already", async () => {
    await putOff(office.people.itSupport);
    await putOff(office.people.helpDesk, { ...part, "pending-until": "7-12-2026" });
    expect((await office.ticket(id)).pendingUntil).toEqual(new Date("2026-12-07T01:00:00Z"));
  });

  it("for the requester, who is told; nobody is told of another waiting", async () => {
    await putOff(office.people.itSupport);
    expect(await office.takeMail()).toEqual([]);

    await putOff(office.people.itSupport, { ...part, "pending-on": "requester" });
    expect(await office.takeMail()).toMatchObject([
      { to: office.people.requester.name, kind: "pending-on-you", ticketId: id },
    ]);
  });

  it("until a step is done", async () => {
    await putOff(office.people.itSupport);
    await office.walk(id, [["application-is-normal", "it-support"]]);
    expect(await office.ticket(id)).toMatchObject({ pendingOn: null, pendingUntil: null });
  });

  it("until somebody of the team goes on; the others of it are told", async () => {
    const { itSupport, itSupport2 } = office.people;
    await putOff(itSupport);

    expect((await resume(itSupport)).ok).toBe(true);

    expect(await office.ticket(id)).toMatchObject({ pendingOn: null, pendingUntil: null, wakesAt: null });
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "resumed", personId: itSupport.id });
    expect(await office.takeMail()).toEqual([
      { to: itSupport2.name, kind: "ticket-card", ticketId: id, news: "resumed" },
    ]);
  });

  it("until the requester answers, when it waits for the requester, and else not", async () => {
    const { requester, itSupport } = office.people;
    const comment = () =>
      office.act((tx) =>
        writeMessage(tx, requester, office.setting(), { ticketId: id, kind: "comment", text: "Ini nomornya." }),
      );
    await putOff(itSupport);
    await comment();
    expect((await office.ticket(id)).pendingOn).toBe("spare-part");

    await putOff(itSupport, { ...part, "pending-on": "requester" });
    await comment();
    expect((await office.ticket(id)).pendingOn).toBeNull();
  });
});

describe("the day comes until which a ticket waits", () => {
  const wakeAt = (now: Date) => office.act((tx) => wakeTicket(tx, office.setting(now), { ticketId: id }));

  it("and it goes on by itself: the machine notes it, and the team is told", async () => {
    const { itSupport, itSupport2 } = office.people;
    await putOff(itSupport);

    await wakeAt(new Date(mondayWeek.getTime() - 1));
    expect((await office.ticket(id)).pendingOn).toBe("spare-part");
    await wakeAt(mondayWeek);

    expect(await office.ticket(id)).toMatchObject({ pendingOn: null, pendingUntil: null, wakesAt: null });
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({ kind: "resumed", personId: null });
    const card = { kind: "ticket-card", ticketId: id, news: "resumed" };
    expect(await office.takeMail()).toEqual([
      { to: itSupport.name, ...card },
      { to: itSupport2.name, ...card },
    ]);
    const row = await office.db
      .selectFrom("journal")
      .select(["event", "actor_id", "on_behalf_of"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ event: "ticket-resumed", actor_id: null, on_behalf_of: "it-support" });
  });

  it("twice at once: it goes on once", async () => {
    await putOff(office.people.itSupport);
    const wake = (tx: Parameters<typeof wakeTicket>[0]) => wakeTicket(tx, office.setting(mondayWeek), { ticketId: id });

    await office.atOnce(wake, wake);

    const entries = await listEntries(office.db, id, page);
    expect(entries.filter(({ kind }) => kind === "resumed")).toHaveLength(1);
  });

  it("is forgotten by a step that moves the ticket", async () => {
    await putOff(office.people.itSupport);
    await office.walk(id, [["application-is-normal", "it-support"]]);
    expect((await office.ticket(id)).wakesAt).toBeNull();
  });
});

describe("putting off is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Person, Answers, object]>([
    ["to another team", ({ people }) => people.dataCenter, part, { code: "not-your-role" }],
    ["to the requester", ({ people }) => people.requester, part, { code: "not-your-role" }],
    ["to a neighbour", ({ people }) => people.neighbour, part, { code: "no-such-ticket" }],
    ["without a reason", ({ people }) => people.itSupport, { ...part, note: " " }, { code: "text-empty" }],
    [
      "until a day that has passed",
      ({ people }) => people.itSupport,
      { ...part, "pending-until": "1-11-2026" },
      { code: "day-not-ahead", values: { field: "pending-until" } },
    ],
    [
      "until nobody knows when",
      ({ people }) => people.itSupport,
      { "pending-on": "vendor", note: "x" },
      { code: "answer-missing", values: { field: "pending-until" } },
    ],
    ["on the moon", ({ people }) => people.itSupport, { ...part, "pending-on": "moon" }, { code: "not-a-choice" }],
  ])("%s", async (_, who, answers, refusal) => {
    const before = await office.contents();
    expect(await putOff(who(office), answers)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it("while the requester is asked, after the end, and where there is no ticket", async () => {
    const { helpDesk } = office.people;
    expect(await putOff(helpDesk, part, 999_999)).toMatchObject({ refusal: { code: "no-such-ticket" } });
    await office.walk(id, [
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", { note: "Sudah." }],
    ]);
    expect(await putOff(helpDesk)).toMatchObject({ refusal: { code: "requester-is-asked" } });
    await office.walk(id, [["cancel", "user", { note: "Sudah bisa." }]]);
    expect(await putOff(helpDesk)).toMatchObject({ refusal: { code: "ticket-ended" } });
  });
});

describe("going on is refused", () => {
  it("where nothing waits, and to who may not put it off", async () => {
    expect(await resume(office.people.itSupport)).toMatchObject({ refusal: { code: "not-pending" } });
    await putOff(office.people.itSupport);
    expect(await resume(office.people.requester)).toMatchObject({ refusal: { code: "not-your-role" } });
    expect(await resume(office.people.itSupport, 999_999)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});

it("what waits stands last in the queue", async () => {
  const other = await office.file({ now: minutesAfter(morning, 1) });
  await office.walk(other, [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]]);
  await putOff(office.people.itSupport);

  const queue = await listQueue(office.db, ["it-support"], { offset: 0, limit: 100 });
  expect(queue.map((ticket) => ticket.id).filter((each) => each === id || each === other)).toEqual([other, id]);
});
