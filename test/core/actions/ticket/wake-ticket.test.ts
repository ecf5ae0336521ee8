import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { wakeTicket } from "../../../../core/actions/ticket/wake-ticket.ts";
import { writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import { markReachable, markUnreachable } from "../../../../core/db/people/accounts.ts";
import { findLastStep } from "../../../../core/db/ticket/done-steps.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { moveTicket } from "../../../../core/db/ticket/tickets.ts";
import { findOpenWorkOrder, listMoves } from "../../../../core/db/ticket/work-orders.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { showWib, wib } from "../../../support/calendar.ts";
import { chatOf, type Mail, openOffice, type TestOffice } from "../../../support/office.ts";
import { usualAnswers } from "../../domain/procedures/application-trouble.paths.ts";

const page = { offset: 0, limit: 1000, withInternalNotes: true };
const analysis = { note: "Server dijalankan ulang." };
/** Monday; the reminders come on Tuesday and Wednesday, the end on Thursday, by hand. */
const asked = wib("2026-11-23 14.00");
const firstReminder = wib("2026-11-24 14.00");
const secondReminder = wib("2026-11-25 14.00");
const end = wib("2026-11-26 14.00");

let office: TestOffice;
let officer: Person;
beforeAll(async () => {
  office = await openOffice();
  officer = await office.hire(["user", "system-officer"], { name: "Marlina Purba", office: "Disdukcapil" });
  await office.hire(["user", "system-officer"], { name: "Sahala Manurung", office: "Dinkes" });
});
afterAll(() => office.close());
beforeEach(async () => {
  // What other tests left to the clock is not this one's.
  await sql`update ticket set wakes_at = null`.execute(office.db);
  await office.takeMail();
});

/** A ticket whose requester was asked on Monday at 14.00. */
async function askedTicket({ by }: { by?: Person } = {}): Promise<number> {
  const id = await office.file(by === undefined ? {} : { by });
  for (const [name, person] of [
    ["issue-work-order", office.people.helpDesk],
    ["application-is-normal", office.people.itSupport],
    ["computer-is-normal", office.people.itSupport],
    ["ask-requester", office.people.itSupport],
  ] as const) {
    const answers = name === "ask-requester" ? analysis : (usualAnswers[name] ?? {});
    await office.step(id, name, person, answers, asked);
  }
  return id;
}

function inBrief(mail: Mail[]): string[] {
  return mail.map(({ to, kind, isReminder, edits }) =>
    [`${to}:`, kind, isReminder ? "again" : undefined, edits === undefined ? undefined : `edits ${edits}`]
      .filter(Boolean)
      .join(" "),
  );
}

const entriesOf = async (id: number) => (await listEntries(office.db, id, page)).toReversed();
const remindersOf = async (id: number) => (await entriesOf(id)).filter(({ kind }) => kind === "reminded");
const wakesAt = async (id: number) => {
  const { wakesAt: at } = await office.ticket(id);
  return at === null ? null : showWib(at);
};

function journalOf(ticketId: number, event: string) {
  return office.db
    .selectFrom("journal")
    .select(["at", "actor_id", "on_behalf_of", "details"])
    .where("subject_kind", "=", "ticket")
    .where("subject_id", "=", ticketId)
    .where("event", "=", event)
    .orderBy("id", "desc")
    .execute();
}

describe("a question that nobody answers", () => {
  it("is repeated after one working day and after two, and the ticket is closed after three", async () => {
    const { requester } = office.people;
    const id = await askedTicket();
    const question = (await office.deliver()).at(-1);
    expect(await wakesAt(id)).toBe("Tue 2026-11-24 14.00");

    await office.wake(firstReminder);
    expect(inBrief(await office.takeMail())).toEqual([
      `${requester.name}: question-repeated edits ${question}`,
      `${requester.name}: step-told again`,
      `${officer.name}: step-told again`,
    ]);
    expect(await wakesAt(id)).toBe("Wed 2026-11-25 14.00");

    await office.wake(secondReminder);
    expect(inBrief(await office.takeMail())).toEqual([
      `${requester.name}: question-repeated edits ${question}`,
      `${requester.name}: step-told again`,
    ]);
    expect(await wakesAt(id)).toBe("Thu 2026-11-26 14.00");

    await office.wake(end);
    expect(await office.ticket(id)).toMatchObject({
      state: "closed",
      holder: null,
      endedAt: end,
      resolution: analysis.note,
      wakesAt: null,
    });
    expect(inBrief(await office.takeMail())).toEqual([
      `${requester.name}: step-told edits ${question}`,
      `${requester.name}: step-told`,
    ]);
  });

  it("is left alone a moment before each of these times", async () => {
    const id = await askedTicket();
    await office.takeMail();
    const before = await office.contents();

    await office.wake(new Date(firstReminder.getTime() - 1));

    expect(await office.contents()).toEqual(before);
    expect(await remindersOf(id)).toEqual([]);
  });

  it("leaves entries, journal rows and a move of the work order of the machine, on behalf of the help desk", async () => {
    const id = await askedTicket();
    for (const now of [firstReminder, secondReminder, end]) await office.wake(now);

    const [first, second] = await remindersOf(id);
    const last = (await entriesOf(id)).at(-1);
    expect([first, second]).toMatchObject([
      { personId: null, personName: null, role: "help-desk", at: firstReminder, answers: { reached: "requester" } },
      { personId: null, personName: null, role: "help-desk", at: secondReminder, answers: { reached: "requester" } },
    ]);
    expect(last).toMatchObject({ kind: "step", step: "close-unanswered", role: "help-desk", personId: null, at: end });
    const question = (await entriesOf(id)).find(({ step }) => step === "ask-requester");
    expect(await journalOf(id, "requester-reminded")).toEqual(
      [second, first].map((entry) => ({
        at: entry?.at,
        actor_id: null,
        on_behalf_of: "help-desk",
        details: { reached: "requester", questionEntryId: question?.id, entryId: entry?.id },
      })),
    );
    expect((await journalOf(id, "step-done"))[0]).toEqual({
      at: end,
      actor_id: null,
      on_behalf_of: "help-desk",
      details: {
        step: "close-unanswered",
        role: "help-desk",
        fromState: "awaiting-confirmation",
        toState: "closed",
        entryId: last?.id,
      },
    });
    expect((await listMoves(office.db, id)).at(-1)).toMatchObject({
      kind: "closed",
      fromRole: "it-support",
      toRole: null,
      personName: null,
      at: end,
    });
    expect(await findOpenWorkOrder(office.db, id)).toBeUndefined();
  });

  it("that was closed by rule is opened again by the requester within the usual days, and asked anew", async () => {
    const { requester, helpDesk, itSupport } = office.people;
    const id = await askedTicket();
    for (const now of [firstReminder, secondReminder, end]) await office.wake(now);
    const nextMorning = wib("2026-11-27 08.00");

    expect(await office.step(id, "reopen", requester, { note: "Masih." }, nextMorning)).toMatchObject({ ok: true });
    expect(await office.ticket(id)).toMatchObject({ state: "filed", resolution: null, wakesAt: null });
    for (const [name, person] of [
      ["issue-work-order", helpDesk],
      ["application-is-normal", itSupport],
      ["computer-is-normal", itSupport],
      ["ask-requester", itSupport],
    ] as const) {
      await office.step(id, name, person, usualAnswers[name] ?? {}, nextMorning);
    }

    expect(await wakesAt(id)).toBe("Mon 2026-11-30 08.00");
  });

  it("is asked over the year's end with its holidays", async () => {
    const id = await office.file();
    await office.walk(id, [
      ["issue-work-order", "help-desk", { "suspected-place": "unknown" }],
      ["application-is-normal", "it-support"],
      ["computer-is-normal", "it-support"],
    ]);
    await office.step(id, "ask-requester", office.people.itSupport, analysis, wib("2026-12-30 11.00"));

    for (const [now, next] of [
      ["2026-12-31 11.00", "Mon 2027-01-04 11.00"],
      ["2027-01-04 11.00", "Wed 2027-01-06 11.00"],
      ["2027-01-06 11.00", null],
    ] as const) {
      await office.wake(wib(now));
      expect(await wakesAt(id)).toBe(next);
    }
    expect((await office.ticket(id)).state).toBe("closed");
  });
});

describe("the clock forgets a ticket", () => {
  it.each<[string, "requester" | "helpDesk", string]>([
    ["confirmed", "requester", "confirm-resolved"],
    ["said to be still bad", "requester", "report-still-bad"],
    ["confirmed by phone", "helpDesk", "confirm-resolved-by-phone"],
    ["said on the phone to be still bad", "helpDesk", "report-still-bad-by-phone"],
    ["cancelled", "requester", "cancel"],
  ])("that was %s", async (_, who, step) => {
    const id = await askedTicket();
    await office.wake(firstReminder);

    const done = await office.step(id, step, office.people[who], usualAnswers[step] ?? {}, wib("2026-11-25 09.00"));
    expect(done.ok).toBe(true);
    await office.takeMail();

    expect(await wakesAt(id)).toBeNull();
    await office.wake(wib("2026-12-11 09.00"));
    expect(await remindersOf(id)).toHaveLength(1);
    expect(await office.takeMail()).toEqual([]);
  });

  it("with each change of state, also when it was due already", async () => {
    const id = await askedTicket();
    const { version } = await office.ticket(id);
    const input = { ticketId: id, step: "confirm-resolved", version, answers: {} };

    // The task found it due, and the requester answers before its turn comes.
    await office.act((tx) => doStep(tx, office.people.requester, office.setting(firstReminder), input));
    await office.act((tx) => wakeTicket(tx, office.setting(firstReminder), { ticketId: id }));

    expect(await remindersOf(id)).toEqual([]);
  });

  it("by the change of state itself, whatever brings it about", async () => {
    const id = await askedTicket();
    const back = { state: "verifying", holder: "it-support", changed_at: asked } as const;

    await office.act((tx) => moveTicket(tx, id, back));

    expect(await wakesAt(id)).toBeNull();
  });

  it("and sets the time anew where the requester takes the answer back: the days are counted from then", async () => {
    const { requester } = office.people;
    const id = await askedTicket();
    await office.step(id, "confirm-resolved", requester, {}, wib("2026-11-25 09.00"));
    const { entryId = 0 } = (await findLastStep(office.db, id)) ?? {};
    const setting = office.setting(wib("2026-11-25 10.00"));

    await office.act((tx) => takeBackStep(tx, requester, setting, { ticketId: id, entryId, note: "Belum." }));

    expect(await wakesAt(id)).toBe("Thu 2026-11-26 10.00");
  });

  it("and counts anew from what the requester wrote meanwhile: who writes is not silent", async () => {
    const { requester } = office.people;
    const id = await askedTicket();
    const setting = office.setting(wib("2026-11-25 10.00"));

    await office.act((tx) =>
      writeMessage(tx, requester, setting, { ticketId: id, kind: "comment", text: "Saya coba besok." }),
    );

    expect(await wakesAt(id)).toBe("Thu 2026-11-26 10.00");
  });

  it("and begins anew with the next question", async () => {
    const { requester, itSupport } = office.people;
    const id = await askedTicket();
    await office.wake(firstReminder);
    const later = wib("2026-11-24 15.00");
    await office.step(id, "report-still-bad", requester, usualAnswers["report-still-bad"], later);
    await office.step(id, "application-is-normal", itSupport, {}, later);
    await office.step(id, "computer-is-normal", itSupport, {}, later);
    await office.step(id, "ask-requester", itSupport, analysis, later);

    expect(await wakesAt(id)).toBe("Wed 2026-11-25 15.00");
    const early = await office.step(id, "confirm-resolved", office.people.neighbour, {}, later);
    expect(early).toMatchObject({ refusal: { code: "no-such-ticket" } });
  });
});

describe("two clocks at once", () => {
  it("remind once", async () => {
    const id = await askedTicket();
    await office.takeMail();

    await Promise.all([office.wake(firstReminder), office.wake(firstReminder), office.wake(firstReminder)]);

    expect(await remindersOf(id)).toHaveLength(1);
    expect(inBrief(await office.takeMail())).toEqual([
      `${office.people.requester.name}: step-told again`,
      `${officer.name}: step-told again`,
    ]);
  });

  it("close once", async () => {
    const id = await askedTicket();
    await office.wake(firstReminder);
    await office.wake(secondReminder);
    const clock = (tx: Parameters<typeof wakeTicket>[0]) => wakeTicket(tx, office.setting(end), { ticketId: id });

    await office.atOnce(clock, clock);

    const closings = (await entriesOf(id)).filter(({ step }) => step === "close-unanswered");
    expect(closings).toHaveLength(1);
  });

  it("and the requester's answer at the same moment: one of both counts", async () => {
    const id = await askedTicket();
    await office.wake(firstReminder);
    await office.wake(secondReminder);
    const { version } = await office.ticket(id);
    const input = { ticketId: id, step: "confirm-resolved", version, answers: {} };

    await office.atOnce<unknown>(
      (tx) => wakeTicket(tx, office.setting(end), { ticketId: id }),
      (tx) => doStep(tx, office.people.requester, office.setting(end), input),
    );

    const ends = (await entriesOf(id)).filter(({ step }) => step === "close-unanswered" || step === "confirm-resolved");
    expect(ends).toHaveLength(1);
    expect((await office.ticket(id)).version).toBe(version + 1);
  });
});

describe("a Simpul that stood still", () => {
  it("writes to nobody at night, but at the next opening", async () => {
    const id = await askedTicket();
    await office.takeMail();

    await office.wake(wib("2026-11-25 02.00"));
    expect(await office.takeMail()).toEqual([]);
    expect(await wakesAt(id)).toBe("Wed 2026-11-25 07.30");

    await office.wake(wib("2026-11-25 07.30"));
    expect(await remindersOf(id)).toHaveLength(1);
  });

  it("closes nothing before a reminder was sent and a working day has passed", async () => {
    const id = await askedTicket();

    await office.wake(wib("2026-12-11 09.00"));
    expect(await remindersOf(id)).toHaveLength(1);
    expect((await office.ticket(id)).state).toBe("awaiting-confirmation");
    expect(await wakesAt(id)).toBe("Mon 2026-12-14 09.00");

    await office.wake(wib("2026-12-14 09.00"));
    expect((await office.ticket(id)).state).toBe("closed");
  });
});

describe("who answers for a silent requester", () => {
  const answer = (id: number, by: Person, step = "confirm-resolved", now = wib("2026-11-24 15.00")) =>
    office.step(id, step, by, usualAnswers[step] ?? {}, now);

  it.each(["confirm-resolved", "report-still-bad"])(
    "a colleague of the office, after the first reminder: %s",
    async (step) => {
      const { neighbour } = office.people;
      const id = await askedTicket();
      const early = await answer(id, neighbour, step);
      expect(early).toMatchObject({ refusal: { code: "no-such-ticket" } });

      await office.wake(firstReminder);
      expect(await answer(id, neighbour, step)).toMatchObject({ ok: true });

      expect((await entriesOf(id)).at(-1)).toMatchObject({ step, role: "user", personId: neighbour.id });
      expect((await journalOf(id, "step-done"))[0]).toMatchObject({ actor_id: neighbour.id, on_behalf_of: null });
    },
  );

  it("the office's system officer, at any time", async () => {
    const id = await askedTicket();
    expect(await answer(id, officer)).toMatchObject({ ok: true });
  });

  it("nobody of another office, and not the team whose work it is", async () => {
    const { itSupport } = office.people;
    const stranger = await office.hire(["user"], { office: "Dinkes" });
    const id = await askedTicket();
    await office.wake(firstReminder);

    expect(await answer(id, stranger)).toMatchObject({ refusal: { code: "no-such-ticket" } });
    expect(await answer(id, itSupport)).toMatchObject({ refusal: { code: "not-your-role" } });
  });

  it("for a requester of the IT office: a colleague there, but not who holds the work order", async () => {
    const { itSupport, itSupport2, administrator } = office.people;
    const requester = await office.hire(["user"], { office: "Diskominfo" });
    const id = await askedTicket({ by: requester });
    await office.wake(firstReminder);

    for (const by of [itSupport, itSupport2, office.people.leadership]) {
      expect(await answer(id, by)).toMatchObject({ refusal: { code: "not-your-role" } });
    }
    expect(await answer(id, administrator)).toMatchObject({ ok: true });
  });

  it("the first answer wins, the second is told that the ticket moved on, and all who were asked see it", async () => {
    const { requester, neighbour } = office.people;
    const id = await askedTicket();
    await office.deliver();
    await office.wake(firstReminder);
    await office.deliver();
    const { version } = await office.ticket(id);
    const input = { ticketId: id, step: "confirm-resolved", version, answers: {} };
    const press = (by: Person) => (tx: Parameters<typeof doStep>[0]) =>
      doStep(tx, by, office.setting(wib("2026-11-24 15.00")), input);

    const outcomes = await office.atOnce(press(neighbour), press(officer));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "ticket-moved-on" } });
    const edited = (await office.takeMail()).filter(({ kind, edits }) => kind === "step-told" && edits !== undefined);
    expect(edited.map(({ to }) => to).sort()).toEqual([officer.name, requester.name, requester.name].sort());
  });

  it("the help desk by phone, who then closes it", async () => {
    const { helpDesk2 } = office.people;
    const id = await askedTicket();

    expect(await office.step(id, "confirm-resolved-by-phone", helpDesk2, {})).toMatchObject({
      refusal: { code: "answer-missing", values: { field: "note" } },
    });
    const done = await office.step(id, "confirm-resolved-by-phone", helpDesk2, {
      note: "Bu Nurhayati, telepon, 14.30.",
    });

    expect(done).toMatchObject({ ok: true });
    expect(await office.ticket(id)).toMatchObject({ state: "ready-to-close", assigneeId: helpDesk2.id });
    expect((await listMoves(office.db, id)).at(-1)).toMatchObject({ kind: "returned", toRole: "help-desk" });
  });
});

describe("a requester who cannot be reached", () => {
  const helpDeskNames = () => [office.people.helpDesk.name, office.people.helpDesk2.name];

  async function expectPhoneCall(id: number) {
    await office.takeMail();
    await office.wake(firstReminder);
    expect(inBrief(await office.takeMail()).sort()).toEqual(
      [...helpDeskNames().map((name) => `${name}: phone-requester`), `${officer.name}: step-told again`].sort(),
    );
    expect(await wakesAt(id)).toBe("Thu 2026-11-26 14.00");

    await office.wake(secondReminder);
    expect(await office.takeMail()).toEqual([]);

    await office.wake(end);
    expect((await office.ticket(id)).state).toBe("closed");
    expect(await remindersOf(id)).toMatchObject([{ answers: { reached: "help-desk" }, personId: null }]);
  }

  it("without an account is not reminded: the help desk is asked once to phone, and the days run", async () => {
    const requester = await office.hire(["user"], { office: "Disdukcapil", isLinked: false });
    await expectPhoneCall(await askedTicket({ by: requester }));
  });

  it("neither is one who blocked the bot", async () => {
    const { requester } = office.people;
    const id = await askedTicket();
    await office.act((tx) => markUnreachable(tx, chatOf(requester), asked));

    await expectPhoneCall(id);
    await office.act((tx) => markReachable(tx, chatOf(requester)));
  });

  it("nor one who was transferred: the ticket stays with its office", async () => {
    const requester = await office.hire(["user"], { office: "Disdukcapil" });
    const id = await askedTicket({ by: requester });
    const { officeId } = office.people.administrator;
    await office.db.updateTable("person").set({ office_id: officeId }).where("id", "=", requester.id).execute();

    await expectPhoneCall(id);
  });

  it("after the first reminder: the help desk is asked then", async () => {
    const { requester } = office.people;
    const id = await askedTicket();
    await office.wake(firstReminder);
    await office.act((tx) => markUnreachable(tx, chatOf(requester), asked));
    await office.takeMail();

    await office.wake(secondReminder);

    expect(inBrief(await office.takeMail()).sort()).toEqual(
      helpDeskNames()
        .map((name) => `${name}: phone-requester`)
        .sort(),
    );
    expect((await remindersOf(id)).map(({ answers }) => answers.reached)).toEqual(["requester", "help-desk"]);
    await office.act((tx) => markReachable(tx, chatOf(requester)));
  });
});

describe("a ticket at which the clock fails", () => {
  it("stops no other, and is looked at again later", async () => {
    const broken = await askedTicket();
    const healthy = await askedTicket();
    await office.db.updateTable("ticket").set({ procedure: "no-such-procedure" }).where("id", "=", broken).execute();

    await office.wake(firstReminder);

    expect(await remindersOf(broken)).toEqual([]);
    expect(await remindersOf(healthy)).toHaveLength(1);
    expect(await wakesAt(broken)).toBe("Tue 2026-11-24 14.10");
  });
});
