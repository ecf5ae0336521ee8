import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reclassifyTicket } from "../../../../core/actions/ticket/reclassify-ticket.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { findLastStep } from "../../../../core/db/ticket/done-steps.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { findLatestWorkOrder, findOpenWorkOrder } from "../../../../core/db/ticket/work-orders.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { type ComplaintName, openOffice, type TestOffice } from "../../../support/office.ts";
import { walks } from "../../../support/walks.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const why = { note: "Ternyata jaringannya." };
/** Procedures between which tickets are moved; what the catalogue offers, or is hosted, is filed anew, a weakness is leadership's, a proxy the data center's. */
type Movable = Exclude<
  ComplaintName,
  | ("weakness" | "short-request" | "approved-request")
  | ("application-change" | "application-purge" | "vendor-access" | "platform-change")
>;
const isMovable = (procedure: ComplaintName): procedure is Movable => Object.hasOwn(others, procedure);
/** What the other procedure asks and the ticket does not answer yet. */
const others: Record<Movable, { to: Movable; answers: Answers }> = {
  "application-trouble": { to: "internet-trouble", answers: { connection: "wi-fi", place: "Aula", ...why } },
  "internet-trouble": { to: "application-trouble", answers: { application: "SIPD", ...why } },
  "network-point": {
    to: "internet-trouble",
    answers: { connection: "wi-fi", "occurred-at": "2026-11-22T01:30:00Z", ...why },
  },
  exception: {
    to: "application-trouble",
    answers: { application: "SIPD", "occurred-at": "2026-11-22T01:30:00Z", ...why },
  },
  hosting: { to: "application-trouble", answers: { "occurred-at": "2026-11-22T01:30:00Z", ...why } },
};

const halfPastEight = new Date("2026-11-22T01:30:00Z");

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function move(ticketId: number, by: Person, to: string, answers: Answers, version?: number) {
  const present = version ?? (await office.ticket(ticketId)).version;
  const input = { ticketId, version: present, procedure: to, answers };
  return office.act((tx) => reclassifyTicket(tx, by, office.setting(), input));
}

/** The steps that lead to each open state, by the first path that comes through it. */
const ways = new Map<string, { procedure: Movable; steps: (typeof walks)[number]["path"] }>();
for (const { procedure, initial, path } of walks) {
  if (!isMovable(procedure)) continue;
  for (const [index, { state }] of path.entries()) {
    const key = `${procedure} in ${state}`;
    if (!ways.has(key)) ways.set(key, { procedure, steps: path.slice(0, index + 1) });
  }
  ways.set(`${procedure} in ${initial}`, { procedure, steps: [] });
}
/** What was approved stays what it is: by hand from the tables of REQUIREMENTS, section 2. */
const granted = new Set([
  "exception in in-force",
  ...[
    ...["receiving-server", "mounting-server", "setting-server-address", "reporting-mounting"],
    ...["installing-application", "setting-application-address", "testing-application", "reporting-application"],
    ...["building-application", "building-stopped", "clearing-application", "telling-office"],
  ].map((state) => `hosting in ${state}`),
]);
const open = [...ways].filter(([key]) => !/closed|cancelled|archived/.test(key) && !granted.has(key));
const ended = [...ways].filter(([key]) => /closed|cancelled|archived/.test(key));

it("the ways lead to every state of every procedure", () => {
  expect(open.length).toBe(10 + 9 + 11 + 17 + 1);
  expect([...granted].filter((key) => !ways.has(key))).toEqual([]);
  expect(ended.map(([key]) => key)).toEqual(expect.arrayContaining(["application-trouble in closed"]));
});

describe.each(open)("%s", (_, { procedure, steps }) => {
  it("is moved: it begins anew with its number, its words and no work order", async () => {
    const id = await office.file({ procedure });
    for (const { step, role, answers } of steps) await office.stepAs(id, step, role, answers);
    const before = await office.ticket(id);
    const { to, answers } = others[procedure];

    expect(await move(id, office.people.helpDesk, to, answers)).toEqual({ ok: true, value: undefined });

    const { note, ...added } = answers;
    expect(await office.ticket(id)).toMatchObject({
      ...{ id, procedure: to, state: "filed", holder: "help-desk", assigneeId: office.people.helpDesk.id },
      ...{
        requesterId: before.requesterId,
        reportedAt: before.reportedAt,
        occurredAt: before.occurredAt ?? halfPastEight,
      },
      ...{ version: before.version + 1, pendingOn: null, endedAt: null },
      subject: added.connection ?? added.application ?? before.subject,
      answers: { ...before.answers, ...added },
    });
    expect(await findOpenWorkOrder(office.db, id)).toBeUndefined();
    const [entry] = await listEntries(office.db, id, page);
    expect(entry).toMatchObject({
      ...{ kind: "reclassified", personId: office.people.helpDesk.id, toState: "filed" },
      answers: { "from-procedure": procedure, "to-procedure": to, note },
    });
  });
});

it("of a weakness is refused: what went to leadership is not taken from it, nor from the list of the month", async () => {
  const { helpDesk } = office.people;
  const id = await office.file({ procedure: "weakness" });
  const moved = await move(id, helpDesk, "application-trouble", { application: "SIPD", ...why });
  expect(moved).toMatchObject({ refusal: { code: "not-reclassified" } });
  expect(await office.ticket(id)).toMatchObject({ procedure: "weakness", state: "reported" });
});

it("of a complaint that is a weakness makes it one: leadership has it then, under the procedure's own name", async () => {
  const { helpDesk } = office.people;
  const id = await office.file();
  expect((await move(id, helpDesk, "weakness", why)).ok).toBe(true);
  expect(await office.ticket(id)).toMatchObject({ state: "reported", holder: "leadership", subject: "weakness" });
});

it("goes on under the other procedure, with the next work order", async () => {
  const { helpDesk } = office.people;
  const id = await office.file();
  await office.walk(id, [["issue-work-order", "help-desk", { "suspected-place": "network" }]]);
  await move(id, helpDesk, "internet-trouble", others["application-trouble"].answers);

  expect((await office.step(id, "issue-work-order", helpDesk)).ok).toBe(true);
  expect(await office.ticket(id)).toMatchObject({ state: "analysing", holder: "it-support" });
  expect((await findLatestWorkOrder(office.db, id))?.ordinal).toBe(2);
});

it("moved back, asks nothing again but why", async () => {
  const { helpDesk } = office.people;
  const id = await office.file();
  await move(id, helpDesk, "internet-trouble", others["application-trouble"].answers);

  expect((await move(id, helpDesk, "application-trouble", why)).ok).toBe(true);
  expect(await office.ticket(id)).toMatchObject({ procedure: "application-trouble", subject: "SIMPEG" });
});

it("back to what was asked for a time asks again until when", async () => {
  const { helpDesk } = office.people;
  const id = await office.file({ procedure: "exception" });
  await move(id, helpDesk, "application-trouble", others.exception.answers);

  expect(await move(id, helpDesk, "exception", why)).toMatchObject({
    refusal: { code: "answer-missing", values: { field: "until" } },
  });
  expect((await move(id, helpDesk, "exception", { until: "5-12-2026", ...why })).ok).toBe(true);
});

it("tells who worked on it and the requester, and edits a question that was asked", async () => {
  const { helpDesk, itSupport, requester } = office.people;
  const id = await office.file();
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
    ["application-is-normal", "it-support"],
    ["computer-is-normal", "it-support"],
  ]);
  await office.step(id, "ask-requester", itSupport, { note: "Sudah." });
  await office.deliver();

  await move(id, helpDesk, "internet-trouble", others["application-trouble"].answers);

  const mail = await office.takeMail();
  const told = mail.filter(({ kind }) => kind === "reclassified").map(({ to }) => to);
  expect(told.toSorted()).toEqual([itSupport.name, requester.name].toSorted());
  expect(mail.filter(({ kind }) => kind === "step-told")).toMatchObject([
    { to: requester.name, edits: expect.any(Number) },
  ]);
});

it("is not undone by taking back what was before it, also where the state has the same name", async () => {
  const { requester, helpDesk } = office.people;
  const id = await office.file();
  await office.walk(id, [
    ["cancel", "user", { note: "Keliru." }],
    ["reopen", "user", { note: "Belum." }],
  ]);
  await move(id, helpDesk, "internet-trouble", others["application-trouble"].answers);

  expect(await findLastStep(office.db, id)).toBeUndefined();
  const input = { ticketId: id, entryId: 1, note: "Salah tekan." };
  expect(await office.act((tx) => takeBackStep(tx, requester, office.setting(), input))).toMatchObject({
    refusal: { code: "nothing-to-take-back" },
  });
});

it("is in the journal, without a word", async () => {
  const id = await office.file();
  await move(id, office.people.helpDesk, "internet-trouble", others["application-trouble"].answers);

  const row = await office.db
    .selectFrom("journal")
    .select(["event", "actor_id", "details"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    event: "ticket-reclassified",
    actor_id: office.people.helpDesk.id,
    details: { from: "application-trouble", to: "internet-trouble", fromState: "filed", toState: "filed" },
  });
  expect(JSON.stringify(row)).not.toMatch(/Ternyata|Aula/);
});

describe("moving is refused, and nothing is written", () => {
  it.each<[string, (of: TestOffice) => Person, string, Answers, object]>([
    ["to it-support", ({ people }) => people.itSupport, "internet-trouble", why, { code: "not-your-role" }],
    ["to the requester", ({ people }) => people.requester, "internet-trouble", why, { code: "not-your-role" }],
    ["to a neighbour", ({ people }) => people.neighbour, "internet-trouble", why, { code: "no-such-ticket" }],
    ["to the same procedure", ({ people }) => people.helpDesk, "application-trouble", why, { code: "same-procedure" }],
    [
      "without what the other one asks",
      ({ people }) => people.helpDesk,
      "internet-trouble",
      { connection: "wi-fi", ...why },
      { code: "answer-missing", values: { field: "place" } },
    ],
    [
      "without a reason",
      ({ people }) => people.helpDesk,
      "internet-trouble",
      { connection: "wi-fi", place: "Aula" },
      { code: "answer-missing", values: { field: "note" } },
    ],
  ])("%s", async (_, who, to, answers, refusal) => {
    const id = await office.file();
    const before = await office.contents();
    expect(await move(id, who(office), to, answers)).toMatchObject({ ok: false, refusal });
    expect(await office.contents()).toEqual(before);
  });

  it.each([...ways].filter(([key]) => granted.has(key)))("%s, for it is approved", async (_, { procedure, steps }) => {
    const id = await office.file({ procedure });
    for (const { step, role, answers } of steps) await office.stepAs(id, step, role, answers);
    const before = await office.contents();
    const { to, answers } = others[procedure];
    const moved = await move(id, office.people.helpDesk, to, answers);
    expect(moved).toMatchObject({ refusal: { code: "granted-not-reclassified" } });
    expect(await office.contents()).toEqual(before);
  });

  it.each(ended)("%s", async (_, { procedure, steps }) => {
    const id = await office.file({ procedure });
    for (const { step, role, answers } of steps) await office.stepAs(id, step, role, answers);
    const { to, answers } = others[procedure];
    expect(await move(id, office.people.helpDesk, to, answers)).toMatchObject({ refusal: { code: "ticket-ended" } });
  });

  it("with a form of an earlier state, and where there is no ticket", async () => {
    const { helpDesk } = office.people;
    const id = await office.file();
    const { to, answers } = others["application-trouble"];
    expect(await move(id, helpDesk, to, answers, 99)).toMatchObject({ refusal: { code: "ticket-moved-on" } });
    expect(await move(999_999, helpDesk, to, answers, 1)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});
