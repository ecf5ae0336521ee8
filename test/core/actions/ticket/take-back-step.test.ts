import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assignTicket } from "../../../../core/actions/ticket/assign-ticket.ts";
import { putOffTicket } from "../../../../core/actions/ticket/put-off-ticket.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { listCheckResults } from "../../../../core/db/ticket/check-results.ts";
import { findLastNote, findLastStep } from "../../../../core/db/ticket/done-steps.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { listMoves } from "../../../../core/db/ticket/work-orders.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { findProcedure } from "../../../../core/domain/procedures/index.ts";
import { findStep } from "../../../../core/domain/procedures/procedure.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { coveringWalks } from "../../../support/walks.ts";

const page = { offset: 0, limit: 100, withInternalNotes: true };
const reason = "Salah tekan.";
const issued: [string, Role, Record<string, string>] = [
  "issue-work-order",
  "help-desk",
  { "suspected-place": "unknown" },
];

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

async function takeBack(ticketId: number, by: Person, { note = reason, now = morning, entryId = 0 } = {}) {
  const last = await findLastStep(office.db, ticketId);
  const input = { ticketId, entryId: entryId || (last?.entryId ?? 0), note };
  return office.act((tx) => takeBackStep(tx, by, office.setting(now), input));
}

/** All that a step may change, but for the version, which grows. */
async function standing(ticketId: number) {
  const { version: _, ...ticket } = await office.ticket(ticketId);
  const order = await office.db
    .selectFrom("work_order")
    .select(["ordinal", "holder", "closed_at"])
    .where("ticket_id", "=", ticketId)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  return { ticket, order, checks: await listCheckResults(office.db, ticketId) };
}

/** Something is reserved for what is planned in that state. */
function isPlanned(procedure: string, state: string): boolean {
  return findProcedure(procedure).states[state]?.isPlanned === true;
}

describe.each(coveringWalks)("$title each step taken back and done again", ({ procedure, path }) => {
  it("leaves the ticket, its work order and its check list as they were", async () => {
    const id = await office.file({ procedure });
    for (const { step: name, role, state, answers } of path) {
      const before = await standing(id);
      expect(await office.stepAs(id, name, role, answers), name).toMatchObject({ ok: true });
      if (role === "clock" || role === "machine") continue;
      const by = office.doerOf(procedure, role);

      // A decision on a request for approval stands.
      if (/^(approve|reject)(-(hosting|colocation|exception|plan))?$/.test(name)) {
        expect(await takeBack(id, by), name).toMatchObject({ refusal: { code: "decision-stands" } });
        continue;
      }
      // What was taken out of a register is given back there.
      if (findStep(findProcedure(procedure), name)?.takes !== undefined) {
        if (state !== before.ticket.state) {
          expect(await takeBack(id, by), name).toMatchObject({ refusal: { code: "taken-from-register" } });
        }
        continue;
      }
      // What was reserved for a plan is free, and perhaps somebody else's.
      if (name === "refuse-plan" || (name === "cancel" && isPlanned(procedure, before.ticket.state))) {
        expect(await takeBack(id, by), name).toMatchObject({ refusal: { code: "plan-given-up" } });
        continue;
      }
      // A machine may have begun.
      if (/^(renew-plan|continue-building|correct-plan)$/.test(name)) {
        expect(await takeBack(id, by), name).toMatchObject({ refusal: { code: "machine-at-work" } });
        continue;
      }
      // A check or an announcement leaves the state: it is done again, not taken back.
      if (state !== before.ticket.state) {
        expect(await takeBack(id, by), name).toEqual({ ok: true, value: undefined });
        expect(await standing(id), name).toEqual(before);
        expect(await office.stepAs(id, name, role, answers), name).toMatchObject({ ok: true });
      }
    }
    expect((await office.ticket(id)).endedAt).not.toBeNull();
  });
});

describe("taking back a step", () => {
  it("keeps both in the history, and in the journal without the reason", async () => {
    const { helpDesk } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);

    expect((await takeBack(id, helpDesk)).ok).toBe(true);

    const [undone, step] = await listEntries(office.db, id, page);
    expect(step).toMatchObject({ kind: "step", step: "issue-work-order" });
    expect(undone).toMatchObject({
      ...{ kind: "taken-back", personId: helpDesk.id, toState: "filed", answers: { note: reason } },
    });
    const row = await office.db
      .selectFrom("journal")
      .select(["event", "actor_id", "details"])
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      event: "step-taken-back",
      actor_id: helpDesk.id,
      details: { step: "issue-work-order", stepEntryId: step?.id, toState: "filed", entryId: undone?.id },
    });
    const moves = await listMoves(office.db, id);
    expect(moves.map(({ kind, fromRole, toRole }) => [kind, fromRole, toRole])).toEqual([
      ["issued", "help-desk", "it-support"],
      ["taken-back", "it-support", null],
    ]);
  });

  it("makes the old buttons void: the version grows", async () => {
    const id = await office.file();
    await office.walk(id, [issued]);
    const { version } = await office.ticket(id);
    await takeBack(id, office.people.helpDesk);
    expect((await office.ticket(id)).version).toBe(version + 1);
  });

  it("of a question tells the requester, whose question loses its buttons", async () => {
    const { itSupport, requester } = office.people;
    const id = await office.file();
    await office.walk(id, [issued, ["application-is-normal", "it-support"], ["computer-is-normal", "it-support"]]);
    await office.step(id, "ask-requester", itSupport, { note: "Sudah." });
    const sent = await office.deliver();

    expect((await takeBack(id, itSupport)).ok).toBe(true);

    const mail = await office.takeMail();
    const question = mail.find(({ kind }) => kind === "step-told");
    expect(question).toMatchObject({ to: requester.name, edits: expect.any(Number) });
    expect(sent).toContain(question?.edits);
    expect(mail.filter(({ kind }) => kind === "step-taken-back")).toMatchObject([{ to: requester.name, ticketId: id }]);
  });

  it("of the requester's answer gives the question its buttons back", async () => {
    const { requester } = office.people;
    const id = await office.file();
    const asked = ["ask-requester", "it-support", { note: "Sudah." }] as const;
    await office.walk(id, [issued, ["application-is-normal", "it-support"], ["computer-is-normal", "it-support"]]);
    await office.step(id, asked[0], office.people.itSupport, asked[2]);
    await office.deliver();
    await office.step(id, "confirm-resolved", requester);
    await office.takeMail();

    expect((await takeBack(id, requester)).ok).toBe(true);

    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-confirmation", holder: "user" });
    expect((await office.takeMail()).filter(({ kind }) => kind === "step-told")).toMatchObject([
      { to: requester.name, edits: expect.any(Number) },
    ]);
  });

  it("puts off again what the step had ended", async () => {
    const { itSupport } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    const answers = { "pending-on": "vendor", "pending-until": "30-11-2026", note: "Menunggu ISP." };
    await office.act((tx) => putOffTicket(tx, itSupport, office.setting(), { ticketId: id, answers }));
    const before = await standing(id);
    await office.step(id, "application-is-normal", itSupport);
    expect((await office.ticket(id)).pendingOn).toBeNull();

    expect((await takeBack(id, itSupport)).ok).toBe(true);

    expect(await standing(id)).toEqual(before);
    expect((await office.ticket(id)).wakesAt).toEqual(before.ticket.pendingUntil);
  });

  it("tells whom it had brought the work, and to whom it comes back", async () => {
    const { helpDesk, helpDesk2, itSupport, itSupport2 } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);

    await takeBack(id, helpDesk);

    const told = (await office.takeMail()).filter(({ news }) => news === "taken-back");
    const names = told.map(({ to }) => to);
    expect(names).toEqual(expect.arrayContaining([itSupport.name, itSupport2.name, helpDesk2.name]));
    expect(names).not.toContain(helpDesk.name);
  });

  it("goes on with the one before it", async () => {
    const { itSupport } = office.people;
    const id = await office.file();
    await office.walk(id, [issued, ["application-is-normal", "it-support"], ["computer-is-normal", "it-support"]]);

    expect((await takeBack(id, itSupport)).ok).toBe(true);
    expect((await takeBack(id, itSupport)).ok).toBe(true);

    expect((await office.ticket(id)).state).toBe("checking-application");
  });

  it("leaves the ticket to the team when who had it has lost the role", async () => {
    const leaver = await office.hire(["it-support"]);
    const id = await office.file();
    await office.walk(id, [issued]);
    await office.step(id, "application-is-normal", leaver);
    await office.step(id, "computer-is-normal", leaver);
    await office.db.deleteFrom("person_role").where("person_id", "=", leaver.id).execute();

    expect((await takeBack(id, leaver)).ok).toBe(true); // decided with the roles that were read before
    expect(await office.ticket(id)).toMatchObject({ state: "checking-computer", assigneeId: null });
  });

  it("drops the note that was taken back from what is offered next", async () => {
    const { dataCenter } = office.people;
    const id = await office.file();
    await office.walk(id, [
      issued,
      ["application-is-faulty", "it-support"],
      ["forward-to-data-center", "it-support", { note: "Lambat." }],
    ]);
    await office.step(id, "not-in-data-center", dataCenter, { note: "Keliru ditulis." });
    await takeBack(id, dataCenter);

    expect(await findLastNote(office.db, id, { except: ["cancel"] })).toBe("Lambat.");
  });
});

describe("taking back is refused, and nothing is written", () => {
  async function refusedTo(id: number, by: Person, options: Parameters<typeof takeBack>[2] = {}) {
    const before = await office.contents();
    const outcome = await takeBack(id, by, options);
    expect(await office.contents()).toEqual(before);
    return outcome;
  }

  it("where nothing has been done", async () => {
    const id = await office.file();
    expect(await refusedTo(id, office.people.helpDesk)).toMatchObject({ refusal: { code: "nothing-to-take-back" } });
  });

  it("to somebody else, with who did it; to who may not see it", async () => {
    const { helpDesk, helpDesk2, neighbour } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    expect(await refusedTo(id, helpDesk2)).toMatchObject({
      refusal: { code: "not-your-step", values: { personId: helpDesk.id } },
    });
    expect(await refusedTo(id, neighbour)).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });

  it("when a colleague has taken it since, or was given it by another", async () => {
    const { helpDesk, helpDesk2, itSupport } = office.people;
    const taken = await office.file();
    await office.walk(taken, [issued]);
    await office.act((tx) => takeTicket(tx, itSupport, office.setting(), { ticketId: taken, fromPersonId: null }));
    expect(await refusedTo(taken, helpDesk)).toMatchObject({ refusal: { code: "work-has-gone-on" } });

    const assigned = await office.file();
    await office.walk(assigned, [issued]);
    await office.act((tx) =>
      assignTicket(tx, helpDesk2, office.setting(), {
        ...{ ticketId: assigned, fromPersonId: null, toPersonId: itSupport.id },
      }),
    );
    expect(await refusedTo(assigned, helpDesk)).toMatchObject({ refusal: { code: "work-has-gone-on" } });
  });

  it("to who has lost the role of the step, though another one of the desk is left", async () => {
    const helper = await office.hire(["help-desk", "leadership"]);
    const id = await office.file();
    await office.step(id, "issue-work-order", helper, { "suspected-place": "unknown" });
    expect(await refusedTo(id, { ...helper, roles: ["leadership"] })).toMatchObject({
      refusal: { code: "not-your-role", values: { role: "help-desk" } },
    });
  });

  it("when a colleague has put it off since", async () => {
    const { helpDesk, itSupport } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    const answers = { "pending-on": "vendor", "pending-until": "30-11-2026", note: "Menunggu ISP." };
    await office.act((tx) => putOffTicket(tx, itSupport, office.setting(), { ticketId: id, answers }));
    expect(await refusedTo(id, helpDesk)).toMatchObject({ refusal: { code: "work-has-gone-on" } });
  });

  it("when a check was recorded since", async () => {
    const { itSupport } = office.people;
    const id = await office.file();
    await office.walk(id, [
      issued,
      ["application-is-faulty", "it-support"],
      ["forward-to-data-center", "it-support"],
      ["record-check", "data-center", { check: "server", result: "passed" }],
    ]);
    expect(await refusedTo(id, itSupport)).toMatchObject({ refusal: { code: "work-has-gone-on" } });
  });

  it("after 24 hours, and not a minute before", async () => {
    const { helpDesk } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    expect(await refusedTo(id, helpDesk, { now: minutesAfter(morning, 24 * 60 + 1) })).toMatchObject({
      refusal: { code: "too-late-to-take-back", values: { hours: 24 } },
    });
    expect((await takeBack(id, helpDesk, { now: minutesAfter(morning, 24 * 60) })).ok).toBe(true);
  });

  it("with the button of an earlier step", async () => {
    const { itSupport } = office.people;
    const id = await office.file();
    await office.walk(id, [issued, ["application-is-normal", "it-support"]]);
    const old = await findLastStep(office.db, id);
    await office.walk(id, [["computer-is-normal", "it-support"]]);
    expect(await refusedTo(id, itSupport, { entryId: old?.entryId ?? 0 })).toMatchObject({
      refusal: { code: "ticket-moved-on" },
    });
  });

  it("without a reason", async () => {
    const { helpDesk } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    expect(await refusedTo(id, helpDesk, { note: " " })).toMatchObject({
      refusal: { code: "text-empty", values: { field: "note" } },
    });
  });

  it("twice for one step: of two presses at once one takes it back", async () => {
    const { helpDesk } = office.people;
    const id = await office.file();
    await office.walk(id, [issued]);
    const entryId = (await findLastStep(office.db, id))?.entryId ?? 0;
    const press = (tx: Parameters<typeof takeBackStep>[0]) =>
      takeBackStep(tx, helpDesk, office.setting(), { ticketId: id, entryId, note: reason });

    const outcomes = await office.atOnce(press, press);

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "nothing-to-take-back" } });
  });
});
