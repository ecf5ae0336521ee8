import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadProfile, profileNames } from "../../../../config/profile.ts";
import { beginBuilding, recordOutdated } from "../../../../core/actions/hosting/build-application.ts";
import { freeRange } from "../../../../core/actions/ipam/release-address.ts";
import { issueLinkCode, linkAccount } from "../../../../core/actions/people/link-account.ts";
import { grantRole, withdrawRole } from "../../../../core/actions/people/manage-people.ts";
import type { OfficeRules } from "../../../../core/actions/setting.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { changeFreeze } from "../../../../core/actions/ticket/freeze.ts";
import { identifyRequester } from "../../../../core/actions/ticket/identify-requester.ts";
import { insertSecrets, markFilled } from "../../../../core/db/hosting/application-databases.ts";
import { findApplicationOfTicket } from "../../../../core/db/hosting/applications.ts";
import { listMachineChecks } from "../../../../core/db/hosting/machine-checks.ts";
import { findLatestPlan, insertPlan } from "../../../../core/db/hosting/stack-plans.ts";
import { listAddressesOfTicket } from "../../../../core/db/ipam/address-lists.ts";
import { addRole, findPersonByTelegramUser, getPerson, updatePerson } from "../../../../core/db/people/people.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { PlanHashes } from "../../../../core/domain/hosting/application.ts";
import { sha256 } from "../../../../core/domain/hosting/canonical.ts";
import { machineCheckKey } from "../../../../core/domain/hosting/machine-checks.ts";
import { hashPreview, type PreviewStep } from "../../../../core/domain/hosting/preview.ts";
import { sealSecret } from "../../../../core/domain/hosting/sealed-secret.ts";
import { fingerprintOfSecrets } from "../../../../core/domain/hosting/secret-fingerprint.ts";
import { hashState } from "../../../../core/domain/hosting/state-hash.ts";
import { type Outcome, refuse } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import type { Role } from "../../../../core/domain/people/roles.ts";
import { planInTests, testHosting } from "../../../support/hosting.ts";
import { accepted } from "../../../support/ipam.ts";
import { chatOf, minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

/** When somebody acts, by which rules, and what a preview would show then. */
type World = {
  now?: Date;
  rules?: Partial<OfficeRules>;
  hashes?: Partial<PlanHashes>;
  steps?: readonly PreviewStep[];
};
/** Who may approve, and the ticket of which they do. */
type Case = { ticketId: number; requester: Person; approver: Person };

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const path =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];

/** A plan that leadership is asked to approve, by an approver of its own, for a requester whom the help desk has noted. */
async function open(): Promise<Case> {
  const approver = await office.hire(["leadership"]);
  const requester = await office.hire(["user"], { isLinked: false });
  await office.act((tx) => updatePerson(tx, requester.id, { is_provisional: true }));
  const ticketId = await office.file({ procedure: "hosting", by: requester });
  await walkTo("application-planned", ticketId);
  await giveDump(ticketId);
  await walkTo("approve-plan", ticketId, "application-planned");
  return { ticketId, requester, approver };
}

/** What is planned has a database, which a dump is to be loaded into. */
async function giveDump(ticketId: number): Promise<void> {
  await change(sql`database = 'mariadb'`, ticketId);
  await revise(sql`dump_id = attachment_id`, ticketId);
  const { id } = await applicationOf(ticketId);
  const secret = sealSecret("only-for-this-test", "secret", Buffer.alloc(12));
  const secrets = { adminPassword: secret, password: secret, url: secret, isFilled: false };
  await office.act((tx) => insertSecrets(tx, id, secrets));
}

async function walkTo(step: string, ticketId: number, from = path[0]?.[0]): Promise<void> {
  const [first, last] = [from, step].map((each) => path.findIndex(([name]) => name === each));
  const steps = path.slice(first, last);
  await office.walk(
    ticketId,
    steps.map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
  );
}

const settingOf = ({ now = morning, rules = {} }: World) => office.setting(now, rules);
const versionOf = async (ticketId: number) => (await office.ticket(ticketId)).version;

async function applicationOf(ticketId: number) {
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
  return application;
}

async function latestPlan(ticketId: number) {
  const plan = await findLatestPlan(office.db, { ticketId, stack: (await applicationOf(ticketId)).stack });
  if (plan === undefined) throw new Error(`ticket ${ticketId} has no plan`);
  return plan;
}

async function press(
  { ticketId, step, by, version, answers = {} }: Press & { answers?: Answers },
  world: World = {},
): Promise<string> {
  const person = await getPerson(office.db, by.id);
  const input = { ticketId, step, version, answers };
  return codeOf(await office.act((tx) => doStep(tx, person, settingOf(world), input)));
}

type Press = { ticketId: number; step: string; by: Pick<Person, "id">; version: number };

function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? "accepted" : outcome.refusal.code;
}

async function approve({ ticketId, approver }: Case, version: number, world: World = {}): Promise<string> {
  return press({ ticketId, step: "approve-plan", by: approver, version }, world);
}

/** As a worker does it that has previewed once more. */
async function begin({ ticketId }: Case, planId: number, { hashes, steps, ...world }: World = {}): Promise<string> {
  const plan = await latestPlan(ticketId);
  const previewed = { hashes: { ...plan.hashes, ...hashes }, steps: steps ?? plan.steps };
  return codeOf(await office.act((tx) => beginBuilding(tx, settingOf(world), { ticketId, planId, previewed })));
}

const secretOf = (secret: string) =>
  hashPreview({ steps: [], secrets: fingerprintOfSecrets("a passphrase", ["db", secret]) });
const stateOf = (image: string) => {
  const web = { urn: "urn:pulumi:app-x::simpul::docker:index/container:Container::web-a", id: "1", isProtected: false };
  return hashState({ resources: [{ ...web, inputs: { image } }], pending: [] }, "a passphrase");
};
const larger = testHosting.sizes.map((size) => ({ ...size, memoryMb: 4096 }));
const change = (what: ReturnType<typeof sql>, ticketId: number) =>
  sql`update application set ${what} where ticket_id = ${ticketId}`.execute(office.db);
const revise = (what: ReturnType<typeof sql>, ticketId: number) =>
  sql`update application_revision set ${what} where ticket_id = ${ticketId}`.execute(office.db);

async function otherDump({ ticketId }: Case): Promise<void> {
  const { dumpId } = (await applicationOf(ticketId)).revision;
  await office.db
    .updateTable("attachment")
    .set({ sha256: "b".repeat(64) })
    .where("id", "=", dumpId)
    .execute();
}

async function fill({ ticketId }: Case): Promise<void> {
  const { id } = await applicationOf(ticketId);
  await office.act((tx) => markFilled(tx, id, morning));
}

async function giveUpAddress({ ticketId }: Case): Promise<void> {
  const [, range] = await listAddressesOfTicket(office.db, ticketId);
  const by = office.people.infrastructure;
  accepted(await office.act((tx) => freeRange(tx, by, office.setting(), { rangeId: range?.id ?? 0 })));
}

/** The requester turns out to be who approves: they have been one person all the time. */
async function identify({ ticketId, approver }: Case): Promise<void> {
  const by = office.people.helpDesk;
  const found = { ticketId, personId: approver.id };
  accepted(await office.act((tx) => identifyRequester(tx, by, office.setting(), found)));
}

async function withdrawLeadership({ approver }: Case): Promise<void> {
  const wanted = { personId: approver.id, role: "leadership" } as const;
  accepted(await office.act((tx) => withdrawRole(tx, office.people.administrator, office.setting(), wanted)));
}

async function grantAdministrator({ approver: { id } }: Case): Promise<void> {
  await office.act((tx) => addRole(tx, { personId: id, role: "administrator", grantedBy: null, now: morning }));
}

const freezeBy = (change: "set" | "lifted") =>
  office.act((tx) =>
    changeFreeze(tx, office.people.leadership, office.setting(), { change, answers: { note: "Ada serangan." } }),
  );

/**
 * What is another one than when the plan was made; and what is said to who approves it then, and to the machine that would build
 * it. What only a host shows is seen by the machine alone, which looks right after the approval.
 */
const tamperings: [
  what: string,
  tamper: (open: Case) => Promise<World | undefined>,
  approval: string,
  update: string,
][] = [
  ["the program", async () => ({ hashes: { program: sha256("another") } }), "accepted", "plan-changed"],
  ["what would be done", async () => ({ hashes: { preview: sha256("another") } }), "accepted", "plan-changed"],
  ["the bytes of its file", async () => ({ hashes: { inputs: sha256("another") } }), "accepted", "plan-changed"],
  ["the state", async () => ({ hashes: { state: stateOf("sha256:b") } }), "accepted", "plan-changed"],
  ["a secret", async () => ({ hashes: { preview: secretOf("another") } }), "accepted", "plan-changed"],
  ["the image", tampered(revise, sql`image_id = ${`sha256:${"d".repeat(64)}`}`), "plan-changed", "plan-changed"],
  ["the slot", tampered(revise, sql`slot = 'b'`), "plan-changed", "plan-changed"],
  ["the size", tampered(revise, sql`size = 'lain'`), "plan-changed", "plan-changed"],
  ["the name", tampered(revise, sql`domain_name = 'lain.labura.go.id'`), "plan-changed", "plan-changed"],
  ["the dump", tampered(revise, sql`dump_id = null`), "plan-changed", "plan-changed"],
  ["what is in the dump", (open) => otherDump(open).then(none), "plan-changed", "plan-changed"],
  ["whether its database is filled", (open) => fill(open).then(none), "plan-changed", "plan-changed"],
  ["the port", tampered(change, sql`port = 9999`), "plan-changed", "plan-changed"],
  ["the reach", tampered(change, sql`reach = 'internet'`), "plan-changed", "plan-changed"],
  ["the target", tampered(change, sql`target = 'lain'`), "plan-changed", "plan-changed"],
  [
    "the profile",
    async () => ({ rules: { hosting: { ...testHosting, sizes: larger } } }),
    "plan-changed",
    "plan-changed",
  ],
  [
    "the profile: who approves, another one beside",
    async () => ({ rules: { approvers: () => ["leadership", "infrastructure"] as const } }),
    "plan-changed",
    "plan-changed",
  ],
  ["the profile: nobody approves", async () => ({ rules: { approvers: () => [] } }), "plan-changed", "plan-changed"],
  ["the profile, which hosts no more", async () => ({ rules: { hosting: undefined } }), "plan-changed", "plan-changed"],
  [
    "the time: its hours are over",
    async () => ({ now: minutesAfter(morning, testHosting.planHours * 60) }),
    "plan-expired",
    "plan-expired",
  ],
  ["the clock: set back", async () => ({ now: minutesAfter(morning, -1) }), "accepted", "plan-expired"],
  ["the register", (open) => giveUpAddress(open).then(none), "network-given-up", "network-given-up"],
  ["the approver's role", (open) => withdrawLeadership(open).then(none), "no-such-ticket", "not-your-role"],
  [
    "the approver's role: administrator, too",
    (open) => grantAdministrator(open).then(none),
    "administrator-never-decides",
    "administrator-never-decides",
  ],
  [
    "the requester, who is the approver",
    (open) => identify(open).then(none),
    "not-your-own-request",
    "not-your-own-request",
  ],
];

/** Of these no plan can be made: it stays as it is until somebody mends it. */
const unplannable = ["the size", "the target", "the profile, which hosts no more"];

function tampered(
  how: (what: ReturnType<typeof sql>, ticketId: number) => Promise<unknown>,
  what: ReturnType<typeof sql>,
): (open: Case) => Promise<undefined> {
  return ({ ticketId }) => how(what, ticketId).then(none);
}

const none = () => undefined;
const { refusal: changed } = refuse("plan-changed");

/** It is planned and shown once more, and what was pressed or planned before counts no more. */
async function expectShownAnew(open: Case, { planId, version }: { planId: number; version: number }): Promise<void> {
  const { ticketId } = open;
  expect((await office.ticket(ticketId)).state).toBe("planning-application");
  await office.act((tx) => planInTests(tx, office.setting(), ticketId));
  expect((await latestPlan(ticketId)).id).toBeGreaterThan(planId);
  await office.walk(ticketId, [["accept-plan", "infrastructure", {}]]);
  expect(await approve(open, version)).toBe("ticket-moved-on");
  expect(await begin(open, planId)).toBe("no-such-application");
}

describe("between the preview and the approval, where something is another one:", () => {
  it.each(tamperings)("%s", async (what, tamper, approval, update) => {
    const opened = await open();
    const { ticketId } = opened;
    const before = { planId: (await latestPlan(ticketId)).id, version: await versionOf(ticketId) };

    const world = (await tamper(opened)) ?? {};
    expect(await approve(opened, before.version, world)).toBe(approval);

    if (approval === "accepted") {
      expect(await begin(opened, before.planId, world)).toBe(update);
      accepted(await office.act((tx) => recordOutdated(tx, office.setting(), { ticketId, refusal: changed })));
      return expectShownAnew(opened, before);
    }
    expect(await begin(opened, before.planId, world)).toBe("no-such-application");
    expect(await applicationOf(ticketId)).toMatchObject({ begunPlanId: null, revision: { state: "planned" } });
    const { state, version } = await office.ticket(ticketId);
    const isMadeAnew = state === "planning-application";
    expect(isMadeAnew || [state, version]).toEqual(isMadeAnew || ["awaiting-plan-approval", before.version]);
    expect(isMadeAnew).toBe(
      approval === "plan-expired" || (approval === "plan-changed" && !unplannable.includes(what)),
    );
    if (isMadeAnew) await expectPlannedAnew(opened, before);
  });

  it("says so where the profile names other approvers", async () => {
    const opened = await open();
    const rules = { approvers: () => ["leadership", "infrastructure"] as const };
    expect(await approve(opened, await versionOf(opened.ticketId), { rules })).toBe("plan-changed");
    const entries = office.db.selectFrom("entry").select("answers").where("ticket_id", "=", opened.ticketId);
    expect(await entries.where("step", "=", "plan-outdated").executeTakeFirstOrThrow()).toMatchObject({
      answers: { "why-outdated": "approvers" },
    });
  });

  it.each(["plan-changed", "plan-expired"])("by %s the machine makes a new plan, which is shown anew", async (code) => {
    const opened = await open();
    const { ticketId } = opened;
    const before = { planId: (await latestPlan(ticketId)).id, version: await versionOf(ticketId) };
    const [, tamper] = tamperings.find(([, , approval]) => approval === code) ?? [];
    const world = (await tamper?.(opened)) ?? {};
    expect(await approve(opened, before.version, world)).toBe(code);
    await expectShownAnew(opened, before);
    expect(await approve(opened, await versionOf(ticketId))).toBe("accepted");
  });

  it("a plan that is made anew is made once, by however many it is pressed", async () => {
    const opened = await open();
    const world = { now: minutesAfter(morning, testHosting.planHours * 60) };
    const version = await versionOf(opened.ticketId);
    const both = await Promise.all([approve(opened, version, world), approve(opened, version, world)]);
    expect(both.toSorted()).toEqual(["plan-expired", "ticket-moved-on"]);
    const tasks = office.enqueued.filter(({ name, data }) => {
      return name === "plan-application" && "ticketId" in data && data.ticketId === opened.ticketId;
    });
    expect(tasks).toHaveLength(2);
  });
});

describe("between the approval and the update, where something is another one:", () => {
  it.each(tamperings)("%s", async (_, tamper, _approval, update) => {
    const opened = await open();
    const { ticketId } = opened;
    const before = { planId: (await latestPlan(ticketId)).id, version: await versionOf(ticketId) };
    expect(await approve(opened, before.version)).toBe("accepted");

    const world = (await tamper(opened)) ?? {};
    expect(await begin(opened, before.planId, world)).toBe(update);

    expect(await applicationOf(ticketId)).toMatchObject({ begunPlanId: null, revision: { state: "planned" } });
    accepted(await office.act((tx) => recordOutdated(tx, office.setting(), { ticketId, refusal: changed })));
    // What was tampered with may stand: then the plan shows it.
    await expectPlannedAnew(opened, before);
  });

  it("nothing, it is begun, and gone on with, also where a part of it stands", async () => {
    const opened = await open();
    const { id: planId } = await latestPlan(opened.ticketId);
    await approve(opened, await versionOf(opened.ticketId));
    expect(await begin(opened, planId)).toBe("accepted");
    const part = { hashes: { preview: sha256("the rest"), state: stateOf("sha256:a") } };
    expect(await begin(opened, planId, part)).toBe("accepted");
    expect(await begin(opened, planId, { hashes: { ...part.hashes, program: sha256("another") } })).toBe(
      "plan-changed",
    );
  });

  it("the host or the state, of what was begun: what would be done besides is shown anew", async () => {
    const volume = "urn:pulumi:app-x::simpul::docker:index/volume:Volume::data";
    const step = { operation: "create", urn: volume, inputs: null, changed: [] };
    const opened = await open();
    const { id: planId } = await latestPlan(opened.ticketId);
    await approve(opened, await versionOf(opened.ticketId));
    expect(await begin(opened, planId)).toBe("accepted");
    expect(await begin(opened, planId, { steps: [step] })).toBe("plan-changed");
    expect(await begin(opened, planId)).toBe("accepted");
  });

  it("a plan that nobody has approved", async () => {
    const opened = await open();
    const plan = await latestPlan(opened.ticketId);
    await approve(opened, await versionOf(opened.ticketId));
    const planId = await office.act((tx) => insertPlan(tx, plan));
    expect(await begin(opened, planId)).toBe("plan-changed");
    expect(await begin(opened, plan.id)).toBe("plan-changed");
  });

  it("all updates stand still: it is begun when they do no more", async () => {
    const opened = await open();
    const { id: planId } = await latestPlan(opened.ticketId);
    await approve(opened, await versionOf(opened.ticketId));
    accepted(await freezeBy("set"));
    expect(await begin(opened, planId)).toBe("approvals-frozen");
    accepted(await freezeBy("lifted"));
    expect(await begin(opened, planId)).toBe("accepted");
  });

  it("the time for which somebody stood in for the approver, it holds: it was in force then", async () => {
    const opened = await open();
    const { id: planId } = await latestPlan(opened.ticketId);
    const holder = await office.hire(["leadership"]);
    const { owner } = office.database;
    await sql`with acting as (
        insert into substitution (person_id, for_person_id, role, kind, starts_at, ends_at, decree, set_by, set_at)
        values (${opened.approver.id}, ${holder.id}, 'leadership', 'plh', ${morning}, ${minutesAfter(morning, 60)},
          '800/1/2026', ${holder.id}, ${morning})
        returning id)
      update person_role set substitution_id = (select id from acting)
      where person_id = ${opened.approver.id}`.execute(owner);
    expect(await approve(opened, await versionOf(opened.ticketId))).toBe("accepted");
    await sql`delete from person_role where person_id = ${opened.approver.id}`.execute(owner);
    expect(await begin(opened, planId, { now: minutesAfter(morning, 120) })).toBe("accepted");
  });
});

async function expectPlannedAnew({ ticketId }: Case, { planId, version }: { planId: number; version: number }) {
  expect((await office.ticket(ticketId)).state).toBe("planning-application");
  expect(await versionOf(ticketId)).toBeGreaterThan(version);
  expect(office.enqueued.at(-1)).toMatchObject({ data: { ticketId } });
  expect((await latestPlan(ticketId)).id).toBe(planId);
}

async function answersTo(step: string, ticketId: number, { id }: Person): Promise<Answers> {
  if (step === "plan-application") {
    return { target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": `oleh-${id}` };
  }
  const check = (await listMachineChecks(office.db, ticketId)).find((each) => each.check === "licences");
  if (step !== "overrule-machine-check" || check === undefined) return {};
  return { ...usualAnswers[step], "machine-check": machineCheckKey(check) };
}

/** Anybody of the team may go on with it. */
async function giveBack(ticketId: number): Promise<void> {
  await office.db.updateTable("ticket").set({ assignee_id: null }).where("id", "=", ticketId).execute();
}

describe("an approval", () => {
  it("by the requester is refused, whatever role they have got since", async () => {
    const { requester } = office.people;
    const ticketId = await office.file({ procedure: "hosting", by: requester });
    await walkTo("approve-plan", ticketId);
    await office.act((tx) =>
      addRole(tx, { personId: requester.id, role: "leadership", grantedBy: null, now: morning }),
    );
    const version = await versionOf(ticketId);
    expect(await press({ ticketId, step: "approve-plan", by: requester, version })).toBe("not-your-own-request");
  });

  it("by a second account of the requester is refused: it is the same person, and the first one nobody any more", async () => {
    const both = await office.hire(["user"]);
    const ticketId = await office.file({ procedure: "hosting", by: both });
    await walkTo("approve-plan", ticketId);
    const [first, second] = [chatOf(both), 9_000_001];
    const { administrator } = office.people;
    const code = accepted(
      await office.act((tx) => issueLinkCode(tx, administrator, office.setting(), { personId: both.id })),
    );
    accepted(await office.act((tx) => linkAccount(tx, second, office.setting(), { code })));

    await office.act((tx) => addRole(tx, { personId: both.id, role: "leadership", grantedBy: null, now: morning }));

    expect(await findPersonByTelegramUser(office.db, first)).toBeUndefined();
    const by = (await findPersonByTelegramUser(office.db, second)) ?? never();
    const version = await versionOf(ticketId);
    expect(await press({ ticketId, step: "approve-plan", by, version })).toBe("not-your-own-request");
  });

  it.each([
    ["overrule-machine-check", "data-center", ["plan-application", "application-planned", "accept-plan"]],
    ["plan-application", "data-center", ["application-planned", "accept-plan"]],
    ["accept-plan", "infrastructure", []],
    ["renew-plan", "infrastructure", ["application-planned", "accept-plan"]],
  ] as const)("by who did %s is refused, whoever did the rest", async (step, role, rest) => {
    const both = await office.hire([role, "leadership"]);
    const ticketId = await office.file({ procedure: "hosting" });
    await walkTo(step === "renew-plan" ? "approve-plan" : step, ticketId);
    await giveBack(ticketId);
    expect((await office.step(ticketId, step, both, await answersTo(step, ticketId, both))).ok).toBe(true);
    for (const each of rest) {
      await giveBack(ticketId);
      const [, doer = "machine"] = path.find(([name]) => name === each) ?? [];
      await office.walk(ticketId, [[each, doer, usualAnswers[each] ?? {}]]);
    }
    const version = await versionOf(ticketId);
    expect(await press({ ticketId, step: "approve-plan", by: both, version })).toBe("not-your-own-request");
  });

  it("by who asked for it again after it had lapsed is refused", async () => {
    const both = await office.hire(["infrastructure", "leadership"]);
    const { ticketId } = await open();
    await office.walk(ticketId, [["plan-approval-lapses", "clock"]]);
    await giveBack(ticketId);
    expect((await office.step(ticketId, "ask-plan-approval-again", both, { note: "Mohon diputuskan." })).ok).toBe(true);
    const version = await versionOf(ticketId);
    expect(await press({ ticketId, step: "approve-plan", by: both, version })).toBe("not-your-own-request");
  });

  it.each([
    "user",
    "help-desk",
    "it-support",
    "data-center",
    "infrastructure",
    "non-technical",
    "administrator",
  ] as const)("by %s alone is refused", async (role: Role) => {
    const opened = await open();
    const somebody = await office.hire([role]);
    const refused = await approve({ ...opened, approver: somebody }, await versionOf(opened.ticketId));
    expect(refused).toMatch(/^(no-such-ticket|not-your-role|administrator-never-decides)$/);
    expect((await office.ticket(opened.ticketId)).state).toBe("awaiting-plan-approval");
  });

  it("counts once: the same button again is refused, before and after it was built", async () => {
    const opened = await open();
    const version = await versionOf(opened.ticketId);
    const [one, other] = await Promise.all([approve(opened, version), approve(opened, version)]);
    expect([one, other].sort()).toEqual(["accepted", "ticket-moved-on"]);
    expect(await approve(opened, version)).toBe("ticket-moved-on");
    await office.walk(opened.ticketId, [["application-built", "machine", {}]]);
    expect(await approve(opened, version)).toBe("ticket-moved-on");
  });

  it("by a button of the plan before is refused", async () => {
    const opened = await open();
    const version = await versionOf(opened.ticketId);
    await office.walk(opened.ticketId, [
      ["renew-plan", "infrastructure", {}],
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
    ]);
    expect(await approve(opened, version)).toBe("ticket-moved-on");
    expect(await approve(opened, await versionOf(opened.ticketId))).toBe("accepted");
  });
});

describe("a plan whose hours are over before infrastructure looks at it", () => {
  it("is not accepted, and is made anew by who would have", async () => {
    const { infrastructure } = office.people;
    const ticketId = await office.file({ procedure: "hosting" });
    await walkTo("accept-plan", ticketId);
    const version = await versionOf(ticketId);
    const world = { now: minutesAfter(morning, testHosting.planHours * 60) };

    expect(await press({ ticketId, step: "accept-plan", by: infrastructure, version }, world)).toBe("plan-expired");
    expect((await office.ticket(ticketId)).state).toBe("accepting-plan");
    expect(await press({ ticketId, step: "renew-plan", by: infrastructure, version }, world)).toBe("accepted");
    expect((await office.ticket(ticketId)).state).toBe("planning-application");
  });
});

describe("a second line of the register for one person", () => {
  it.each(profileNames())(
    "cannot be made with their NIP, and without one it gets no leadership in %s",
    async (name) => {
      const { administrator } = office.people;
      const line = await office.hire(["user"], { nip: null });
      const wanted = { personId: line.id, role: "leadership" } as const;
      const { civilServantsOnly } = loadProfile(name);
      const granted = await office.act((tx) =>
        grantRole(tx, administrator, office.setting(morning, { civilServantsOnly }), wanted),
      );
      expect(codeOf(granted)).toBe("civil-servants-only");
      const nip = `198001012005011${line.id + 100}`;
      await office.hire(["user"], { nip });
      await expect(office.hire(["user"], { nip })).rejects.toThrow("person_nip_key");
    },
  );
});

function never(): never {
  throw new Error("nobody has that account");
}
