import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { grantRole, withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import type { OfficeRules } from "../../../../core/actions/setting.ts";
import { beginShift } from "../../../../core/actions/shift/shifts.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { changeFreeze } from "../../../../core/actions/ticket/freeze.ts";
import { putOffTicket } from "../../../../core/actions/ticket/put-off-ticket.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { findPerson } from "../../../../core/db/people/people.ts";
import { findApproval, listShownDecisions } from "../../../../core/db/ticket/approvals.ts";
import { findLastStep } from "../../../../core/db/ticket/done-steps.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { readFreeze } from "../../../../core/db/ticket/freeze.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { wib } from "../../../support/calendar.ts";
import { type Mail, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

const request = {
  rule: "Batas lampiran e-mail",
  description: "Mengirim gambar perencanaan.",
  until: "31-12-2026",
  "official-duty": "accepted",
};
const reason = { note: "Belum perlu." };
const twoLinks: Partial<OfficeRules> = { approvers: () => ["leadership", "committee"] };
const page = { offset: 0, limit: 100, withInternalNotes: true };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => void (await office.takeMail()));

type Options = { by?: Person; rules?: Partial<OfficeRules>; now?: Date; answers?: Answers };

async function ask({
  by = office.people.requester,
  rules = {},
  now = morning,
  answers = {},
}: Options = {}): Promise<number> {
  const input = { procedure: "exception", answers: { ...request, ...answers }, draftId: 0 };
  const filed = await office.act((tx) => fileTicket(tx, by, office.setting(now, rules), input));
  if (!filed.ok) throw new Error(`asking for an exception: ${filed.refusal.code}`);
  return filed.value;
}

type Word = "approve" | "reject";

async function decide(id: number, word: Word, by: Person, options: { version?: number; now?: Date } = {}) {
  const { version = (await office.ticket(id)).version, now = morning } = options;
  const input = { ticketId: id, step: `${word}-exception`, version, answers: word === "reject" ? reason : {} };
  return office.act((tx) => doStep(tx, by, office.setting(now), input));
}

const code = async (outcome: ReturnType<typeof decide>) => {
  const done = await outcome;
  return done.ok ? "done" : done.refusal.code;
};
const namesTold = (mail: Mail[], kind: string) => mail.filter((each) => each.kind === kind).map(({ to }) => to);
const decisionsOf = async (id: number) =>
  (await listShownDecisions(office.db, id)).map(({ link, role, personName, decision }) => [
    link,
    role,
    personName,
    decision,
  ]);

describe("a chain of two", () => {
  it("asks the first one, then the second, whose word does the step", async () => {
    const { leadership, committee, requester } = office.people;
    const id = await ask({ rules: twoLinks });
    expect(namesTold(await office.takeMail(), "approval-asked")).toEqual([leadership.name]);

    expect((await decide(id, "approve", leadership)).ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-approval", holder: "committee", version: 2 });
    const mail = await office.takeMail();
    expect(namesTold(mail, "approval-asked")).toEqual([committee.name]);
    expect(namesTold(mail, "step-told")).toEqual([]);

    expect((await decide(id, "approve", committee)).ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({
      state: "in-force",
      holder: "leadership",
      assigneeId: null,
      version: 3,
    });
    expect(namesTold(await office.takeMail(), "step-told")).toEqual([requester.name]);
    expect(await decisionsOf(id)).toEqual([
      [0, "leadership", leadership.name, "approved"],
      [1, "committee", committee.name, "approved"],
    ]);
    expect((await listEntries(office.db, id, page)).map(({ step, role }) => [step, role]).slice(0, 2)).toEqual([
      ["approve-exception", "committee"],
      ["approve-exception", "leadership"],
    ]);
  });

  it("refuses the old button of the first, and the second before its turn", async () => {
    const { leadership, committee } = office.people;
    const id = await ask({ rules: twoLinks });
    expect(await code(decide(id, "approve", committee))).toBe("not-your-role");
    await decide(id, "approve", leadership);

    expect(await decide(id, "reject", leadership, { version: 1 })).toMatchObject({
      refusal: { code: "ticket-moved-on", values: { round: 1 } },
    });
    expect(await code(decide(id, "approve", leadership))).toBe("not-your-role");
  });

  it("needs two people, also where one holds both roles", async () => {
    const both = await office.hire(["leadership", "committee"]);
    const id = await ask({ rules: twoLinks });
    expect(await code(decide(id, "approve", both))).toBe("done");
    expect(await code(decide(id, "approve", both))).toBe("decided-once-already");
    await office.db.deleteFrom("person_role").where("person_id", "=", both.id).execute();
  });

  it("ends with the first rejection, with its reason for the requester", async () => {
    const { leadership, committee, requester } = office.people;
    const id = await ask({ rules: twoLinks });
    await decide(id, "approve", leadership);
    await office.takeMail();

    expect(await code(decide(id, "reject", committee))).toBe("done");

    expect(await office.ticket(id)).toMatchObject({ state: "closed", resolution: reason.note });
    expect(namesTold(await office.takeMail(), "step-told")).toEqual([requester.name]);
    expect((await decisionsOf(id)).at(-1)).toEqual([1, "committee", committee.name, "rejected"]);
  });

  it("is asked anew as another round when the request is opened again", async () => {
    const { leadership, requester } = office.people;
    const id = await ask();
    await decide(id, "reject", leadership);
    expect((await office.step(id, "reopen", requester, reason)).ok).toBe(true);

    expect(await code(decide(id, "approve", leadership))).toBe("done");

    const { rows } = await sql<{ round: number; decision: string }>`
      select round, decision from decision where ticket_id = ${id} order by id`.execute(office.db);
    expect(rows).toEqual([
      { round: 1, decision: "rejected" },
      { round: 2, decision: "approved" },
    ]);
  });
});

describe("nobody approves their own", () => {
  it("not the requester, who leads", async () => {
    const { leadership, executive } = office.people;
    const id = await ask({ by: leadership });
    expect(await code(decide(id, "approve", leadership))).toBe("not-your-own-request");
    expect(await code(decide(id, "approve", executive))).toBe("no-such-ticket");
  });

  it("not who filed it for somebody", async () => {
    const helper = await office.hire(["help-desk", "leadership"]);
    const onBehalf = { channel: "letter", reporter: { personId: office.people.requester.id } } as const;
    const input = { procedure: "exception", answers: request, draftId: 0, onBehalf };
    const filed = await office.act((tx) => fileTicket(tx, helper, office.setting(), input));
    const id = filed.ok ? filed.value : 0;
    expect(await code(decide(id, "approve", helper))).toBe("not-your-own-request");
    expect(await code(decide(id, "approve", office.people.leadership))).toBe("done");
    await office.db.deleteFrom("person_role").where("person_id", "=", helper.id).execute();
  });

  it("not who asked for it: the data center that reported the checks (R05)", async () => {
    const officer = await office.hire(["data-center", "leadership"]);
    const id = await office.file({ procedure: "hosting" });
    await office.db
      .updateTable("ticket")
      .set({ state: "checking-hosting", holder: "data-center" })
      .where("id", "=", id)
      .execute();
    for (const check of await checksOfHosting()) {
      await office.step(id, "record-hosting-check", officer, { check, result: "passed" });
    }
    const reported = await office.step(id, "report-hosting-checks", officer, reason);
    expect(reported.ok ? "" : reported.refusal.code).toBe("");

    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-hosting-approval", holder: "leadership" });
    const refused = await office.step(id, "approve-hosting", officer);
    expect(refused).toMatchObject({ refusal: { code: "not-your-own-request" } });
    await office.takeMail();
    expect((await office.step(id, "reject-hosting", office.people.leadership, reason)).ok).toBe(true);
    expect(namesTold(await office.takeMail(), "approval-ended")).toEqual([officer.name]);
    await office.db.deleteFrom("person_role").where("person_id", "=", officer.id).execute();
  });
});

async function checksOfHosting(): Promise<readonly string[]> {
  const { hostingOrColocation } = await import("../../../../core/domain/procedures/hosting.ts");
  return hostingOrColocation.steps.find(({ name }) => name === "record-hosting-check")?.checks ?? [];
}

describe("two presses at once", () => {
  it("one decides, the other is told that it was decided", async () => {
    const { leadership } = office.people;
    const second = await office.hire(["leadership"]);
    const id = await ask();
    const press = (by: Person, word: Word) => (tx: Parameters<typeof doStep>[0]) =>
      doStep(tx, by, office.setting(), {
        ...{ ticketId: id, step: `${word}-exception`, version: 1 },
        answers: word === "reject" ? reason : {},
      });

    const outcomes = await office.atOnce(press(leadership, "approve"), press(second, "reject"));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      refusal: { code: "ticket-moved-on", values: { round: 1 } },
    });
    expect(await decisionsOf(id)).toHaveLength(1);
    await office.db.deleteFrom("person_role").where("person_id", "=", second.id).execute();
  });

  it("a replayed button decides nothing again", async () => {
    const { leadership } = office.people;
    const id = await ask();
    await decide(id, "approve", leadership);
    const before = await office.contents();
    expect(await code(decide(id, "approve", leadership, { version: 1 }))).toBe("ticket-moved-on");
    expect(await office.contents()).toEqual(before);
  });

  it("rights that ended while the ticket was locked decide nothing", async () => {
    const former = await office.hire(["leadership"]);
    const id = await ask();
    await office.act((tx) =>
      withdrawRole(tx, office.people.administrator, office.setting(), { personId: former.id, role: "leadership" }),
    );
    expect(await code(decide(id, "approve", former))).toBe("no-such-ticket"); // decided with the roles that were read before
  });
});

describe("decisions are only added", () => {
  it.each(["approval", "decision", "approval_reminder", "update_freeze"])(
    "the application may not change %s",
    async (table) => {
      await expect(sql`delete from ${sql.table(table)}`.execute(office.db)).rejects.toThrow("permission denied");
      await expect(sql`update ${sql.table(table)} set at = now()`.execute(office.db)).rejects.toThrow(
        /permission denied|column/,
      );
    },
  );

  it("and never taken back", async () => {
    const { leadership } = office.people;
    const id = await ask();
    await decide(id, "approve", leadership);
    const entryId = (await findLastStep(office.db, id))?.entryId ?? 0;
    const taken = await office.act((tx) =>
      takeBackStep(tx, leadership, office.setting(), { ticketId: id, entryId, note: "Keliru." }),
    );
    expect(taken).toMatchObject({ refusal: { code: "decision-stands" } });
  });

  it("what the requester takes back goes on in its round, with whose turn it was", async () => {
    const { leadership, requester, committee } = office.people;
    const id = await ask({ rules: twoLinks });
    await decide(id, "approve", leadership);
    await office.step(id, "cancel", requester, reason);
    const entryId = (await findLastStep(office.db, id))?.entryId ?? 0;
    await office.takeMail();
    const taken = await office.act((tx) =>
      takeBackStep(tx, requester, office.setting(), { ticketId: id, entryId, note: "Keliru." }),
    );
    expect(taken.ok).toBe(true);
    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-approval", holder: "committee" });
    expect(namesTold(await office.takeMail(), "approval-asked")).toEqual([committee.name]);
    expect(await code(decide(id, "approve", committee))).toBe("done");
  });

  it("comes with nobody working on it, also where one of leadership did before", async () => {
    const id = await ask();
    await office.walk(id, [
      ["approve-exception", "leadership"],
      ["revoke-exception", "leadership", reason],
      ["reopen", "user", reason],
    ]);
    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-approval", assigneeId: null });
  });

  it("nobody takes a request as work, or puts it off: it has a time of its own", async () => {
    const id = await ask();
    const answers = { "pending-on": "vendor", "pending-until": "30-11-2026", note: "Nanti." };
    const putOff = await office.act((tx) =>
      putOffTicket(tx, office.people.leadership, office.setting(), { ticketId: id, answers }),
    );
    expect(putOff).toMatchObject({ refusal: { code: "approval-not-put-off" } });
    const taken = await office.act((tx) =>
      takeTicket(tx, office.people.leadership, office.setting(), { ticketId: id, fromPersonId: null }),
    );
    expect(taken).toMatchObject({ refusal: { code: "approval-not-taken" } });
  });
});

describe("nobody holds the approving role", () => {
  const byExecutive: Partial<OfficeRules> = { approvers: () => ["executive", "committee"] };

  it("who asked is told, administrators too; whoever gets the role gets what waits", async () => {
    const { executive, requester, administrator, administrator2, neighbour } = office.people;
    await office.db.deleteFrom("person_role").where("person_id", "=", executive.id).execute();
    const id = await ask({ rules: byExecutive });
    const mail = await office.takeMail();
    expect(namesTold(mail, "approval-asked")).toEqual([]);
    expect(namesTold(mail, "no-approver")).toEqual([requester.name, administrator.name, administrator2.name]);

    const role: Role = "executive";
    await office.act((tx) => grantRole(tx, administrator, office.setting(), { personId: neighbour.id, role }));

    expect(namesTold(await office.takeMail(), "approval-asked")).toEqual([neighbour.name]);
    const holder = await findPerson(office.db, neighbour.id);
    expect(await code(decide(id, "approve", holder as Person))).toBe("done");
    await office.act((tx) => withdrawRole(tx, administrator, office.setting(), { personId: neighbour.id, role }));
    await office.act((tx) => grantRole(tx, administrator, office.setting(), { personId: executive.id, role }));
  });

  it("an empty list of approvers is nobody; it lapses, and the requester is told", async () => {
    const { leadership, requester } = office.people;
    const id = await ask({ rules: { approvers: () => [] } });
    expect(await code(decide(id, "approve", leadership))).toBe("no-approvers");
    expect(await code(decide(id, "reject", leadership))).toBe("no-approvers");
    for (let strikes = 0; strikes < 3; strikes += 1) await strike(id);
    expect(await office.ticket(id)).toMatchObject({ state: "closed" });
    expect(namesTold(await office.takeMail(), "step-told")).toContain(requester.name);
  });
});

/** The clock strikes when that ticket has to be looked at next. */
async function strike(id: number): Promise<Date> {
  const { wakesAt } = await office.ticket(id);
  if (wakesAt === null) throw new Error(`the clock knows nothing of ticket ${id}`);
  await office.wake(wakesAt);
  return wakesAt;
}

describe("a request that nobody decides on", () => {
  it("is reminded of twice, lapses on behalf of leadership, and its old button is refused", async () => {
    const { leadership, requester } = office.people;
    const id = await ask({ now: wib("2026-11-23 14.00") });
    await office.takeMail();
    expect(await strike(id)).toEqual(wib("2026-11-25 14.00"));
    expect(await office.takeMail()).toContainEqual(
      expect.objectContaining({ to: leadership.name, kind: "approval-asked", ticketId: id, isReminder: true }),
    );
    expect(await strike(id)).toEqual(wib("2026-11-27 14.00"));
    await office.takeMail();
    expect(await strike(id)).toEqual(wib("2026-11-30 14.00"));

    expect(await office.ticket(id)).toMatchObject({ state: "closed", wakesAt: null });
    expect(await decisionsOf(id)).toEqual([[0, "leadership", null, "lapsed"]]);
    expect(namesTold(await office.takeMail(), "step-told")).toEqual([requester.name]);
    const late = { version: 1, now: wib("2026-11-30 14.01") };
    expect(await code(decide(id, "approve", leadership, late))).toBe("ticket-moved-on");
  });
});

describe("an exception in force", () => {
  it("is reminded of before its last day, and ends after it; both sides are told", async () => {
    const { leadership, requester } = office.people;
    const id = await ask({ answers: { until: "18-12-2026" } });
    await decide(id, "approve", leadership);
    await office.takeMail();

    expect(await strike(id)).toEqual(wib("2026-12-11 08.00"));
    let mail = await office.takeMail();
    expect(namesTold(mail, "step-told")).toEqual([requester.name]);
    expect(mail).toContainEqual(expect.objectContaining({ to: leadership.name, news: "term-ends-soon" }));
    expect(await office.ticket(id)).toMatchObject({ state: "in-force", wakesAt: wib("2026-12-19 00.00") });

    await office.wake(wib("2026-12-19 00.00")); // a Saturday: nobody is written to before Monday
    const { wakesAt } = await office.ticket(id);
    expect(wakesAt).toEqual(wib("2026-12-21 07.30"));
    await strike(id);
    mail = await office.takeMail();
    expect(await office.ticket(id)).toMatchObject({ state: "closed" });
    expect(namesTold(mail, "step-told")).toEqual([requester.name]);
    expect(mail).toContainEqual(expect.objectContaining({ to: leadership.name, news: "term-ended" }));
  });

  it("is not granted for a time that has passed", async () => {
    const id = await ask({ answers: { until: "besok" } });
    const late = { now: wib("2026-11-24 00.00") };
    expect(await code(decide(id, "approve", office.people.leadership, late))).toBe("term-passed");
    expect(await code(decide(id, "reject", office.people.leadership, late))).toBe("done");
  });
});

describe("the freeze", () => {
  const change = (by: Person, what: "set" | "lifted", now = morning) =>
    office.act((tx) => changeFreeze(tx, by, office.setting(now), { change: what, answers: reason }));

  it("stops approving and the clock, is announced, and is lifted by leadership only", async () => {
    const { leadership, helpDesk, itSupport, committee } = office.people;
    const id = await ask({ now: wib("2026-11-23 14.00") });
    await office.takeMail();
    expect(await change(itSupport, "set")).toMatchObject({ refusal: { code: "not-on-duty-or-leadership" } });
    expect(await change(helpDesk, "set")).toMatchObject({ refusal: { code: "not-on-duty-or-leadership" } });
    await office.act((tx) => beginShift(tx, helpDesk, office.setting()));
    expect((await change(helpDesk, "set", wib("2026-11-24 10.00"))).ok).toBe(true);
    const told = namesTold(await office.takeMail(), "freeze-changed");
    expect(told).toEqual(expect.arrayContaining([leadership.name, itSupport.name, committee.name]));
    expect(new Set(told).size).toBe(told.length);

    expect(await code(decide(id, "approve", leadership))).toBe("approvals-frozen");
    await office.wake(wib("2026-12-07 14.00"));
    expect(await office.ticket(id)).toMatchObject({ state: "awaiting-approval", wakesAt: wib("2026-12-07 15.00") });
    expect(namesTold(await office.takeMail(), "approval-asked")).toEqual([]);

    expect(await change(helpDesk, "lifted")).toMatchObject({ refusal: { code: "not-your-role" } });
    expect((await change(leadership, "lifted", wib("2026-12-07 14.30"))).ok).toBe(true);
    expect(await change(leadership, "lifted")).toMatchObject({ refusal: { code: "not-frozen" } });
    await office.wake(wib("2026-12-07 15.00"));
    expect(await code(decide(id, "approve", leadership, { now: wib("2026-12-07 15.01") }))).toBe("done");
  });

  it("lets a rejection pass", async () => {
    const { leadership } = office.people;
    const id = await ask();
    await change(leadership, "set");
    expect(await code(decide(id, "reject", leadership))).toBe("done");
    await change(leadership, "lifted");
  });

  it("is waited for by whoever approves at that moment: what it has announced holds", async () => {
    const { leadership } = office.people;
    const id = await ask();
    const [, approved] = await office.oneInTheOther(
      (tx) => changeFreeze(tx, leadership, office.setting(), { change: "set", answers: reason }),
      (tx) =>
        doStep(tx, leadership, office.setting(), { ticketId: id, step: "approve-exception", version: 1, answers: {} }),
    );
    expect(approved).toMatchObject({ refusal: { code: "approvals-frozen" } });
    await change(leadership, "lifted");
  });

  it("whose state cannot be read approves nothing, says under which reference, and is no fault", async () => {
    const { leadership } = office.people;
    const id = await ask();
    const reports: Record<string, unknown>[] = [];
    const input = { ticketId: id, step: "approve-exception", version: 1, answers: {} };
    await sql`alter table update_freeze rename to mislaid`.execute(office.database.owner);

    const refused = await office.act(async (tx) => {
      const report = (_: string, fields: object) => void reports.push({ ...fields });
      const outcome = await doStep(tx, leadership, { ...office.setting(), report }, input);
      await sql`select 1`.execute(tx); // the transaction goes on
      return outcome;
    });
    const freeze = await readFreeze(office.db);
    const setting = await change(leadership, "set");
    const rejected = await code(decide(id, "reject", leadership));
    await sql`alter table mislaid rename to update_freeze`.execute(office.database.owner);

    expect(refused).toMatchObject({
      refusal: { code: "freeze-unreadable", values: { reference: expect.any(String) } },
    });
    expect(reports).toEqual([
      { reference: refused.ok ? "" : refused.refusal.values.reference, fault: expect.stringContaining("42P01") },
    ]);
    expect(freeze.state).toBe("unreadable");
    expect(setting).toMatchObject({ refusal: { code: "freeze-unreadable" } });
    expect(rejected).toBe("done");
    expect((await findApproval(office.db, await office.ticket(id), { zone: "Asia/Jakarta" }))?.decisions).toHaveLength(
      1,
    );
  });
});

it("the clock that comes late makes up for one reminder only", async () => {
  const id = await ask({ now: wib("2026-11-23 14.00") });
  await office.wake(wib("2026-12-04 14.00"));
  expect(await office.ticket(id)).toMatchObject({
    state: "awaiting-approval",
    wakesAt: minutesAfter(wib("2026-12-07 14.00"), 0),
  });
});
