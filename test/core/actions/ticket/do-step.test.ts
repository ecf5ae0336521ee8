import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import { recordCard } from "../../../../core/actions/record-delivery.ts";
import { assignTicket } from "../../../../core/actions/ticket/assign-ticket.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { receiveFile } from "../../../../core/actions/upload/keep-files.ts";
import { getPerson } from "../../../../core/db/people/people.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import { listCheckResults } from "../../../../core/db/ticket/check-results.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { findLatestWorkOrder, findOpenWorkOrder, listMoves } from "../../../../core/db/ticket/work-orders.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { chatOf, type Mail, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { fiveChecks, usualAnswers } from "../../domain/procedures/application-trouble.paths.ts";
import { usualAnswers as usualInInternetTrouble } from "../../domain/procedures/internet-trouble.paths.ts";

const page = { offset: 0, limit: 1000, withInternalNotes: true };
const note = { note: "Sudah diperiksa." };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

type Steps = [name: string, role: Role, answers?: Answers][];

/** The ways to each state, by hand. */
const toFiled: Steps = [];
const toCheckingApplication: Steps = [["issue-work-order", "help-desk", { "suspected-place": "unknown" }]];
const toCheckingComputer: Steps = [...toCheckingApplication, ["application-is-normal", "it-support"]];
const toLocatingFault: Steps = [...toCheckingApplication, ["application-is-faulty", "it-support"]];
const toCheckingDataCenter: Steps = [...toLocatingFault, ["forward-to-data-center", "it-support"]];
const toRepairingNetwork: Steps = [...toLocatingFault, ["forward-to-infrastructure", "it-support"]];
const toReferring: Steps = [...toLocatingFault, ["report-outside-data-center", "it-support", note]];
const toVerifying: Steps = [...toCheckingComputer, ["computer-is-normal", "it-support"]];
const toAwaiting: Steps = [...toVerifying, ["ask-requester", "it-support", note]];
const toReadyToClose: Steps = [...toAwaiting, ["confirm-resolved", "user"]];
const toClosed: Steps = [...toReadyToClose, ["close", "help-desk", { note: "Sandi diatur ulang." }]];
const fiveCheckSteps: Steps = fiveChecks.map((check) => ["record-check", "data-center", { check, result: "passed" }]);

async function ticketAfter(steps: Steps): Promise<number> {
  const id = await office.file();
  await office.walk(id, steps);
  return id;
}

/** As one line a message: to whom, what, and why a card comes. */
function inBrief(mail: Mail[]): string[] {
  return mail.map(({ to, kind, news, edits }) =>
    [`${to}:`, kind, news, edits === undefined ? undefined : `edits ${edits}`].filter(Boolean).join(" "),
  );
}

describe("the chain of a work order (R06)", () => {
  const chainOf = async (id: number) =>
    (await listMoves(office.db, id)).map(({ ordinal, kind, fromRole, toRole, personName }) =>
      [ordinal, kind, fromRole, toRole, personName].join(" "),
    );

  it("names who held it, who has it, and who moved it", async () => {
    const { helpDesk, itSupport, dataCenter, requester } = office.people;
    const id = await ticketAfter([
      ...toCheckingDataCenter,
      ...fiveCheckSteps,
      ["data-center-repaired", "data-center", note],
      ["ask-requester", "it-support", note],
      ["confirm-resolved", "user"],
      ["close", "help-desk", note],
    ]);

    expect(await chainOf(id)).toEqual([
      `1 issued help-desk it-support ${helpDesk.name}`,
      `1 forwarded it-support data-center ${itSupport.name}`,
      `1 returned data-center it-support ${dataCenter.name}`,
      `1 returned it-support help-desk ${requester.name}`,
      `1 closed help-desk  ${helpDesk.name}`,
    ]);
  });

  it("begins anew with the next number when the ticket was opened again", async () => {
    const id = await ticketAfter([...toClosed, ["reopen", "user", note], ...toCheckingApplication]);

    expect((await chainOf(id)).slice(-2)).toEqual([
      `1 closed help-desk  ${office.people.helpDesk.name}`,
      `2 issued help-desk it-support ${office.people.helpDesk.name}`,
    ]);
    expect(await findLatestWorkOrder(office.db, id)).toMatchObject({
      ordinal: 2,
      holder: "it-support",
      closedAt: null,
    });
  });
});

describe("who works on it", () => {
  it("is who did the last step of the team, and work that comes back goes to who did it before", async () => {
    const { helpDesk, itSupport2, dataCenter } = office.people;
    const id = await office.file();
    const rows: [step: string, by: Person, assignee: Person | null][] = [
      ["issue-work-order", helpDesk, null],
      ["application-is-faulty", itSupport2, itSupport2],
      ["forward-to-data-center", itSupport2, null],
      ["record-check", dataCenter, dataCenter],
      ["not-in-data-center", dataCenter, itSupport2],
      ["forward-to-data-center", itSupport2, dataCenter],
      ["not-in-data-center", dataCenter, itSupport2],
      ["report-outside-data-center", itSupport2, helpDesk],
      ["refer-to-vendor", helpDesk, helpDesk],
      ["close", helpDesk, null],
    ];

    for (const [step, by, assignee] of rows) {
      await office.step(id, step, by, usualAnswers[step] ?? {});

      expect([step, (await office.ticket(id)).assigneeId]).toEqual([step, assignee?.id ?? null]);
    }
  });

  it("comes back to who said so before, when the user says that it is still bad", async () => {
    const id = await ticketAfter([...toAwaiting, ["report-still-bad", "user", note]]);

    expect(await office.ticket(id)).toMatchObject({
      holder: "it-support",
      assigneeId: office.people.itSupport.id,
    });
  });

  it("does not come back to somebody who has lost the role, but to the team", async () => {
    const leaver = await office.hire(["it-support", "help-desk"], { name: "Irwan Munthe" });
    const id = await ticketAfter(toCheckingApplication);
    await office.step(id, "application-is-faulty", leaver);
    await office.step(id, "forward-to-data-center", leaver);
    await office.act((tx) =>
      withdrawRole(tx, office.people.administrator, office.setting(), { personId: leaver.id, role: "it-support" }),
    );
    await office.takeMail();

    await office.step(id, "not-in-data-center", office.people.dataCenter, note);

    expect(await office.ticket(id)).toMatchObject({ holder: "it-support", assigneeId: null });
    expect(inBrief(await office.takeMail())).toEqual([
      `${office.people.itSupport.name}: ticket-card arrived`,
      `${office.people.itSupport2.name}: ticket-card arrived`,
    ]);
  });

  it("comes back to whom it was handed over, not to who handed it over", async () => {
    const { itSupport, itSupport2 } = office.people;
    const id = await ticketAfter(toCheckingComputer);
    await office.act((tx) =>
      assignTicket(tx, itSupport, office.setting(), {
        ticketId: id,
        fromPersonId: itSupport.id,
        toPersonId: itSupport2.id,
        note: "Cuti.",
      }),
    );
    await office.walk(id, [
      ["cancel", "user", note],
      ["reopen", "user", note],
    ]);

    await office.walk(id, toCheckingApplication);

    expect((await office.ticket(id)).assigneeId).toBe(itSupport2.id);
  });

  it("is asked, when a colleague presses", async () => {
    const id = await ticketAfter(toCheckingComputer);
    const before = await office.contents();

    expect(await office.step(id, "computer-is-normal", office.people.itSupport2)).toMatchObject({
      refusal: { code: "taken-by-colleague", values: { assigneeId: office.people.itSupport.id } },
    });
    expect(await office.contents()).toEqual(before);
  });
});

describe("who is told", () => {
  it("of each step of a path: whom it brings work, and the requester only where the procedure says so", async () => {
    const { requester, helpDesk, itSupport, itSupport2, dataCenter } = office.people;
    const id = await office.file();
    await office.takeMail();
    const card = (person: Person) => `${person.name}: ticket-card arrived`;
    const rows: [step: string, by: Person, mail: string[], answers?: Answers][] = [
      ["issue-work-order", helpDesk, [card(itSupport), card(itSupport2)]],
      ["application-is-faulty", itSupport, []],
      ["forward-to-data-center", itSupport, [card(dataCenter)]],
      ...fiveChecks.map((check): [string, Person, string[], Answers] => {
        return ["record-check", dataCenter, [], { check, result: "passed" }];
      }),
      ["data-center-repaired", dataCenter, [card(itSupport)]],
      ["ask-requester", itSupport, [`${requester.name}: step-told`]],
      ["report-still-bad", requester, [card(itSupport)]],
      ["application-is-normal", itSupport, []],
      ["recommend", itSupport, []],
      ["ask-requester", itSupport, [`${requester.name}: step-told`]],
      ["confirm-resolved", requester, [card(helpDesk)]],
      ["close", helpDesk, [`${requester.name}: step-told`]],
      ["reopen", requester, [`${helpDesk.name}: ticket-card reopened`]],
      ["cancel", requester, [`${helpDesk.name}: ticket-card cancelled`]],
    ];

    for (const [step, by, mail, answers] of rows) {
      await office.step(id, step, by, answers ?? usualAnswers[step] ?? {});

      expect([step, inBrief(await office.takeMail())]).toEqual([step, mail]);
    }
  });

  it("of each step of internet trouble in the same way", async () => {
    const { requester, helpDesk, itSupport, itSupport2, infrastructure } = office.people;
    const id = await office.file({ procedure: "internet-trouble" });
    await office.takeMail();
    const card = (person: Person) => `${person.name}: ticket-card arrived`;
    const told = `${requester.name}: step-told`;
    const rows: [step: string, by: Person, mail: string[]][] = [
      ["issue-work-order", helpDesk, [card(itSupport), card(itSupport2)]],
      ["complaint-is-invalid", itSupport, [told, card(helpDesk)]],
      ["close", helpDesk, [told]],
      ["reopen", requester, [`${helpDesk.name}: ticket-card reopened`]],
      ["issue-work-order", helpDesk, [card(itSupport)]],
      ["complaint-is-valid", itSupport, []],
      ["in-local-network", itSupport, []],
      ["not-in-local-network", itSupport, []],
      ["forward-to-infrastructure", itSupport, [card(infrastructure)]],
      ["announce-maintenance", infrastructure, [told]],
      ["record-repair", infrastructure, []],
      ["problem-remains", infrastructure, []],
      ["not-the-network", infrastructure, [card(itSupport)]],
      ["forward-to-infrastructure", itSupport, [card(infrastructure)]],
      ["record-repair", infrastructure, []],
      ["network-repaired", infrastructure, [card(itSupport)]],
      ["ask-requester", itSupport, [told]],
      ["report-still-bad", requester, [card(itSupport)]],
      ["in-local-network", itSupport, []],
      ["local-network-repaired", itSupport, []],
      ["ask-requester", itSupport, [told]],
      ["confirm-resolved", requester, [card(helpDesk)]],
      ["close", helpDesk, [told]],
    ];

    for (const [step, by, mail] of rows) {
      await office.step(id, step, by, usualInInternetTrouble[step] ?? {});

      expect([step, inBrief(await office.takeMail())]).toEqual([step, mail]);
    }
  });

  it("of maintenance and of the vendor: the requester, with the entry that says it", async () => {
    const rows: [Steps, string, Person][] = [
      [toRepairingNetwork, "announce-maintenance", office.people.infrastructure],
      [toReferring, "refer-to-vendor", office.people.helpDesk],
    ];
    for (const [before, step, by] of rows) {
      const id = await ticketAfter(before);
      await office.step(id, step, by, note);

      const [entry] = await listEntries(office.db, id, page);
      expect(await office.takeMail()).toEqual([
        { to: office.people.requester.name, kind: "step-told", ticketId: id, entryId: entry?.id },
      ]);
    }
  });

  it("every card that people have is edited in place, a worker's comes anew", async () => {
    const { requester, helpDesk, itSupport, itSupport2 } = office.people;
    const id = await ticketAfter(toFiled);
    for (const [person, messageId] of [
      [requester, 11],
      [helpDesk, 22],
      [itSupport, 33],
    ] as const) {
      const card = { chatId: chatOf(person), ticketId: id, messageId };
      await office.act((tx) => recordCard(tx, office.setting(), card));
    }

    await office.step(id, "issue-work-order", helpDesk, { "suspected-place": "unknown" });

    expect(inBrief(await office.takeMail()).sort()).toEqual(
      [
        `${itSupport.name}: ticket-card arrived`,
        `${itSupport2.name}: ticket-card arrived`,
        `${requester.name}: ticket-card edits 11`,
        `${helpDesk.name}: ticket-card edits 22`,
      ].sort(),
    );
  });

  it.each<[string, Answers]>([
    ["confirm-resolved", {}],
    ["report-still-bad", note],
    ["cancel", note],
  ])("the question that the requester was asked is edited when it is answered: %s", async (answer, answers) => {
    const { requester, itSupport } = office.people;
    const id = await ticketAfter(toVerifying);
    await office.step(id, "ask-requester", itSupport, note);
    const [entry] = await listEntries(office.db, id, page);
    const [messageId] = await office.deliver();

    await office.step(id, answer, requester, answers);

    const toRequester = (await office.takeMail()).filter(({ to }) => to === requester.name);
    expect(toRequester).toEqual([
      { to: requester.name, kind: "step-told", ticketId: id, entryId: entry?.id, edits: messageId },
    ]);
  });

  it("a question that has not gone out yet is not sent twice", async () => {
    const { requester, itSupport } = office.people;
    const id = await ticketAfter(toVerifying);
    await office.step(id, "ask-requester", itSupport, note);

    await office.step(id, "confirm-resolved", requester);

    expect((await office.takeMail()).filter(({ to }) => to === requester.name)).toHaveLength(1);
  });

  it("nobody without an account: the help desk phones", async () => {
    const unlinked = await office.hire(["user"], { isLinked: false });
    const id = await office.file({ by: unlinked });
    await office.walk(id, toVerifying);

    expect((await office.step(id, "ask-requester", office.people.itSupport, note)).ok).toBe(true);
    const mail = await office.takeMail();
    expect(new Set(mail.map(({ kind }) => kind))).toEqual(new Set(["phone-requester"]));
    expect(mail.map(({ to }) => to)).toEqual(
      expect.arrayContaining([office.people.helpDesk.name, office.people.helpDesk2.name]),
    );
  });
});

describe("the end of a ticket (R36)", () => {
  it("has the time it happened, was reported and ended, and the final resolution", async () => {
    const id = await ticketAfter(toReadyToClose);
    const at = minutesAfter(morning, 90);

    await office.step(id, "close", office.people.helpDesk, { note: "Sandi diatur ulang." }, at);

    expect(await office.ticket(id)).toMatchObject({
      state: "closed",
      holder: null,
      assigneeId: null,
      occurredAt: new Date("2026-11-22T01:30:00Z"),
      reportedAt: morning,
      endedAt: at,
      resolution: "Sandi diatur ulang.",
    });
  });

  it.each<[string, Steps]>([
    ["filed", toFiled],
    ["checking-application", toCheckingApplication],
    ["checking-computer", toCheckingComputer],
    ["locating-fault", toLocatingFault],
    ["checking-data-center", toCheckingDataCenter],
    ["repairing-network", toRepairingNetwork],
    ["referring-to-vendor", toReferring],
    ["verifying", toVerifying],
    ["awaiting-confirmation", toAwaiting],
    ["ready-to-close", toReadyToClose],
  ])("the requester cancels it in %s: the work order is closed with it", async (state, steps) => {
    const id = await ticketAfter(steps);
    const { assigneeId, state: before } = await office.ticket(id);
    expect(before).toBe(state);

    const done = await office.step(id, "cancel", office.people.requester, { note: "Sudah bisa." });

    expect(done.ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({
      state: "cancelled",
      holder: null,
      assigneeId: null,
      endedAt: morning,
      resolution: null,
    });
    expect(await findOpenWorkOrder(office.db, id)).toBeUndefined();
    const told = assigneeId === null ? [] : [`${(await getPerson(office.db, assigneeId)).name}: ticket-card cancelled`];
    expect(inBrief(await office.takeMail())).toEqual(told);
  });

  it("is taken back when the requester opens it again in time", async () => {
    const id = await ticketAfter(toClosed);

    const done = await office.step(id, "reopen", office.people.requester, note, minutesAfter(morning, 7 * 24 * 60));

    expect(done.ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({
      state: "filed",
      holder: "help-desk",
      assigneeId: office.people.helpDesk.id,
      endedAt: null,
      resolution: null,
    });
    expect(inBrief(await office.takeMail())).toEqual([`${office.people.helpDesk.name}: ticket-card reopened`]);
  });

  it("stands when the days are over", async () => {
    const id = await ticketAfter(toClosed);
    const before = await office.contents();

    const late = minutesAfter(morning, 7 * 24 * 60 + 1);
    const done = await office.step(id, "reopen", office.people.requester, note, late);

    expect(done).toMatchObject({ refusal: { code: "too-late-to-reopen", values: { days: 7 } } });
    expect(await office.contents()).toEqual(before);
  });
});

describe("the five checks of the data center", () => {
  const { length: five } = fiveChecks;
  const repaired = (id: number) => office.step(id, "data-center-repaired", office.people.dataCenter, note);
  const check = (id: number, answers: Answers) => office.step(id, "record-check", office.people.dataCenter, answers);

  it("are all needed before it says repaired", async () => {
    const id = await ticketAfter(toCheckingDataCenter);
    for (const [index, name] of fiveChecks.entries()) {
      expect(await repaired(id)).toMatchObject({
        refusal: { code: "checks-missing", values: { count: five - index } },
      });
      expect((await check(id, { check: name, result: "passed" })).ok).toBe(true);
    }

    expect((await repaired(id)).ok).toBe(true);
  });

  it("count also when they failed, and the last result of each stands", async () => {
    const id = await ticketAfter(toCheckingDataCenter);
    await check(id, { check: "server", result: "failed", note: "Disk penuh." });
    await check(id, { check: "database", result: "passed" });
    await check(id, { check: "server", result: "passed" });

    expect(await listCheckResults(office.db, id)).toEqual([
      { check: "server", result: "passed", note: undefined },
      { check: "database", result: "passed", note: undefined },
    ]);
    expect(await repaired(id)).toMatchObject({ refusal: { values: { count: 3 } } });
  });

  it("a failed one needs a note", async () => {
    const id = await ticketAfter(toCheckingDataCenter);

    expect(await check(id, { check: "server", result: "failed" })).toMatchObject({
      refusal: { code: "answer-missing", values: { field: "note" } },
    });
    expect((await check(id, { check: "server", result: "failed", note: "Disk penuh." })).ok).toBe(true);
  });

  it("are asked again when the ticket has come back to the data center", async () => {
    const id = await ticketAfter([
      ...toCheckingDataCenter,
      ...fiveCheckSteps,
      ["not-in-data-center", "data-center", note],
      ["forward-to-data-center", "it-support"],
    ]);

    expect(await listCheckResults(office.db, id)).toEqual([]);
    expect(await repaired(id)).toMatchObject({ refusal: { code: "checks-missing", values: { count: five } } });
  });

  it("stay when a colleague takes the work, or words are added", async () => {
    const id = await ticketAfter([...toCheckingDataCenter, ...fiveCheckSteps]);
    const colleague = await office.hire(["data-center"]);
    const { assigneeId: fromPersonId } = await office.ticket(id);
    await office.act((tx) => takeTicket(tx, colleague, office.setting(), { ticketId: id, fromPersonId }));

    expect((await office.step(id, "data-center-repaired", colleague, note)).ok).toBe(true);
  });

  it("of one ticket say nothing about another", async () => {
    const [checked, other] = [await ticketAfter(toCheckingDataCenter), await ticketAfter(toCheckingDataCenter)];
    await office.walk(checked, fiveCheckSteps);

    expect(await repaired(other)).toMatchObject({ refusal: { code: "checks-missing", values: { count: five } } });
  });
});

it("a recommendation of something else needs a note", async () => {
  const id = await ticketAfter(toCheckingComputer);
  const recommend = (answers: Answers) => office.step(id, "recommend", office.people.itSupport, answers);

  expect(await recommend({ recommendation: "other" })).toMatchObject({
    refusal: { code: "answer-missing", values: { field: "note" } },
  });
  expect((await recommend({ recommendation: "other", note: "Ganti RAM." })).ok).toBe(true);
});

it("the files of a step's form become files of the ticket", async () => {
  const { helpDesk } = office.people;
  const id = await ticketAfter(toFiled);
  const draftId = await office.draftOf(helpDesk);
  const file = { kind: "document", name: "log.txt", mimeType: "text/plain", telegramFileId: "d1" } as const;
  await office.act((tx) => receiveFile(tx, helpDesk, office.setting(), { draftId, file }));

  const input = {
    ticketId: id,
    step: "issue-work-order",
    version: 1,
    answers: { "suspected-place": "unknown" },
    draftId,
  };
  await office.act((tx) => doStep(tx, helpDesk, office.setting(), input));

  expect(await listAttachments(office.db, id, { withInternalNotes: true })).toMatchObject([{ name: "log.txt" }]);
});

describe("BOT.md, approvals and rights", () => {
  const press = (by: Person, ticketId: number, step: string, version: number, answers: Answers = {}) => {
    return (tx: Parameters<typeof doStep>[0]) => doStep(tx, by, office.setting(), { ticketId, step, version, answers });
  };

  it("the person who pressed is checked, not the chat: a button in a colleague's hands is refused", async () => {
    const id = await ticketAfter(toCheckingApplication);
    const before = await office.contents();

    const pressed = await office.act(press(office.people.helpDesk, id, "application-is-normal", 2));

    expect(pressed).toMatchObject({ refusal: { code: "not-your-role", values: { role: "it-support" } } });
    expect(await office.contents()).toEqual(before);
  });

  it("the person may act on this request: of another's ticket nobody learns that it exists", async () => {
    const id = await ticketAfter(toAwaiting);
    const before = await office.contents();

    const [anothers, missing] = [
      await office.act(press(office.people.neighbour, id, "confirm-resolved", 5)),
      await office.act(press(office.people.neighbour, 999_999, "confirm-resolved", 5)),
    ];

    expect(anothers).toEqual({ ok: false, refusal: { code: "no-such-ticket", values: {} } });
    expect(missing).toEqual(anothers);
    expect(await office.contents()).toEqual(before);
  });

  it.each<[string, Steps, string, Role, Answers]>([
    ["a step that moves the ticket", toCheckingApplication, "application-is-normal", "it-support", {}],
    ["a repair", toRepairingNetwork, "network-repaired", "infrastructure", note],
    ["the user's answer", toAwaiting, "confirm-resolved", "user", {}],
    ["closing", toReadyToClose, "close", "help-desk", note],
  ])("a replayed button is refused and nothing is written: %s", async (_, steps, step, role, answers) => {
    const id = await ticketAfter(steps);
    const { version } = await office.ticket(id);
    const first = await office.act(press(office.doer(role), id, step, version, answers));
    const before = await office.contents();

    const second = await office.act(press(office.doer(role), id, step, version, answers));

    expect(first.ok).toBe(true);
    const { state } = await office.ticket(id);
    expect(second).toEqual({ ok: false, refusal: { code: "ticket-moved-on", values: { ticketId: id, state } } });
    expect(await office.contents()).toEqual(before);
  });

  it("an expired button is refused, also where the step would be possible again", async () => {
    const id = await ticketAfter(toCheckingApplication);
    const { version } = await office.ticket(id);
    await office.walk(id, [
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
      ["ask-requester", "it-support", note],
      ["report-still-bad", "user", note],
    ]);
    const before = await office.contents();

    const pressed = await office.act(press(office.people.itSupport, id, "application-is-normal", version));

    expect(pressed).toMatchObject({ refusal: { code: "ticket-moved-on", values: { state: "checking-application" } } });
    expect(await office.contents()).toEqual(before);
  });

  it("two presses at once: one decides, the other is told that the ticket moved on", async () => {
    const { itSupport, itSupport2 } = office.people;
    const id = await ticketAfter(toCheckingApplication);

    const outcomes = await office.atOnce(
      press(itSupport, id, "application-is-normal", 2),
      press(itSupport2, id, "application-is-faulty", 2),
    );

    const { state, assigneeId, version } = await office.ticket(id);
    const isFirst = outcomes[0]?.ok === true;
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: "ticket-moved-on", values: { ticketId: id, state } },
    });
    expect([state, assigneeId, version]).toEqual(
      isFirst ? ["checking-computer", itSupport.id, 3] : ["locating-fault", itSupport2.id, 3],
    );
    const steps = (await listEntries(office.db, id, page)).filter(({ kind }) => kind === "step");
    expect(steps).toHaveLength(2);
  });

  it("two presses at once of the same person are one", async () => {
    const id = await ticketAfter(toVerifying);
    const { version } = await office.ticket(id);
    const ask = press(office.people.itSupport, id, "ask-requester", version, note);

    const outcomes = await office.atOnce(ask, ask, ask);

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(inBrief(await office.takeMail())).toEqual([`${office.people.requester.name}: step-told`]);
  });

  it("a step that leaves the state leaves the other buttons good", async () => {
    const { infrastructure } = office.people;
    const id = await ticketAfter(toRepairingNetwork);
    const { version } = await office.ticket(id);
    await office.act(press(infrastructure, id, "announce-maintenance", version, note));

    const repaired = await office.act(press(infrastructure, id, "network-repaired", version, note));

    expect(repaired.ok).toBe(true);
  });

  it("two presses at once: the requester cancels while the desk works, one of both counts", async () => {
    const id = await ticketAfter(toCheckingApplication);

    const outcomes = await office.atOnce(
      press(office.people.requester, id, "cancel", 2, note),
      press(office.people.itSupport, id, "application-is-normal", 2),
    );

    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await office.ticket(id)).version).toBe(3);
  });

  it("decisions are only added, never changed: each step leaves its entry as it was", async () => {
    const id = await ticketAfter(toReadyToClose);
    const entries = await listEntries(office.db, id, page);

    await office.walk(id, [
      ["close", "help-desk", note],
      ["reopen", "user", note],
    ]);

    expect((await listEntries(office.db, id, page)).slice(2)).toEqual(entries);
  });
});

it("a step that is in no table is refused", async () => {
  const id = await ticketAfter(toFiled);
  expect(await office.step(id, "approve", office.people.leadership)).toMatchObject({
    refusal: { code: "no-such-step" },
  });
});

it("the journal of all this has nobody's name and nobody's words", async () => {
  const id = await office.file({ answers: { application: "Rahasia-1", description: "Rahasia-2" } });
  await office.walk(id, [
    ["issue-work-order", "help-desk", { "suspected-place": "network", note: "Rahasia-3" }],
    ["application-is-normal", "it-support"],
    ["recommend", "it-support", { recommendation: "other", note: "Rahasia-4" }],
    ["ask-requester", "it-support", { note: "Rahasia-5" }],
    ["confirm-resolved", "user"],
    ["close", "help-desk", { note: "Rahasia-6" }],
    ["reopen", "user", { note: "Rahasia-7" }],
    ["cancel", "user", { note: "Rahasia-8" }],
  ]);

  const journal = JSON.stringify(await office.db.selectFrom("journal").selectAll().execute());

  expect(journal).toContain("step-done");
  expect(journal).not.toMatch(/Rahasia|Sudah diperiksa|Disk penuh|Layar|SIMPEG/);
  const people = await office.db.selectFrom("person").select("name").execute();
  for (const { name } of people) expect(journal).not.toContain(name);
});
