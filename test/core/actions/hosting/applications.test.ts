import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginBuilding, recordBuilt } from "../../../../core/actions/hosting/build-application.ts";
import { takeApplication } from "../../../../core/actions/hosting/take-application.ts";
import { addPrefix } from "../../../../core/actions/ipam/prefixes.ts";
import { freeRange } from "../../../../core/actions/ipam/release-address.ts";
import { freeName } from "../../../../core/actions/names/change-name.ts";
import type { OfficeRules } from "../../../../core/actions/setting.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { findApplicationOfTicket } from "../../../../core/db/hosting/applications.ts";
import { holdStack, isStackHeld, letStackGo, renewStack } from "../../../../core/db/hosting/stack-leases.ts";
import { findLatestPlan } from "../../../../core/db/hosting/stack-plans.ts";
import { listAddressesOfTicket } from "../../../../core/db/ipam/address-lists.ts";
import { findPrefix, listPrefixes } from "../../../../core/db/ipam/prefixes.ts";
import { listNamesOfTicket } from "../../../../core/db/names/names.ts";
import { listEntries } from "../../../../core/db/ticket/entries.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import { showPrefix } from "../../../../core/domain/ipam/prefix.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { endMachineWork, planInTests, testHosting } from "../../../support/hosting.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { pathsOfHosting, usualAnswers } from "../../domain/procedures/hosting.paths.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const path =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];

/** A ticket that has come to right before that step of the path. */
async function ticketBefore(step: string): Promise<number> {
  const id = await office.file({ procedure: "hosting" });
  const steps = path.slice(
    0,
    path.findIndex(([name]) => name === step),
  );
  await office.walk(
    id,
    steps.map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
  );
  return id;
}

async function applicationOf(ticketId: number) {
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
  return application;
}

async function latestPlan(ticketId: number) {
  return findLatestPlan(office.db, { ticketId, stack: (await applicationOf(ticketId)).stack });
}

/** Infrastructure frees what was reserved. */
async function giveUp(what: "address" | "name", ticketId: number): Promise<void> {
  const by = office.doer("infrastructure");
  const [range] = (await listAddressesOfTicket(office.db, ticketId)).slice(1);
  const [name] = await listNamesOfTicket(office.db, ticketId);
  const freed = await office.act((tx) =>
    what === "address"
      ? freeRange(tx, by, office.setting(), { rangeId: range?.id ?? 0 })
      : freeName(tx, by, office.setting(), { nameId: name?.id ?? 0 }),
  );
  expect(freed.ok).toBe(true);
}

const subnets = async () => (await listPrefixes(office.db)).map(showPrefix);
const plan = (ticketId: number, answers: Answers = {}) =>
  office.stepAs(ticketId, "plan-application", "data-center", { ...usualAnswers["plan-application"], ...answers });

/** Another file beside those of the application, in which a machine found what has those checks. */
async function addFile(ticketId: number, checks: string): Promise<void> {
  const { rows } = await sql<{ id: number }>`insert into attachment
    (ticket_id, entry_id, person_id, field, kind, name, mime_type, telegram_file_id, state, sha256, received_at)
    select ticket_id, entry_id, person_id, field, kind, name, mime_type, telegram_file_id, 'stored', ${"a".repeat(64)}, received_at
    from attachment where ticket_id = ${ticketId} and field = 'application-files' order by entry_id desc limit 1
    returning id`.execute(office.db);
  for (const check of checks.split(" ")) {
    await sql`insert into machine_check (attachment_id, name, result, findings, checked_at)
      values (${rows[0]?.id ?? 0}, ${check}, 'passed', '[]', now())`.execute(office.db);
  }
}

async function approveAnew(ticketId: number, now: Date) {
  await office.stepAs(ticketId, "application-planned", "machine", {}, now);
  await office.stepAs(ticketId, "accept-plan", "infrastructure", {}, now);
  return office.stepAs(ticketId, "approve-plan", "leadership", {}, now);
}

const wishFor = (ticketId: number) => ({
  ...{ target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": `aplikasi-${ticketId}` },
});

describe("what is to be built", () => {
  it("has a stack of its own, also where another application had its name once", async () => {
    const first = await applicationOf(await ticketBefore("application-planned"));
    await sql`insert into stack (name, target) values ('app-sekarang', 'dc')`.execute(office.db);
    await office.db.updateTable("application").set({ stack: "app-sekarang" }).where("id", "=", first.id).execute();
    const second = await ticketBefore("plan-application");
    expect((await plan(second, { "dns-name": "sekarang" })).ok).toBe(true);
    expect((await applicationOf(second)).stack).toBe("app-sekarang-2");
  });

  it("gets a network of its own, four addresses in it, and a name that leads to the proxy, reserved", async () => {
    const ticketId = await ticketBefore("application-planned");

    const application = await applicationOf(ticketId);
    expect(application).toMatchObject({
      ...{ target: "dc", port: 8080, state: "planned", standingId: null },
      revision: { change: "new", size: "small", state: "planned", imageId: null, slot: "a" },
    });
    expect(showPrefix((await findPrefix(office.db, application.prefixId)) ?? never())).toBe(application.subnet);
    const held = await listAddressesOfTicket(office.db, ticketId);
    expect(held.map(({ kind, first }) => [kind, first])).toEqual([
      ["reserved", application.gateway],
      ["reserved", application.address],
      ["reserved", application.nextAddress],
      ["reserved", application.databaseAddress],
    ]);
    const names = await listNamesOfTicket(office.db, ticketId);
    expect(names.map(({ name, state, addresses }) => [name, state, addresses[0]?.address])).toEqual([
      [application.revision.domainName, "reserved", "10.10.5.20"],
    ]);
    expect(office.enqueued.at(-1)).toEqual({ name: "plan-application", data: { ticketId } });
  });

  it("two get different networks, also at once", async () => {
    const [one, other] = [await ticketBefore("plan-application"), await ticketBefore("plan-application")];
    const planned = await Promise.all([plan(one), plan(other)]);
    expect(planned.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await applicationOf(one)).subnet).not.toBe((await applicationOf(other)).subnet);
  });

  it.each([
    ["a target of no profile", { target: "lain" }, "not-offered"],
    ["a runtime of no profile", { runtime: "lain" }, "not-offered"],
    ["a size of no profile", { size: "lain" }, "not-offered"],
    ["a reserved word as its name", { "dns-name": "www" }, "name-reserved"],
  ])("%s is refused, and nothing of it stays", async (_, answers, code) => {
    const ticketId = await ticketBefore("plan-application");
    const before = await subnets();
    const refused = await plan(ticketId, answers);
    expect(refused.ok ? undefined : refused.refusal.code).toMatch(new RegExp(`^(${code}|domain-reserved)$`));
    expect(await subnets()).toEqual(before);
    expect(await findApplicationOfTicket(office.db, ticketId)).toBeUndefined();
  });

  it("a name that somebody has is refused", async () => {
    const taken = await applicationOf(await ticketBefore("application-planned"));
    const ticketId = await ticketBefore("plan-application");
    expect(await plan(ticketId, { "dns-name": taken.revision.domainName })).toMatchObject({
      refusal: { values: { field: "dns-name" } },
    });
  });

  it("without an image among its files it is refused", async () => {
    const ticketId = await ticketBefore("plan-application");
    await office.walk(ticketId, [["hand-in-application", "data-center", {}]]);
    await sql`update attachment set state = 'failed' where ticket_id = ${ticketId} and sha256 is null`.execute(
      office.db,
    );
    expect(await plan(ticketId)).toMatchObject({ refusal: { code: "one-image-needed", values: { count: 0 } } });
  });

  it("is asked for the page that its plan names, until another plan names none", async () => {
    const ticketId = await ticketBefore("plan-application");
    expect(await plan(ticketId, { "health-path": "api/health" })).toMatchObject({
      refusal: { code: "page-path-unreadable", values: { field: "health-path" } },
    });
    const ticket = await office.ticket(ticketId);
    const take = (answers: Answers) => {
      const taking = { ticket, person: office.doer("data-center"), answers: { ...wishFor(ticketId), ...answers } };
      return office.act((tx) => takeApplication(tx, office.setting(), taking));
    };
    expect(await take({ "health-path": "/api/health" })).toMatchObject({ ok: true });
    expect(await applicationOf(ticketId)).toMatchObject({ healthPath: "/api/health" });
    expect(await take({})).toMatchObject({ ok: true });
    expect(await applicationOf(ticketId)).toMatchObject({ healthPath: null });
  });

  it.each([
    ["an archive, for a runtime that makes images", ["application"], { runtime: "static" }, undefined],
    ["an archive and a dump", ["application", "dump-sane"], { runtime: "php", database: "mariadb" }, undefined],
    ["no archive", ["image-sane"], { runtime: "static" }, "one-archive-needed"],
    [
      "an image, in which an application was looked for, too",
      ["image-sane application"],
      { runtime: "static" },
      "one-archive-needed",
    ],
    ["two archives", ["application", "application"], { runtime: "static" }, "one-archive-needed"],
    ["two dumps", ["image-sane", "dump-sane", "dump-sane"], { runtime: "image" }, "one-dump-at-most"],
    ["a dump for no database", ["application", "dump-sane"], { runtime: "php" }, "dump-without-database"],
    ["a database that does not go with the runtime", ["image-sane"], { database: "mariadb" }, "not-offered"],
    ["a database of no profile", ["application"], { runtime: "php", database: "lain" }, "not-offered"],
  ])("of %s it is made, or refused", async (_, checks, answers, code) => {
    const ticketId = await ticketBefore("plan-application");
    await sql`delete from machine_check using attachment where attachment_id = attachment.id and ticket_id = ${ticketId}`.execute(
      office.db,
    );
    for (const check of checks) await addFile(ticketId, check);
    const ticket = await office.ticket(ticketId);
    const all = { ...wishFor(ticketId), ...answers };
    const taken = await office.act((tx) =>
      takeApplication(tx, office.setting(), { ticket, person: office.doer("data-center"), answers: all }),
    );
    expect(taken.ok ? undefined : taken.refusal.code).toBe(code);
  });

  it.each([
    ["has no such prefix", { prefix: "10.41.0.0/16" }, "hosting-prefix-missing"],
    ["is in no such zone", { zone: "Lain" }, "hosting-prefix-missing"],
    ["has a proxy of no known address", { proxy: proxyAt("10.10.5.99") }, "proxy-address-unknown"],
  ])("a target that %s is refused in a sentence of its own", async (_, given, code) => {
    const ticketId = await ticketBefore("plan-application");
    const [target] = testHosting.targets;
    const hosting = { ...testHosting, targets: [{ ...target, ...given }] };
    expect(await planWith(ticketId, { hosting })).toMatchObject({ refusal: { code } });
  });

  it("of which the target's prefix has no room any more is refused, and planned once there is", async () => {
    const [target] = testHosting.targets;
    const hosting = { ...testHosting, targets: [{ ...target, prefix: "10.42.0.0/28" }] };
    const answers = { zone: target.zone, network: "10.42.0.0/28", name: "Aplikasi kecil" };
    await office.act((tx) => addPrefix(tx, office.people.infrastructure, office.setting(), { answers }));
    const planNamed = (ticketId: number) => planWith(ticketId, { hosting }, { "dns-name": `sempit-${ticketId}` });
    const [first, second, third] = [
      await ticketBefore("plan-application"),
      await ticketBefore("plan-application"),
      await ticketBefore("plan-application"),
    ];
    expect([(await planNamed(first)).ok, (await planNamed(second)).ok]).toEqual([true, true]);
    expect(await planNamed(third)).toMatchObject({
      refusal: { code: "no-free-subnet", values: { prefix: "10.42.0.0/28", field: "target" } },
    });
    expect((await office.ticket(third)).state).toBe("checking-hosting");
    await office.walk(first, [["cancel", "user", { note: "Tidak jadi." }]]);
    expect((await planNamed(third)).ok).toBe(true);
    expect((await applicationOf(third)).subnet).toBe("10.42.0.0/29");
  });

  it("is refused where the profile hosts nothing", async () => {
    const ticketId = await ticketBefore("plan-application");
    expect(await planWith(ticketId, { hosting: undefined })).toMatchObject({ refusal: { code: "hosting-off" } });
  });

  it.each([
    ["refuse-plan", "accepting-plan", "infrastructure"],
    ["cancel", "accepting-plan", "user"],
  ] as const)("%s frees network, addresses and name", async (step, _state, role) => {
    const ticketId = await ticketBefore("accept-plan");
    const { subnet, revision } = await applicationOf(ticketId);
    await office.walk(ticketId, [[step, role, { note: "Tidak jadi." }]]);
    expect(await findApplicationOfTicket(office.db, ticketId)).toBeUndefined();
    expect(await listAddressesOfTicket(office.db, ticketId)).toEqual([]);
    expect((await listNamesOfTicket(office.db, ticketId)).map(({ name }) => name)).not.toContain(revision.domainName);
    expect(await subnets()).not.toContain(subnet);
  });

  it.each([
    ["cancel", "accept-plan", "user", { kind: "ticket-card", news: "cancelled" }],
    ["reject-plan", "approve-plan", "leadership", { kind: "approval-ended" }],
  ] as const)("of %s who had it planned is told, in one message", async (step, before, role, notice) => {
    const ticketId = await ticketBefore(before);
    expect((await office.stepAs(ticketId, step, role, { note: "Tidak jadi." })).ok).toBe(true);
    const mail = (await office.takeMail()).filter((each) => each.edits === undefined);
    const planner = office.people.dataCenter.name;
    expect(mail.filter(({ to }) => to === planner)).toMatchObject([{ ticketId, ...notice }]);
  });
});

function proxyAt(address: string) {
  return { ...testHosting.targets[0].proxy, addresses: [address] };
}

async function planWith(ticketId: number, rules: Partial<OfficeRules>, wished: Answers = {}) {
  const { version } = await office.ticket(ticketId);
  const answers = { ...usualAnswers["plan-application"], target: "dc", "dns-name": "layanan-warga", ...wished };
  const input = { ticketId, step: "plan-application", version, answers };
  return office.act((tx) => doStep(tx, office.people.dataCenter, office.setting(morning, rules), input));
}

function approve(
  ticketId: number,
  by: Person,
  { now = morning, version, rules = {} }: { now?: Date; version: number; rules?: Partial<OfficeRules> },
) {
  const input = { ticketId, step: "approve-plan", version, answers: {} };
  return office.act((tx) => doStep(tx, by, office.setting(now, rules), input));
}

describe("approving a plan", () => {
  it("names the plan that it was for, and has it built", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const { version } = await office.ticket(ticketId);
    const shown = await latestPlan(ticketId);

    const approved = await approve(ticketId, office.doer("leadership"), { version });

    expect(approved).toMatchObject({ ok: true, value: { ticket: { state: "building-application" } } });
    const entry = await office.db
      .selectFrom("entry")
      .select("answers")
      .where("ticket_id", "=", ticketId)
      .where("step", "=", "approve-plan")
      .executeTakeFirstOrThrow();
    expect(entry.answers).toEqual({ plan: String(shown?.id) });
    expect(office.enqueued.at(-1)).toEqual({ name: "build-application", data: { ticketId } });
  });

  it("is refused by a button of the plan before", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const { version } = await office.ticket(ticketId);
    await office.walk(ticketId, [
      ["renew-plan", "infrastructure", {}],
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
    ]);
    expect(await approve(ticketId, office.doer("leadership"), { version })).toMatchObject({
      refusal: { code: "ticket-moved-on" },
    });
  });

  it("is refused when it has expired, and the machine makes another one", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const leadership = office.doer("leadership");
    const { version } = await office.ticket(ticketId);
    const now = minutesAfter(morning, testHosting.planHours * 60);
    expect(await approve(ticketId, leadership, { version, now })).toMatchObject({
      refusal: { code: "plan-expired", values: { isMadeAnew: 1 } },
    });
    expect((await office.ticket(ticketId)).state).toBe("planning-application");
    expect(office.enqueued.at(-1)).toEqual({ name: "plan-application", data: { ticketId } });
    expect(await approveAnew(ticketId, now)).toMatchObject({ ok: true });
  });

  it.each(["hosting", "application-purge"] as const)(
    "lapses with its plan where that expires first, and is asked again once it was renewed: %s",
    async (procedure) => {
      const isPurge = procedure === "application-purge";
      const ticketId = isPurge ? await office.file({ procedure }) : await ticketBefore("application-planned");
      if (isPurge) await office.walk(ticketId, [["plan-purge", "data-center"]]);
      const shortly = office.setting(morning, { hosting: { ...testHosting, planHours: 24 } });
      await office.act((tx) => endMachineWork(tx, shortly, { ticketId, step: "application-planned" }));
      if (!isPurge) await office.walk(ticketId, [["accept-plan", "infrastructure"]]);

      await office.wake(minutesAfter(morning, 24 * 60 - 1));
      expect((await office.ticket(ticketId)).state).toBe("awaiting-plan-approval");
      const tomorrow = minutesAfter(morning, 24 * 60);
      await office.wake(tomorrow);
      expect((await office.ticket(ticketId)).state).toBe("plan-approval-lapsed");

      expect((await office.stepAs(ticketId, "renew-plan", "infrastructure", {}, tomorrow)).ok).toBe(true);
      if (!isPurge) expect(await approveAnew(ticketId, tomorrow)).toMatchObject({ ok: true });
    },
  );

  it("when its plan is renewed keeps what is reserved as long as if it were reserved on that day", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const before = await applicationOf(ticketId);
    const later = minutesAfter(morning, 60 * 24 * 60);
    const renewed = await office.stepAs(ticketId, "renew-plan", "infrastructure", {}, later);
    expect(renewed.ok).toBe(true);

    const until = minutesAfter(later, 90 * 24 * 60);
    const held = await listAddressesOfTicket(office.db, ticketId);
    expect(held.map((each) => [each.kind, each.first, each.until])).toEqual(
      [before.gateway, before.address, before.nextAddress, before.databaseAddress].map((address) => {
        return ["reserved", address, until];
      }),
    );
    expect(await listNamesOfTicket(office.db, ticketId)).toMatchObject([{ state: "reserved", until }]);
    expect(await approveAnew(ticketId, later)).toMatchObject({ ok: true });
  });

  it("is refused when the profile says something else since", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const { version } = await office.ticket(ticketId);
    const sizes = testHosting.sizes.map((size) => ({ ...size, memoryMb: 4096 }));
    const rules = { hosting: { ...testHosting, sizes } };
    expect(await approve(ticketId, office.doer("leadership"), { version, rules })).toMatchObject({
      refusal: { code: "plan-changed" },
    });
  });

  it.each([
    ["image", sql`update application_revision set image_id = ${`sha256:${"d".repeat(64)}`}`],
    ["slot", sql`update application_revision set slot = 'b'`],
    ["port", sql`update application set port = 9999`],
    ["address", sql`update application set address = gateway, gateway = address`],
  ])("is refused when the %s is another one since", async (_, change) => {
    const ticketId = await ticketBefore("approve-plan");
    const { version } = await office.ticket(ticketId);
    await sql`${change} where ticket_id = ${ticketId}`.execute(office.db);
    expect(await approve(ticketId, office.doer("leadership"), { version })).toMatchObject({
      refusal: { code: "plan-changed" },
    });
  });

  it.each(["address", "name"] as const)("is refused when its %s was given up in the register", async (what) => {
    const ticketId = await ticketBefore("approve-plan");
    await giveUp(what, ticketId);
    const { version } = await office.ticket(ticketId);
    expect(await approve(ticketId, office.doer("leadership"), { version })).toMatchObject({
      refusal: { code: "network-given-up" },
    });
    // A new plan would come to nothing, and free what is left.
    expect((await office.ticket(ticketId)).state).toBe("awaiting-plan-approval");
  });

  it.each(["address", "name"] as const)("is not shown again where it is made anew without its %s", async (what) => {
    const ticketId = await ticketBefore("approve-plan");
    await giveUp(what, ticketId);
    await office.walk(ticketId, [["renew-plan", "infrastructure", {}]]);
    expect(await office.act((tx) => planInTests(tx, office.setting(), ticketId))).toMatchObject({ ok: true });
    expect((await office.ticket(ticketId)).state).toBe("checking-hosting");
    const [last] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(last).toMatchObject({ step: "planning-failed", answers: { "why-failed": "network-given-up" } });
    expect(await findApplicationOfTicket(office.db, ticketId)).toBeUndefined();
  });

  it("is refused to who planned it, also where somebody else accepted it", async () => {
    const both = await office.hire(["data-center", "leadership"], { name: "Rangkap Perencana" });
    const ticketId = await ticketBefore("plan-application");
    await office.db.updateTable("ticket").set({ assignee_id: null }).where("id", "=", ticketId).execute();
    const wish = { target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": "rangkap" };
    const planned = await office.step(ticketId, "plan-application", both, wish);
    expect(planned.ok).toBe(true);
    await office.walk(ticketId, [
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
    ]);
    const { version } = await office.ticket(ticketId);
    expect(await approve(ticketId, both, { version })).toMatchObject({ refusal: { code: "not-your-own-request" } });
  });

  it("is refused to who accepted it, and to the requester", async () => {
    const both = await office.hire(["infrastructure", "leadership"], { name: "Rangkap Jabatan" });
    const ticketId = await ticketBefore("accept-plan");
    expect((await office.step(ticketId, "accept-plan", both)).ok).toBe(true);
    const { version } = await office.ticket(ticketId);
    expect(await approve(ticketId, both, { version })).toMatchObject({ refusal: { code: "not-your-own-request" } });
    const { requester } = office.people;
    expect((await approve(ticketId, requester, { version })).ok).toBe(false);
  });

  it("counts once, pressed twice or by two at once", async () => {
    const ticketId = await ticketBefore("approve-plan");
    const { version } = await office.ticket(ticketId);
    const leadership = office.doer("leadership");
    const answers = await Promise.all([1, 2].map(() => approve(ticketId, leadership, { version })));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await approve(ticketId, leadership, { version })).toMatchObject({ refusal: { code: "ticket-moved-on" } });
  });
});

describe("building", () => {
  async function planIdOf(ticketId: number): Promise<number> {
    return (await latestPlan(ticketId))?.id ?? 0;
  }
  const begin = async (ticketId: number, planId: number, now = morning) => {
    const previewed = (await latestPlan(ticketId)) ?? never();
    return office.act((tx) => beginBuilding(tx, office.setting(now), { ticketId, planId, previewed }));
  };

  it("gives the addresses, and the name once it answers", async () => {
    const ticketId = await ticketBefore("application-built");
    expect(await begin(ticketId, await planIdOf(ticketId))).toMatchObject({ ok: true });
    expect((await listAddressesOfTicket(office.db, ticketId)).map(({ kind }) => kind)).toEqual([
      ...["assigned", "assigned", "assigned", "assigned"],
    ]);
    expect((await listNamesOfTicket(office.db, ticketId)).map(({ state }) => state)).toEqual(["reserved"]);

    const built = await office.act((tx) =>
      recordBuilt(tx, office.setting(), { ticketId, seen: { intranet: "passed", internet: "not-applicable" } }),
    );

    expect(built).toMatchObject({ ok: true });
    expect(await applicationOf(ticketId)).toMatchObject({ state: "built" });
    expect((await listNamesOfTicket(office.db, ticketId)).map(({ state }) => state)).toEqual(["in-use"]);
    expect(await office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("does not begin by another plan, an expired one, or before approval", async () => {
    const early = await ticketBefore("approve-plan");
    expect(await begin(early, await planIdOf(early))).toMatchObject({ refusal: { code: "no-such-application" } });
    const ticketId = await ticketBefore("application-built");
    const planId = await planIdOf(ticketId);
    expect(await begin(ticketId, planId - 1)).toMatchObject({ refusal: { code: "plan-changed" } });
    const late = minutesAfter(morning, testHosting.planHours * 60);
    expect(await begin(ticketId, planId, late)).toMatchObject({ refusal: { code: "plan-expired" } });
  });

  it("is not cancelled meanwhile: what stands on a host would be nobody's", async () => {
    const ticketId = await ticketBefore("application-built");
    const cancel = () => office.stepAs(ticketId, "cancel", "user", { note: "Tidak jadi." });
    expect(await cancel()).toMatchObject({ refusal: { code: "ticket-moved-on" } });
    await begin(ticketId, await planIdOf(ticketId));
    expect(await cancel()).toMatchObject({ refusal: { code: "ticket-moved-on" } });
    expect(await listAddressesOfTicket(office.db, ticketId)).toHaveLength(4);
  });

  it.each(["address", "name"] as const)("does not begin when its %s was given up in the register", async (what) => {
    const ticketId = await ticketBefore("application-built");
    const planId = await planIdOf(ticketId);
    await giveUp(what, ticketId);
    expect(await begin(ticketId, planId)).toMatchObject({ refusal: { code: "network-given-up" } });
    expect(await applicationOf(ticketId)).toMatchObject({ state: "planned", begunPlanId: null });
  });
});

describe("whose turn it is on a stack", () => {
  const [one, other] = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"];
  const hold = (holder: string, seconds = 60) => holdStack(office.db, { stack: "app-x", holder, seconds });

  it("is one holder's, until they let it go or it has run out", async () => {
    expect([await hold(one), await hold(other)]).toEqual([true, false]);
    await letStackGo(office.db, { stack: "app-x", holder: other });
    expect(await hold(other)).toBe(false);
    await letStackGo(office.db, { stack: "app-x", holder: one });
    expect(await hold(other, -1)).toBe(true);
    expect(await hold(one)).toBe(true);
  });

  it("is renewed by its holder alone, and is not taken anew by that when another has held it meanwhile", async () => {
    const renew = (holder: string) => renewStack(office.db, { stack: "app-x", holder, seconds: 60 });
    await office.db.deleteFrom("stack_lease").execute();
    await hold(one, -1);
    expect([await renew(other), await renew(one), await hold(other)]).toEqual([false, true, false]);
    await letStackGo(office.db, { stack: "app-x", holder: one });
    expect([await renew(one), await isStackHeld(office.db, "app-x")]).toEqual([false, false]);
  });
});

function never(): never {
  throw new Error("there is no such prefix");
}
