import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { followIncidents } from "../../../../core/actions/monitoring/follow-incidents.ts";
import { joinOutage } from "../../../../core/actions/monitoring/join-outage.ts";
import { endMaintenance, planMaintenance } from "../../../../core/actions/monitoring/maintenance-windows.ts";
import { openIncident } from "../../../../core/actions/monitoring/open-incident.ts";
import { sayCause } from "../../../../core/actions/monitoring/outage-cause.ts";
import { takeOutage } from "../../../../core/actions/monitoring/take-outage.ts";
import { removeTarget } from "../../../../core/actions/monitoring/targets.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { takeBackStep } from "../../../../core/actions/ticket/take-back-step.ts";
import { takeTicket } from "../../../../core/actions/ticket/take-ticket.ts";
import { writeMessage } from "../../../../core/actions/ticket/write-message.ts";
import {
  countAffected,
  findIncidentOf,
  findIncidentSince,
  listBehind,
} from "../../../../core/db/monitoring/incidents.ts";
import { listKnownOutages } from "../../../../core/db/monitoring/known-outages.ts";
import { listWindowsAt } from "../../../../core/db/monitoring/maintenance-windows.ts";
import { listStandingAlerts } from "../../../../core/db/monitoring/monitor-alerts.ts";
import { findTarget } from "../../../../core/db/monitoring/monitor-targets.ts";
import { findOpenOutage } from "../../../../core/db/monitoring/outages.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import { searchPeople } from "../../../../core/db/people/people.ts";
import { listAttachments } from "../../../../core/db/ticket/attachments.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import { saveCard } from "../../../../core/db/ticket/ticket-cards.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { accepted } from "../../../support/ipam.ts";
import { testMonitoring } from "../../../support/monitoring-rules.ts";
import { type ComplaintName, chatOf, openOffice, type TestOffice } from "../../../support/office.ts";
import { second, withTargets } from "../../../support/watched.ts";

const monitoring = { ...testMonitoring, opensIncidents: true, incidentAfterMinutes: 5 };

let office: TestOffice;
let watched: ReturnType<typeof withTargets>;
let behind: Person;
beforeAll(async () => {
  office = await openOffice();
  watched = withTargets(office, { monitoring });
  behind = await office.hire(["user"], { office: "Dinkes" });
});
afterAll(() => office.close());
beforeEach(async () => {
  await office.act((tx) =>
    sql`update ticket set ended_at = now(), holder = null, assignee_id = null, wakes_at = null where ended_at is null`.execute(
      tx,
    ),
  );
  await office.act((tx) =>
    sql`update outage set ended_at = greatest(now(), started_at) where ended_at is null`.execute(tx),
  );
  await office.act((tx) => sql`update monitor_target set removed_at = now() where removed_at is null`.execute(tx));
  await office.act((tx) => sql`delete from monitor_alert`.execute(tx));
  await office.takeMail();
});

let names = 0;
const nameOf = (what: string) => {
  names += 1;
  return `${what} ${names}`;
};

/** Something that is down from second 60 on, certain at 63. */
async function cut(options: Parameters<typeof watched.put>[1] = {}) {
  const { targetId, checkId } = await watched.put(nameOf("Link"), { kind: "link", ...options });
  await watched.record(0, { up: [checkId] });
  await watched.record(60, { down: [checkId] });
  await watched.record(63, { down: [checkId] });
  await office.takeMail();
  return { targetId, checkId };
}

/** It is looked at around that second. Until then it is asked each half minute, as it is. */
async function follow(seconds: number, rules: Partial<typeof monitoring> = {}): Promise<void> {
  const setting = office.setting(second(seconds), { monitoring: { ...monitoring, ...rules } });
  await office.act((tx) => followIncidents(tx, setting));
}

async function outageOf(targetId: number) {
  const outage = await findOpenOutage(office.db, targetId);
  if (outage === undefined) throw new Error(`target ${targetId} has no outage`);
  return outage;
}

const ticketOf = async (targetId: number) => (await findIncidentOf(office.db, (await outageOf(targetId)).id))?.ticketId;

/** A lasting outage with its ticket. */
async function incident(options: Parameters<typeof watched.put>[1] = {}) {
  const target = await cut(options);
  await follow(364);
  const ticketId = await ticketOf(target.targetId);
  if (ticketId === undefined) throw new Error("no ticket was opened");
  return { ...target, ticketId, outageId: (await outageOf(target.targetId)).id };
}

/** All that were opened of it. */
async function ticketsOf(targetId: number): Promise<number[]> {
  const opened = await office.db
    .selectFrom("ticket")
    .innerJoin("outage", "outage.id", "ticket.outage_id")
    .select("ticket.id")
    .where("outage.target_id", "=", targetId)
    .execute();
  return opened.map(({ id }) => id);
}

/** Down for a part of each round, and up for the other, 12 rounds of 100 s. */
async function flap(checkId: number, from: number, rules: Partial<typeof monitoring> = {}): Promise<void> {
  for (let begin = from; begin < from + 1_200; begin += 100) {
    for (const at of [begin, begin + 3, begin + 30]) await watched.record(at, { down: [checkId] });
    await follow(begin + 40, rules);
    for (const at of [begin + 50, begin + 53, begin + 80]) await watched.record(at, { up: [checkId] });
    await follow(begin + 90, rules);
  }
}

const join = (person: Person, outageId: number, seconds = 400) =>
  office.act((tx) => joinOutage(tx, person, office.setting(second(seconds), { monitoring }), { outageId }));

const mailOf = async (kind: string) => (await office.takeMail()).filter((mail) => mail.kind === kind);

/** Who does the steps of R03 here. */
const doers: Record<string, Role> = {
  ...{ "issue-work-order": "help-desk", "ask-requester": "it-support" },
  ...{ "forward-to-infrastructure": "it-support", "record-repair": "infrastructure" },
  ...{ "network-repaired": "infrastructure", close: "help-desk" },
};

const withWords = ["record-repair", "ask-requester", "close"];

async function walkTo(ticketId: number, steps: readonly string[], now: Date): Promise<void> {
  for (const step of steps) {
    const answers: Answers = withWords.includes(step) ? { note: "Kabel diganti." } : {};
    const done = await office.stepAs(ticketId, step, doers[step] ?? "help-desk", answers, now);
    expect([step, done]).toMatchObject([step, { ok: true }]);
  }
}

const toQuestion = [
  ...["issue-work-order", "forward-to-infrastructure", "record-repair", "network-repaired", "ask-requester"],
];

describe("a ticket that an outage opens by itself", () => {
  test("comes when it has lasted for so long, once, with the first miss as the time of the event", async () => {
    const { targetId } = await cut({ officeCode: "Disdukcapil", answers: { "link-kind": "closed" } });
    await follow(362);
    expect(await ticketOf(targetId)).toBeUndefined();
    await follow(363);
    const ticketId = (await ticketOf(targetId)) ?? 0;
    const disdukcapil = await findOfficeByCode(office.db, "Disdukcapil");
    expect(await office.ticket(ticketId)).toMatchObject({
      ...{ procedure: "internet-trouble", state: "filed", holder: "help-desk", channel: "monitor" },
      ...{ subject: (await findTarget(office.db, targetId))?.name, answers: { connection: "intranet" } },
      ...{ occurredAt: second(60), reportedAt: second(363), officeId: disdukcapil.id },
    });
    expect(await mailOf("ticket-card")).toMatchObject([
      { to: "Rosmaida Ritonga", ticketId, news: "arrived" },
      { to: "Saut Pardede", ticketId, news: "arrived" },
    ]);
    await follow(368);
    expect(await ticketOf(targetId)).toBe(ticketId);
    expect(await office.takeMail()).toEqual([]);
  });

  test("is of R01 for an application, and of the IT office for what is everybody's", async () => {
    const { ticketId } = await incident({ kind: "application" });
    const it = await findOfficeByCode(office.db, "Diskominfo");
    const ticket = await office.ticket(ticketId);
    expect(ticket).toMatchObject({ procedure: "application-trouble", officeId: it.id });
    expect(ticket.subject).toBe(ticket.answers.application);
  });

  test("is one for one cause, and names what lies behind it", async () => {
    const router = await watched.put(nameOf("Router"));
    const site = await watched.put("Kantor di belakang", {
      kind: "site",
      behind: router.targetId,
      officeCode: "Dinkes",
    });
    const all = [router.checkId, site.checkId];
    await watched.record(0, { up: all });
    for (const seconds of [60, 63]) await watched.record(seconds, { down: all });
    await follow(600);
    expect(await ticketOf(router.targetId)).toBeDefined();
    expect(await ticketOf(site.targetId)).toBeUndefined();
    expect(await listBehind(office.db, await outageOf(router.targetId))).toMatchObject([
      { name: "Kantor di belakang" },
    ]);
  });

  test("is none where the profile says so, in maintenance, while it goes up and down, or when nobody knows", async () => {
    const { targetId, checkId } = await cut();
    await follow(900, { opensIncidents: false });
    expect(await ticketOf(targetId)).toBeUndefined();

    const { infrastructure } = office.people;
    const answers = { until: "besok 15.00", reason: "Ganti router" };
    await office.act((tx) => planMaintenance(tx, infrastructure, office.setting(second(901)), { targetId, answers }));
    await follow(902);
    expect(await ticketOf(targetId)).toBeUndefined();
    const [window] = await listWindowsAt(office.db, second(903));
    const input = { windowId: window?.id ?? 0 };
    await office.act((tx) => endMaintenance(tx, infrastructure, office.setting(second(903)), input));

    await office.db
      .updateTable("monitor_target_state")
      .set({ is_flapping: true })
      .where("target_id", "=", targetId)
      .execute();
    await follow(904);
    expect(await ticketOf(targetId)).toBeUndefined();
    await office.db
      .updateTable("monitor_target_state")
      .set({ is_flapping: false })
      .where("target_id", "=", targetId)
      .execute();

    await watched.look(905);
    expect((await watched.states()).get(targetId)).toBe("unknown");
    await follow(906);
    expect(await ticketOf(targetId)).toBeUndefined();

    await watched.record(920, { down: [checkId] });
    await watched.record(923, { down: [checkId] });
    await follow(924);
    expect(await ticketOf(targetId)).toBeDefined();
  });

  test("is the only one of its outage, whoever opens another", async () => {
    const { targetId } = await incident();
    const outage = await outageOf(targetId);
    await expect(office.act((tx) => openIncident(tx, office.setting(), outage))).rejects.toThrow(
      /ticket_outage_id_key/,
    );
  });

  test("goes on with the next outage of the same target while it is open, and tells of that one's end too", async () => {
    const { targetId, checkId, ticketId, outageId } = await incident({ officeCode: "Disdukcapil" });
    const { requester, neighbour } = office.people;
    expect(await join(requester, outageId)).toMatchObject({ ok: true });
    for (const seconds of [400, 403]) await watched.record(seconds, { up: [checkId] });
    await follow(410);
    for (const seconds of [500, 503]) await watched.record(seconds, { down: [checkId] });
    await follow(900);
    const { id: next } = await outageOf(targetId);
    expect(next).not.toBe(outageId);
    expect(await findIncidentOf(office.db, next)).toMatchObject({ ticketId, startedAt: second(500), endedAt: null });
    expect(await join(neighbour, next, 901)).toEqual({ ok: true, value: ticketId });
    expect(await countAffected(office.db, next)).toEqual([{ officeCode: "Disdukcapil", people: 2 }]);
    // What was told of the former one keeps its number.
    const during = (from: number, until: number) =>
      findIncidentSince(office.db, targetId, { since: second(from), until: second(until) });
    expect(await during(60, 400)).toMatchObject({ ticketId });
    expect(await during(0, 59)).toBeUndefined();

    await office.takeMail();
    for (const seconds of [1000, 1003]) await watched.record(seconds, { up: [checkId] });
    for (const seconds of [1010, 1015]) await follow(seconds);
    // Who was told when the former one was over is not told again.
    expect(await mailOf("incident-restored")).toMatchObject([{ to: neighbour.name, ticketId }]);
    const entries = await listEntries(office.db, ticketId, { offset: 0, limit: 9, withInternalNotes: true });
    expect(entries.filter(({ kind }) => kind === "restored")).toHaveLength(2);
    expect(await ticketsOf(targetId)).toEqual([ticketId]);
  });

  test("is a new one where the former is being closed in that moment", async () => {
    const { targetId, checkId, ticketId } = await incident();
    for (const seconds of [400, 403]) await watched.record(seconds, { up: [checkId] });
    for (const seconds of [500, 503]) await watched.record(seconds, { down: [checkId] });
    const setting = office.setting(second(900), { monitoring });
    await office.oneInTheOther(
      (tx) => sql`update ticket set ended_at = ${second(899)}, holder = null where id = ${ticketId}`.execute(tx),
      (tx) => followIncidents(tx, setting),
    );
    const next = (await ticketOf(targetId)) ?? 0;
    expect(next).toBeGreaterThan(ticketId);
    expect((await office.ticket(next)).endedAt).toBeNull();
  });

  test("is none of a link that goes up and down, and what was told of it is one message", async () => {
    const { targetId, checkId } = await watched.put(nameOf("Link"), { kind: "link" });
    await watched.record(0, { up: [checkId] });
    await flap(checkId, 60);
    await office.takeMail();
    await flap(checkId, 1_260);
    expect((await office.takeMail()).filter(({ edits }) => edits === undefined)).toEqual([]);
    expect(await listStandingAlerts(office.db)).toMatchObject([{ rootId: targetId, kind: "flapping" }]);
    expect(await ticketsOf(targetId)).toEqual([]);
  });

  test("stays the only one when it goes up and down, closed or not; who joined hears of the first return alone", async () => {
    const { targetId, checkId, ticketId, outageId } = await incident();
    const { requester } = office.people;
    expect(await join(requester, outageId)).toMatchObject({ ok: true });
    await office.takeMail();
    await flap(checkId, 500, { incidentAfterMinutes: 0 });
    const mail = await office.takeMail();
    expect(mail.filter(({ kind }) => kind === "incident-restored")).toMatchObject([{ to: requester.name }]);
    expect(mail.filter(({ news }) => news === "arrived")).toEqual([]);
    await office.act((tx) =>
      sql`update ticket set ended_at = ${second(1_700)}, holder = null where id = ${ticketId}`.execute(tx),
    );
    await flap(checkId, 1_700, { incidentAfterMinutes: 0 });
    expect(await ticketsOf(targetId)).toEqual([ticketId]);
  });

  test("is none of what lies behind, and comes back a little later", async () => {
    const trunk = await watched.put(nameOf("Trunk"), { kind: "link" });
    const site = await watched.put(nameOf("Kantor"), { kind: "site", behind: trunk.targetId });
    const all = [trunk.checkId, site.checkId];
    await watched.record(0, { up: all });
    for (const seconds of [60, 63]) await watched.record(seconds, { down: all });
    await follow(600);
    for (const seconds of [610, 613, 640, 645, 650]) {
      await watched.record(seconds, { up: [trunk.checkId], down: [site.checkId] });
      await follow(seconds + 1);
    }
    expect(await ticketsOf(site.targetId)).toEqual([]);
    for (let seconds = 680; seconds < 900; seconds += 30) {
      await watched.record(seconds, { up: [trunk.checkId], down: [site.checkId] });
    }
    await follow(909);
    expect(await ticketsOf(site.targetId)).toEqual([]);
    await follow(910);
    expect(await ticketsOf(site.targetId)).toHaveLength(1);
  });

  test("that cannot be filed keeps no other from being filed, and is named", async () => {
    const bad = await cut();
    const good = await cut();
    await sql`alter table ticket add constraint refused check (outage_id <> ${sql.lit((await outageOf(bad.targetId)).id)})`.execute(
      office.database.owner,
    );
    const setting = office.setting(second(364), { monitoring });
    try {
      expect(await office.act((tx) => followIncidents(tx, setting))).toEqual([
        expect.objectContaining({ code: "23514" }),
      ]);
    } finally {
      await sql`alter table ticket drop constraint refused`.execute(office.database.owner);
    }
    expect(await ticketOf(bad.targetId)).toBeUndefined();
    expect(await ticketOf(good.targetId)).toBeDefined();
  });

  test("has a requester who is in no list of people", async () => {
    const { ticketId } = await incident();
    const { requesterId } = await office.ticket(ticketId);
    const found = await searchPeople(office.db, "Simpul", { offset: 0, limit: 10 });
    expect(found.map(({ id }) => id)).not.toContain(requesterId);
    expect((await office.ticket((await incident()).ticketId)).requesterId).toBe(requesterId);
  });

  test("is seen by the officer of its office, who speaks for it", async () => {
    const officer = await office.hire(["user", "system-officer"], { office: "Dinkes" });
    const { ticketId } = await incident({ officeCode: "Dinkes" });
    const told = (await office.takeMail()).filter(({ news }) => news === "office-filed");
    expect(told).toMatchObject([{ to: officer.name, ticketId }]);
    await walkTo(ticketId, toQuestion, second(500));
    expect(await mailOf("step-told")).toMatchObject([{ to: officer.name }]);
    expect(await office.step(ticketId, "confirm-resolved", officer, {}, second(501))).toMatchObject({ ok: true });
    await office.act((tx) => sql`delete from person_role where person_id = ${officer.id}`.execute(tx));
  });
});

describe("the way through R03", () => {
  test("goes to its end: what answers again confirms it, and all who joined are told once", async () => {
    const { ticketId, outageId, checkId } = await incident({ officeCode: "Disdukcapil" });
    const { requester, neighbour } = office.people;
    for (const person of [requester, neighbour]) expect(await join(person, outageId)).toMatchObject({ ok: true });
    await walkTo(ticketId, toQuestion, second(500));
    await office.takeMail();
    await follow(501);
    expect((await office.ticket(ticketId)).state).toBe("awaiting-confirmation");

    for (const seconds of [600, 603]) await watched.record(seconds, { up: [checkId] });
    await follow(605);
    expect(await office.ticket(ticketId)).toMatchObject({ state: "ready-to-close", holder: "help-desk" });
    const entries = await listEntries(office.db, ticketId, { offset: 0, limit: 2, withInternalNotes: true });
    expect(entries).toMatchObject([
      { kind: "step", step: "confirm-restored", personId: null, role: "help-desk" },
      { kind: "restored", personId: null },
    ]);
    expect(await mailOf("incident-restored")).toMatchObject([
      { to: requester.name, ticketId },
      { to: neighbour.name, ticketId },
    ]);
    await follow(606);
    expect(await office.takeMail()).toEqual([]);

    await walkTo(ticketId, ["close"], second(700));
    expect(await mailOf("incident-over")).toMatchObject([
      { to: requester.name, ticketId },
      { to: neighbour.name, ticketId },
    ]);
    await follow(800);
    expect(await office.takeMail()).toEqual([]);
    // Taken back and closed once more, it tells nobody again.
    const { helpDesk } = office.people;
    const [closing] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    const takingBack = { ticketId, entryId: closing?.id ?? 0, note: "Salah tekan." };
    const taken = await office.act((tx) => takeBackStep(tx, helpDesk, office.setting(second(810)), takingBack));
    expect(taken.ok).toBe(true);
    await walkTo(ticketId, ["close"], second(820));
    expect((await office.ticket(ticketId)).state).toBe("closed");
    expect(await mailOf("incident-over")).toEqual([]);
  });

  test.each<["link" | "application", Answers]>([
    ["link", {}],
    ["application", { "suspected-place": "unknown" }],
  ])("asks nobody whether it is down, with the work order of: %s", async (kind, answers) => {
    const { ticketId } = await incident({ kind });
    await office.takeMail();
    const issued = await office.stepAs(ticketId, "issue-work-order", "help-desk", answers, second(500));
    expect(issued).toMatchObject({ ok: true, value: { ticket: { state: "locating-fault" } } });
    expect(await office.ticket(ticketId)).toMatchObject({ state: "locating-fault", holder: "it-support" });
    const [done] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(done).toMatchObject({ kind: "step", step: "outage-detected", personId: null, role: "it-support" });
    const arrived = (await mailOf("ticket-card")).filter(({ edits }) => edits === undefined);
    expect(arrived.map(({ to, news }) => `${to} ${news}`)).toEqual(["Andika Lubis arrived", "Bayu Nasution arrived"]);
  });

  test("asks it where somebody reopens the ticket: that is a complaint", async () => {
    const officer = await office.hire(["user", "system-officer"], { office: "Dinkes" });
    const { ticketId } = await incident({ officeCode: "Dinkes" });
    await walkTo(ticketId, toQuestion, second(500));
    expect(await office.step(ticketId, "confirm-resolved", officer, {}, second(501))).toMatchObject({ ok: true });
    await walkTo(ticketId, ["close"], second(502));
    const note = { note: "Masih putus-putus." };
    expect(await office.step(ticketId, "reopen", officer, note, second(600))).toMatchObject({ ok: true });
    await walkTo(ticketId, ["issue-work-order"], second(700));
    expect((await office.ticket(ticketId)).state).toBe("analysing");
    await office.act((tx) => sql`delete from person_role where person_id = ${officer.id}`.execute(tx));
  });

  test.each(["reopens it", "says at once that it is still bad"])(
    "asks who %s though it answers, and a machine confirms nothing",
    async (how) => {
      const officer = await office.hire(["user", "system-officer"], { office: "Dinkes" });
      const { ticketId, checkId } = await incident({ officeCode: "Dinkes" });
      await walkTo(ticketId, toQuestion, second(500));
      for (const seconds of [600, 603]) await watched.record(seconds, { up: [checkId] });
      const note = { note: "Masih putus-putus." };
      if (how === "reopens it") {
        await follow(605);
        await walkTo(ticketId, ["close"], second(610));
        expect(await office.step(ticketId, "reopen", officer, note, second(620))).toMatchObject({ ok: true });
        await walkTo(ticketId, [...toQuestion.slice(0, 1)], second(630));
        expect(await office.stepAs(ticketId, "complaint-is-valid", "it-support", {}, second(631))).toMatchObject({
          ok: true,
        });
      } else {
        expect(await office.step(ticketId, "report-still-bad", officer, note, second(604))).toMatchObject({ ok: true });
        await follow(605);
      }
      await office.takeMail();
      await walkTo(ticketId, toQuestion.slice(1), second(640));
      expect(await mailOf("step-told")).toMatchObject([{ to: officer.name, ticketId }]);
      await follow(645);
      expect((await office.ticket(ticketId)).state).toBe("awaiting-confirmation");
      expect(await office.step(ticketId, "confirm-resolved", officer, {}, second(650))).toMatchObject({ ok: true });
      await office.act((tx) => sql`delete from person_role where person_id = ${officer.id}`.execute(tx));
    },
  );

  test("is told of the restoration while it is worked on; who works on it reads it, and nobody is asked then", async () => {
    const { ticketId, checkId } = await incident();
    await walkTo(ticketId, toQuestion.slice(0, -1), second(500));
    await office.takeMail();
    for (const seconds of [600, 603]) await watched.record(seconds, { up: [checkId] });
    await office.takeMail();
    await follow(605);
    await follow(610);
    expect(await mailOf("ticket-card")).toMatchObject([{ to: "Andika Lubis", ticketId, news: "restored" }]);
    const entries = await listEntries(office.db, ticketId, { offset: 0, limit: 20, withInternalNotes: true });
    expect(entries.filter(({ kind }) => kind === "restored")).toHaveLength(1);
    await walkTo(ticketId, ["ask-requester"], second(620));
    expect((await office.takeMail()).map(({ kind }) => kind)).not.toContain("phone-requester");
    await follow(625);
    expect((await office.ticket(ticketId)).state).toBe("ready-to-close");
  });

  test("is answered by the help desk where it does not answer, and what is down again confirms nothing", async () => {
    const { ticketId, checkId } = await incident();
    await walkTo(ticketId, toQuestion, second(500));
    expect(await mailOf("phone-requester")).toMatchObject([{ ticketId }, { ticketId }]);
    for (const seconds of [600, 603]) await watched.record(seconds, { up: [checkId] });
    for (const seconds of [610, 613]) await watched.record(seconds, { down: [checkId] });
    await follow(614);
    expect((await office.ticket(ticketId)).state).toBe("awaiting-confirmation");
    const byPhone = { note: "Kata kantornya normal." };
    const done = await office.step(ticketId, "confirm-resolved-by-phone", office.people.helpDesk, byPhone, second(620));
    expect(done).toMatchObject({ ok: true });
  });
});

describe("who takes care of it", () => {
  const standing = async (targetId: number) => {
    const alert = (await listStandingAlerts(office.db)).find(({ rootId }) => rootId === targetId);
    if (alert === undefined) throw new Error(`nothing was told of target ${targetId}`);
    return alert;
  };
  const editedKinds = async () => (await office.takeMail()).filter(({ edits }) => edits).map(({ kind }) => kind);

  test("is on the card and in what was told: both are edited by either", async () => {
    const { targetId, checkId } = await watched.put(nameOf("Link"), { kind: "link" });
    await watched.record(0, { up: [checkId] });
    for (const seconds of [60, 63]) await watched.record(seconds, { down: [checkId] });
    await follow(364);
    await office.deliver();
    const ticketId = (await ticketOf(targetId)) ?? 0;
    const { itSupport, helpDesk, infrastructure } = office.people;
    await office.act((tx) => saveCard(tx, { chatId: chatOf(helpDesk), ticketId, messageId: 1 }));
    const { id: alertId } = await standing(targetId);
    await office.act((tx) => takeOutage(tx, infrastructure, office.setting(second(400)), { alertId }));
    expect(new Set(await editedKinds())).toEqual(new Set(["ticket-card", "outage-told"]));

    const taking = { ticketId, fromPersonId: null };
    await office.act((tx) => takeTicket(tx, helpDesk, office.setting(second(410)), taking));
    expect(await editedKinds()).toContain("outage-told");
    const { id: outageId } = await outageOf(targetId);
    const cause = { outageId, cause: "power", former: null } as const;
    await office.act((tx) => sayCause(tx, infrastructure, office.setting(second(420)), cause));
    expect(await editedKinds()).toContain("ticket-card");
    // Of a ticket without an outage nothing else is edited.
    const other = await office.file({ procedure: "internet-trouble" });
    await office.step(other, "issue-work-order", helpDesk);
    await office.deliver();
    await office.act((tx) => takeTicket(tx, itSupport, office.setting(second(430)), { ...taking, ticketId: other }));
    expect(await editedKinds()).not.toContain("outage-told");
  });

  test("is not reminded of while somebody works on the ticket", async () => {
    const { targetId, checkId, ticketId } = await incident();
    const { helpDesk } = office.people;
    await office.act((tx) => takeTicket(tx, helpDesk, office.setting(second(400)), { ticketId, fromPersonId: null }));
    await office.takeMail();
    for (const seconds of [3_690, 3_693]) await watched.record(seconds, { down: [checkId] });
    await watched.look(3_701);
    expect(await mailOf("outage-told")).toEqual([]);
    expect(await standing(targetId)).toMatchObject({ workedBy: helpDesk.id, acknowledgedBy: null });
    const issued = await office.stepAs(ticketId, "issue-work-order", "help-desk", {}, second(3_702));
    expect(issued).toMatchObject({ ok: true });
    await office.takeMail();
    await watched.look(3_705);
    expect(await mailOf("outage-told")).toMatchObject([{ isReminder: true }]);
  });
});

describe("a complaint that is filed although the outage is known", () => {
  const knownTo = async (by: Person, procedure: ComplaintName = "internet-trouble", seconds = 400) =>
    listKnownOutages(office.db, await office.file({ by, procedure, now: second(seconds) }));

  test("keeps what was down by then, with or without a ticket; other complaints, and other offices', keep nothing", async () => {
    const { targetId, checkId } = await cut({ officeCode: "Disdukcapil" });
    const { requester } = office.people;
    const outage = { targetId, startedAt: second(60), endedAt: null };
    expect(await knownTo(requester, "internet-trouble", 100)).toMatchObject([outage]);
    await follow(364);
    expect(await knownTo(requester)).toMatchObject([outage]);
    expect(await knownTo(requester, "short-request")).toEqual([]);
    expect(await knownTo(behind)).toEqual([]);
    for (const seconds of [500, 503]) await watched.record(seconds, { up: [checkId] });
    expect(await knownTo(requester, "internet-trouble", 510)).toEqual([]);
  });

  test("is of the office of whoever phoned", async () => {
    const { targetId } = await cut({ officeCode: "Dinkes" });
    const { helpDesk } = office.people;
    const onBehalf = { channel: "phone", reporter: { personId: behind.id }, contact: "0812-3456-7890" } as const;
    const answers = { connection: "internet", place: "Aula", description: "Putus.", "occurred-at": "08.30" };
    const input = { procedure: "internet-trouble", answers, draftId: 0, onBehalf };
    const filed = await office.act((tx) => fileTicket(tx, helpDesk, office.setting(second(100)), input));
    expect(await listKnownOutages(office.db, accepted(filed))).toMatchObject([{ targetId }]);
  });

  test("says so anew when the outage gets its ticket, and when it is over", async () => {
    const { checkId } = await cut({ officeCode: "Disdukcapil" });
    const { requester, helpDesk } = office.people;
    const filed = { by: requester, procedure: "internet-trouble", now: second(100) } as const;
    const ticketId = await office.file(filed);
    await office.act((tx) => saveCard(tx, { chatId: chatOf(helpDesk), ticketId, messageId: 1 }));
    await office.deliver();
    const edited = async () => (await mailOf("ticket-card")).filter((mail) => mail.edits && mail.ticketId === ticketId);
    await follow(364);
    expect(await edited()).toMatchObject([{ to: helpDesk.name }]);
    for (const seconds of [500, 503]) await watched.record(seconds, { up: [checkId] });
    await follow(505);
    expect(await edited()).toMatchObject([{ to: helpDesk.name }]);
  });
});

describe("joining", () => {
  test("is once for a person, with their office; the desk reads how many", async () => {
    const { ticketId, outageId } = await incident({ officeCode: "Disdukcapil" });
    const { requester, neighbour } = office.people;
    expect(await join(requester, outageId)).toEqual({ ok: true, value: ticketId });
    expect(await join(requester, outageId)).toMatchObject({
      refusal: { code: "affected-already", values: { ticketId } },
    });
    const both = await office.atOnce(
      (tx) => joinOutage(tx, neighbour, office.setting(second(401)), { outageId }),
      (tx) => joinOutage(tx, neighbour, office.setting(second(401)), { outageId }),
    );
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await countAffected(office.db, outageId)).toEqual([{ officeCode: "Disdukcapil", people: 2 }]);
  });

  test("makes a reply arrive: without anybody to read it, it is refused; files alone are none", async () => {
    const { ticketId, outageId } = await incident({ officeCode: "Disdukcapil" });
    const { requester, neighbour, helpDesk } = office.people;
    const reply = (input: { text?: string; draftId?: number }) =>
      office.act((tx) =>
        writeMessage(tx, helpDesk, office.setting(second(410)), { ticketId, kind: "reply", ...input }),
      );
    expect(await reply({ text: "Kabel putus." })).toMatchObject({ refusal: { code: "nobody-affected" } });
    for (const person of [requester, neighbour]) expect(await join(person, outageId)).toMatchObject({ ok: true });
    await office.takeMail();
    const draftId = await office.draftWithLetter(helpDesk);
    expect(await reply({ draftId })).toMatchObject({ refusal: { code: "text-empty" } });
    expect(await reply({ text: "Kabel putus." })).toMatchObject({ ok: true });
    expect(await mailOf("reply-received")).toMatchObject([
      { to: requester.name, ticketId },
      { to: neighbour.name, ticketId },
    ]);
  });

  test("is for who is behind the cause, and for nobody else", async () => {
    const router = await watched.put(nameOf("Router"), { officeCode: "Disdukcapil" });
    const site = await watched.put(nameOf("Kantor"), { kind: "site", behind: router.targetId, officeCode: "Dinkes" });
    const all = [router.checkId, site.checkId];
    await watched.record(0, { up: all });
    for (const seconds of [60, 63]) await watched.record(seconds, { down: all });
    const { id: outageId } = await outageOf(router.targetId);
    expect(await join(behind, outageId)).toMatchObject({ ok: true });
    expect(await join(office.people.helpDesk, outageId)).toMatchObject({ refusal: { code: "outage-of-others" } });
  });

  test("opens the ticket where there is none yet, also where the profile opens none by itself", async () => {
    const { targetId } = await cut({ officeCode: "Disdukcapil" });
    const { id: outageId } = await outageOf(targetId);
    const setting = office.setting(second(100), { monitoring: testMonitoring });
    const joined = await office.act((tx) => joinOutage(tx, office.people.requester, setting, { outageId }));
    expect(joined).toEqual({ ok: true, value: await ticketOf(targetId) });
    await follow(700);
    expect(joined).toEqual({ ok: true, value: await ticketOf(targetId) });
  });

  test("of one that is over, that is closed, or that never was says so", async () => {
    const { requester } = office.people;
    const { outageId, checkId } = await incident();
    for (const seconds of [500, 503]) await watched.record(seconds, { up: [checkId] });
    expect(await join(requester, outageId)).toMatchObject({ refusal: { code: "outage-is-over" } });
    expect(await join(requester, 4_000_000)).toMatchObject({ refusal: { code: "outage-is-over" } });

    const closed = await incident();
    await office.act((tx) =>
      sql`update ticket set ended_at = now(), holder = null where id = ${closed.ticketId}`.execute(tx),
    );
    expect(await join(requester, closed.outageId)).toMatchObject({ refusal: { code: "incident-ended" } });

    const gone = await incident();
    const target = await findTarget(office.db, gone.targetId);
    const { infrastructure } = office.people;
    const removing = { targetId: gone.targetId, version: target?.version ?? 0 };
    await office.act((tx) => removeTarget(tx, infrastructure, office.setting(second(500)), removing));
    expect(await join(requester, gone.outageId)).toMatchObject({ refusal: { code: "outage-is-over" } });
  });

  test("brings what was entered and its files to the desk, and to nobody else", async () => {
    const { requester } = office.people;
    const { ticketId, outageId } = await incident({ officeCode: "Disdukcapil" });
    const draftId = await office.draftWithLetter(requester);
    const begun = {
      draftId,
      answers: { connection: "internet", place: "Aula", description: "Tidak bisa buka apa-apa." },
    };
    const joined = await office.act((tx) =>
      joinOutage(tx, requester, office.setting(second(400)), { outageId, begun }),
    );
    expect(joined.ok).toBe(true);
    const forDesk = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(forDesk).toMatchObject([
      { kind: "affected", personName: requester.name, answers: { note: "Aula\nTidak bisa buka apa-apa." } },
    ]);
    const others = await listEntries(office.db, ticketId, { offset: 0, limit: 9, withInternalNotes: false });
    expect(others.map(({ kind }) => kind)).toEqual(["filed"]);
    expect(await listAttachments(office.db, ticketId, { withInternalNotes: true })).toHaveLength(1);
    expect(await listAttachments(office.db, ticketId, { withInternalNotes: false })).toEqual([]);
  });

  test("is noted for somebody else by the help desk alone, who stands in the journal; they are told, also of the end", async () => {
    const { ticketId, outageId, checkId } = await incident({ officeCode: "Disdukcapil" });
    const { helpDesk, infrastructure, itSupport, requester, neighbour } = office.people;
    const note = (by: Person, personId: number) =>
      office.act((tx) => joinOutage(tx, by, office.setting(second(400), { monitoring }), { outageId, personId }));
    await office.takeMail();
    for (const by of [infrastructure, itSupport, neighbour, { ...helpDesk, isActive: false }])
      expect(await note(by, requester.id)).toMatchObject({ refusal: { code: "not-your-role" } });
    expect(await note(helpDesk, behind.id)).toMatchObject({ refusal: { code: "outage-not-of-reporter" } });
    expect(await note(helpDesk, 4_000_000)).toMatchObject({ refusal: { code: "no-such-person" } });
    expect(await countAffected(office.db, outageId)).toEqual([]);

    expect(await note(helpDesk, requester.id)).toEqual({ ok: true, value: ticketId });
    expect(await mailOf("outage-joined")).toMatchObject([{ to: requester.name, outageId }]);
    expect(await note(helpDesk, requester.id)).toMatchObject({
      refusal: { code: "reporter-affected-already", values: { ticketId } },
    });
    const noted = await office.db
      .selectFrom("journal")
      .select(["actor_id", "details"])
      .where("event", "=", "outage-joined")
      .orderBy("id", "desc")
      .executeTakeFirst();
    expect(noted).toMatchObject({ actor_id: helpDesk.id, details: { outageId, personId: requester.id } });
    const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(entry).toMatchObject({ kind: "affected", personName: requester.name });

    for (const seconds of [500, 503]) await watched.record(seconds, { up: [checkId] });
    await follow(510);
    expect(await mailOf("incident-restored")).toMatchObject([{ to: requester.name, ticketId }]);
  });
});
