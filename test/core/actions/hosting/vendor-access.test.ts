import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  keepAccesses,
  recordAccountDropped,
  recordClosed,
  recordShut,
  recordShutTrouble,
  revokeAccess,
} from "../../../../core/actions/hosting/end-access.ts";
import { isolateApplication } from "../../../../core/actions/hosting/isolate-application.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { findApplication } from "../../../../core/db/hosting/applications.ts";
import { findAccess, findUnclosedAccess } from "../../../../core/db/hosting/vendor-accesses.ts";
import { findWatched } from "../../../../core/db/hosting/watched-stacks.ts";
import { dayInMilliseconds } from "../../../../core/domain/durations.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Application } from "../../../../core/domain/hosting/application.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { changeIt, giveDatabase, hostApplication, hostKeepingFiles } from "../../../support/hosted.ts";
import { testHosting } from "../../../support/hosting.ts";
import { accepted } from "../../../support/ipam.ts";
import { morning, openOffice, type TestOffice } from "../../../support/office.ts";
import { vendorKey } from "../../../support/vendor-keys.ts";
import { pathsOfVendorAccess, usualAnswers } from "../../domain/procedures/vendor-access.paths.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? "ok" : outcome.refusal?.code);
const path = pathsOfVendorAccess["access is planned, accepted, approved and built"] ?? [];
const accessOf = async ({ id }: Application) => (await findApplication(office.db, id))?.access ?? undefined;
const later = (days: number) => new Date(morning.getTime() + days * dayInMilliseconds);

function ask(
  { stack }: Pick<Application, "stack">,
  answers: Answers = {},
  { by = office.people.requester, rules = {} }: { by?: Person; rules?: object } = {},
) {
  const asked = {
    ...{ "hosted-application": stack, "access-kind": "sftp", vendor: "PT Karya", "vendor-person": "Rudi" },
    ...{ "public-key": vendorKey, until: "2 minggu lagi", description: "Modul cuti.", "official-duty": "accepted" },
    ...answers,
  };
  const input = { procedure: "vendor-access", answers: asked, draftId: 0 };
  return office.act((tx) => fileTicket(tx, by, office.setting(morning, rules), input));
}

/** Asked for by the application's office, and walked to right before that step; to its end without one. */
async function walkTo(application: Application, before?: string, answers: Answers = {}): Promise<number> {
  const ticketId = accepted(await ask(application, answers));
  for (const [name, role] of path) {
    if (name === before) break;
    await office.walk(ticketId, [[name, role, usualAnswers[name] ?? {}]]);
  }
  return ticketId;
}

async function opened(): Promise<{ application: Application; accessId: number }> {
  const application = await hostKeepingFiles(office);
  await walkTo(application);
  return { application, accessId: (await accessOf(application))?.id ?? 0 };
}

/** Its worker has shut it, and taken it out of its stack. */
async function close(accessId: number): Promise<void> {
  await office.act((tx) => recordShut(tx, office.setting(), { accessId }));
  await office.act((tx) => recordClosed(tx, office.setting(), { accessId }));
}

describe("access of a vendor is asked for", () => {
  it("by the application's office, and by the data center; by no other office", async () => {
    const application = await hostKeepingFiles(office);
    const other = await office.hire(["user"], { office: "Dinkes" });
    expect(code(await ask(application, {}, { by: other }))).toBe("application-of-other-office");
    expect(code(await ask(application, {}, { by: office.people.dataCenter }))).toBe("ok");
    expect(code(await ask(application))).toBe("ok");
  });

  it.each([
    ["until a day that is too far", { until: "31 hari lagi" }, "access-too-long"],
    ["with a private key", { "public-key": "-----BEGIN OPENSSH PRIVATE KEY-----" }, "key-is-private"],
    ["from what is no network", { sources: "kantor vendor" }, "networks-unreadable"],
    ["of another kind", { "access-kind": "docker" }, "not-offered"],
    ["to what is not there", { "hosted-application": "app-tidak-ada" }, "no-such-application"],
  ])("not %s", async (_name, answers, refused) => {
    const application = await hostKeepingFiles(office);
    expect(code(await ask(application, answers))).toBe(refused);
  });

  it("not of an application that keeps no files, of one that is stopped, and where the profile offers none", async () => {
    const bare = await hostApplication(office);
    expect(code(await ask(bare))).toBe("application-keeps-no-files");
    const { access: _access, ...without } = testHosting;
    const application = await hostKeepingFiles(office);
    expect(code(await ask(application, {}, { rules: { hosting: without } }))).toBe("access-off");
    await changeIt(office, application, { change: "stop" });
    expect(code(await ask(application))).toBe("application-not-running");
  });
});

describe("access to a database", () => {
  const openedDatabase = async (kind = "database-read") => {
    const application = await giveDatabase(office, await hostApplication(office));
    await walkTo(application, undefined, { "access-kind": kind });
    return { application, accessId: (await accessOf(application))?.id ?? 0 };
  };

  it("is asked for of what has one, and files of what keeps some", async () => {
    const keeping = await hostKeepingFiles(office);
    const refused = { code: "application-has-no-database", values: { field: "access-kind" } };
    expect(await ask(keeping, { "access-kind": "database-change" })).toMatchObject({ refusal: refused });
    const bare = await hostApplication(office);
    expect(await ask(bare, { "access-kind": "database-read" })).toMatchObject({
      refusal: { code: "application-has-no-database", values: { field: "hosted-application" } },
    });
    const application = await giveDatabase(office, bare);
    expect(code(await ask(application))).toBe("application-keeps-no-files");
    expect(code(await ask(application, { "access-kind": "database-read" }))).toBe("ok");
  });

  it("has an account of its own, which is offered to who asked for it once it stands", async () => {
    const { application, accessId } = await openedDatabase();
    const access = await findAccess(office.db, accessId);
    expect(access).toMatchObject({ kind: "database-read", accountPassword: expect.stringMatching(/^sealed:/) });
    expect(access?.accountPassword).not.toBe(application.secrets?.password);
    const owner = { applicationId: application.id, accessId };
    expect(office.enqueued).toContainEqual({ name: "offer-database-account", data: owner });
    expect((await findWatched(office.db, application.stack))?.input).not.toContain(access?.accountPassword);
    await end(accessId);
    expect((await findAccess(office.db, accessId))?.accountPassword).toBeNull();
  });

  it("ends before its application is stopped, while its database still runs", async () => {
    const { application, accessId } = await openedDatabase("database-change");
    const ticketId = await changeIt(office, application, { change: "stop" }, { before: "application-built" });
    await office.walk(ticketId, [["building-failed", "machine", {}]]);
    expect(await findAccess(office.db, accessId)).toMatchObject({ endedBecause: "stopped" });
    expect(office.enqueued).toContainEqual({ name: "close-access", data: { accessId } });
  });

  it("loses its account once, which the journal says", async () => {
    const { application, accessId } = await openedDatabase();
    for (const _twice of [1, 2]) await office.act((tx) => recordAccountDropped(tx, office.setting(), { accessId }));
    const dropped = await office.db
      .selectFrom("journal")
      .select("details")
      .where("event", "=", "access-account-dropped")
      .where("subject_id", "=", application.id)
      .execute();
    expect(dropped).toHaveLength(1);
    await end(accessId);
  });
});

describe("access of a vendor", () => {
  it("stands once it is built, and who asked for it reads how to get in", async () => {
    const application = await hostKeepingFiles(office);
    const ticketId = await walkTo(application, "application-built", { sources: "103.10.20.5" });
    await office.stepAs(ticketId, "application-built", "machine", usualAnswers["application-built"]);
    const told = await office.takeMail();

    const present = await findApplication(office.db, application.id);
    expect(present).toMatchObject({
      ...{ state: "built", revision: { change: "access", imageId: application.revision.imageId, slot: "a" } },
      access: {
        ...{ ticketId, kind: "sftp", vendor: "PT Karya", publicKey: vendorKey, sources: "103.10.20.5/32" },
        grantedAt: expect.any(Date),
      },
    });
    const file = JSON.parse((await findWatched(office.db, application.stack))?.input ?? "{}");
    expect(file.access).toMatchObject({ publishedPort: present?.access?.port, user: "10001:10001", isReadOnly: true });
    expect(told.filter(({ kind }) => kind === "access-granted").map(({ to }) => to)).toEqual(["Nurhayati Siregar"]);
    expect((await office.ticket(ticketId)).state).toBe("closed");
  });

  it("is one at a time, each at a port of its own, of which there are so many", async () => {
    const [one, two, three] = [await opened(), await opened(), await hostKeepingFiles(office)];
    const ports = [await accessOf(one.application), await accessOf(two.application)].map((access) => access?.port ?? 0);
    expect(new Set(ports).size).toBe(2);
    expect(code(await ask(one.application))).toBe("access-there-already");

    const ticketId = accepted(await ask(three));
    const [first = 0, last = 0] = ports.toSorted();
    const hosting = { ...testHosting, access: { ...testHosting.access, ports: { first, last } } };
    expect(await ask(three, {}, { rules: { hosting } })).toMatchObject({
      refusal: { code: "no-free-access-port", values: { first, last, field: "hosted-application" } },
    });
    const { version } = await office.ticket(ticketId);
    const press = { ticketId, step: "plan-access", version, answers: {} };
    const by = office.people.dataCenter;
    const full = await office.act((tx) => doStep(tx, by, office.setting(morning, { hosting }), press));
    expect(code(full)).toBe("no-free-access-port");
    for (const { accessId } of [one, two]) await end(accessId);
    await office.walk(
      ticketId,
      path.slice(0, 1).map(([name, role]) => [name, role]),
    );
    expect((await findUnclosedAccess(office.db, three.id))?.port).toBe(first);
  });

  it("is not approved by who asked for it, whatever their role", async () => {
    const application = await hostKeepingFiles(office);
    const leader = office.people.leadership;
    const ticketId = accepted(await ask(application, {}, { by: leader }));
    for (const [name, role] of path.slice(0, 3)) await office.walk(ticketId, [[name, role, {}]]);
    expect(code(await office.step(ticketId, "approve-plan", leader))).toBe("not-your-own-request");
  });

  it("is not approved twice by one button", async () => {
    const application = await hostKeepingFiles(office);
    const ticketId = await walkTo(application, "approve-plan");
    const { version } = await office.ticket(ticketId);
    const leader = office.people.leadership;
    const press = { ticketId, step: "approve-plan", version, answers: {} };
    const { requester } = office.people;
    expect(code(await office.act((tx) => doStep(tx, requester, office.setting(), press)))).toBe("not-your-role");
    accepted(await office.act((tx) => doStep(tx, leader, office.setting(), press)));
    expect(code(await office.act((tx) => doStep(tx, leader, office.setting(), press)))).toBe("ticket-moved-on");
    await office.walk(ticketId, [["application-built", "machine", usualAnswers["application-built"] ?? {}]]);
    await end((await accessOf(application))?.id ?? 0);
  });

  it("that was given up after a part of it was built is shut on its host, as one that stood", async () => {
    const application = await hostKeepingFiles(office);
    const ticketId = await walkTo(application, "application-built");
    const accessId = (await accessOf(application))?.id ?? 0;
    await office.walk(ticketId, [
      ["building-failed", "machine", {}],
      ["continue-building", "data-center", {}],
      ["plan-outdated", "machine", {}],
      ["cancel", "user", { note: "Tidak jadi." }],
    ]);
    expect(await findAccess(office.db, accessId)).toMatchObject({ endedAt: expect.any(Date), shutAt: null });
    expect(office.enqueued).toContainEqual({ name: "close-access", data: { accessId } });
  });

  it.each(["refuse-plan", "cancel", "reject-plan"] as const)("that ends by %s leaves nothing", async (step) => {
    const before = office.enqueued.length;
    const application = await hostKeepingFiles(office);
    const ticketId = await walkTo(application, step === "reject-plan" ? "approve-plan" : "accept-plan");
    const role = { "refuse-plan": "infrastructure", cancel: "user", "reject-plan": "leadership" } as const;
    await office.walk(ticketId, [[step, role[step], { note: "Tidak jadi." }]]);
    expect(await findUnclosedAccess(office.db, application.id)).toBeUndefined();
    expect((await findApplication(office.db, application.id))?.revision.id).toBe(application.revision.id);
    expect(office.enqueued.slice(before).map(({ name }) => name)).not.toContain("close-access");
  });

  it("that was revoked while it waits for approval is not approved any more", async () => {
    const application = await hostKeepingFiles(office);
    const ticketId = await walkTo(application, "approve-plan");
    await end((await findUnclosedAccess(office.db, application.id))?.id ?? 0);
    expect(code(await office.step(ticketId, "approve-plan", office.people.leadership))).toBe("plan-changed");
  });
});

async function end(accessId: number): Promise<void> {
  const by = office.people.dataCenter;
  accepted(await office.act((tx) => revokeAccess(tx, by, office.setting(), { accessId })));
  await close(accessId);
}

describe("access of a vendor ends", () => {
  it("at once by whoever operates the hosts, once, and by nobody else", async () => {
    const { accessId } = await opened();
    const revoke = (by: Person, id = accessId) =>
      office.act((tx) => revokeAccess(tx, by, office.setting(), { accessId: id }));
    for (const by of [office.people.requester, office.people.leadership]) {
      expect(code(await revoke(by))).toBe("not-your-role");
    }
    expect(code(await revoke(office.people.infrastructure, 999_999))).toBe("no-such-access");
    expect(code(await revoke(office.people.infrastructure))).toBe("ok");
    expect(code(await revoke(office.people.infrastructure))).toBe("access-ended-already");
    expect(office.enqueued).toContainEqual({ name: "close-access", data: { accessId } });
    await close(accessId);
  });

  it("by the clock after its last day, and not before; its office and the data center are told when it is shut", async () => {
    const { application, accessId } = await opened();
    await office.takeMail();
    await office.act((tx) => keepAccesses(tx, office.setting(later(14))));
    expect((await findAccess(office.db, accessId))?.endedAt).toBeNull();
    await office.act((tx) => keepAccesses(tx, office.setting(later(15))));
    expect(await findAccess(office.db, accessId)).toMatchObject({ endedBecause: "over", shutAt: null });
    expect(await office.takeMail()).toEqual([]);

    await close(accessId);
    const told = (await office.takeMail()).filter(({ kind }) => kind === "access-ended");
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect((await findWatched(office.db, application.stack))?.input).not.toContain('"access"');
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "built", begunPlanId: null });
  });

  it.each([
    ["stop", "stopped"],
    ["delete", "deleted"],
  ])("with its application: %s", async (change, because) => {
    const { application, accessId } = await opened();
    await changeIt(office, application, { change });
    expect(await findAccess(office.db, accessId)).toMatchObject({ endedBecause: because });
    await close(accessId);
  });

  it("with its application, which was isolated", async () => {
    const { application, accessId } = await opened();
    const input = { applicationId: application.id, answers: { reason: "Halaman depan diubah orang lain." } };
    accepted(await office.act((tx) => isolateApplication(tx, office.people.dataCenter, office.setting(), input)));
    expect(await findAccess(office.db, accessId)).toMatchObject({ endedBecause: "isolated" });
    await close(accessId);
  });

  it("not by another version, which comes with it", async () => {
    const { application, accessId } = await opened();
    await changeIt(office, application, { change: "size", size: "large" });
    expect((await accessOf(application))?.id).toBe(accessId);
    expect((await findWatched(office.db, application.stack))?.input).toContain('"access"');
    await end(accessId);
  });

  it("and what hinders that is told once", async () => {
    const { accessId } = await opened();
    accepted(await office.act((tx) => revokeAccess(tx, office.people.dataCenter, office.setting(), { accessId })));
    await office.takeMail();
    const trouble = { accessId, trouble: "host-unreachable" } as const;
    await office.act((tx) => recordShutTrouble(tx, office.setting(), trouble));
    expect((await office.takeMail()).map(({ kind }) => kind)).toContain("access-trouble");
    await office.act((tx) => recordShutTrouble(tx, office.setting(), trouble));
    expect(await office.takeMail()).toEqual([]);
    await close(accessId);
    expect((await findAccess(office.db, accessId))?.trouble).toBeNull();
  });
});
