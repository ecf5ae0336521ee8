import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginBuilding, recordBuilt } from "../../../../core/actions/hosting/build-application.ts";
import { checkAsked } from "../../../../core/actions/hosting/check-change.ts";
import { releaseDeleted } from "../../../../core/actions/hosting/release-application.ts";
import { addRecord } from "../../../../core/actions/names/dns-records.ts";
import type { OfficeRules, Setting } from "../../../../core/actions/setting.ts";
import { doStep } from "../../../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../../../core/actions/ticket/file-ticket.ts";
import { findOpenRevision, listVersions } from "../../../../core/db/hosting/application-revisions.ts";
import { findApplication, listHosted, updateApplication } from "../../../../core/db/hosting/applications.ts";
import { findLatestPlan } from "../../../../core/db/hosting/stack-plans.ts";
import { listAddressesOfTicket } from "../../../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../../../core/db/ipam/prefixes.ts";
import { findNameNow } from "../../../../core/db/names/names.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Application } from "../../../../core/domain/hosting/application.ts";
import { showPrefix } from "../../../../core/domain/ipam/prefix.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { changeIt, hostApplication, keptApplication } from "../../../support/hosted.ts";
import { endMachineWork, hashesOf, testHosting } from "../../../support/hosting.ts";
import { accepted } from "../../../support/ipam.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const daysAfter = (days: number) => minutesAfter(morning, days * 24 * 60);
const now = async ({ id }: Pick<Application, "id">) => {
  const application = await findApplication(office.db, id);
  if (application === undefined) throw new Error(`there is no application ${id}`);
  return application;
};
const subnets = async () => (await listPrefixes(office.db)).map(showPrefix);

function ask(
  { stack }: Pick<Application, "stack">,
  answers: Answers,
  {
    by = office.people.requester,
    at = morning,
    procedure = "application-change",
  }: { by?: Person; at?: Date; procedure?: string } = {},
) {
  const duty = procedure === "application-change" ? { "official-duty": "accepted" } : {};
  const asked = { "hosted-application": stack, description: "Diperlukan kantor.", ...duty, ...answers };
  return office.act((tx) => fileTicket(tx, by, office.setting(at), { procedure, answers: asked, draftId: 0 }));
}

const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? "ok" : outcome.refusal?.code);

describe("a change", () => {
  it("of the version makes another revision with its own image, and is gone back from by the former's", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "version" });
    const second = (await now(hosted)).revision;
    expect(second).toMatchObject({ change: "version", slot: "b", state: "built", isRunning: true });
    expect(second.imageId).not.toBe(hosted.revision.imageId);
    expect((await listVersions(office.db, hosted.id)).map(({ number }) => number)).toEqual([2, 1]);

    await changeIt(office, hosted, { change: "roll-back", "former-version": "1" });
    expect((await now(hosted)).revision).toMatchObject({
      ...{ change: "roll-back", slot: "a", imageId: hosted.revision.imageId },
      attachmentId: hosted.revision.attachmentId,
    });
  });

  it("of the name gives the new one and gives the old one back, and nothing of it before it answers", async () => {
    const hosted = await hostApplication(office);
    const { domainName } = hosted.revision;
    const ticketId = await changeIt(
      office,
      hosted,
      { change: "name", "new-name": "namabaru" },
      { before: "application-built" },
    );
    expect((await findNameNow(office.db, "namabaru.labura.go.id"))?.state).toBe("reserved");
    expect((await findNameNow(office.db, domainName))?.state).toBe("in-use");
    expect((await now(hosted)).revision.domainName).toBe(domainName);

    await office.walk(ticketId, [["application-built", "machine", {}]]);

    expect((await findNameNow(office.db, "namabaru.labura.go.id"))?.state).toBe("in-use");
    expect((await findNameNow(office.db, domainName))?.state).toBe("quarantined");
    expect((await now(hosted)).revision.domainName).toBe("namabaru.labura.go.id");
    // What is changed next has to find its name and addresses as its own.
    await changeIt(office, hosted, { change: "stop" });
    expect((await now(hosted)).state).toBe("stopped");
  });

  it("stops, and starts again as it was built last", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "stop" });
    expect(await now(hosted)).toMatchObject({ state: "stopped", revision: { isRunning: false } });
    await changeIt(office, hosted, { change: "start" });
    expect(await now(hosted)).toMatchObject({
      ...{ state: "built", keptUntil: null },
      revision: { isRunning: true, imageId: hosted.revision.imageId, slot: hosted.revision.slot },
    });
  });

  it.each(["refuse-plan", "cancel", "reject-plan"] as const)("that ends by %s leaves all as it was", async (step) => {
    const hosted = await hostApplication(office);
    const before = step === "reject-plan" ? "approve-plan" : "accept-plan";
    const ticketId = await changeIt(
      office,
      hosted,
      { change: "name", "new-name": `nama-${step.slice(0, 3)}` },
      { before },
    );
    const role = { "refuse-plan": "infrastructure", cancel: "user", "reject-plan": "leadership" } as const;
    await office.walk(ticketId, [[step, role[step], { note: "Tidak jadi." }]]);
    expect(await now(hosted)).toMatchObject({ state: "built", revision: { id: hosted.revision.id } });
    expect(await findNameNow(office.db, `nama-${step.slice(0, 3)}.labura.go.id`)).toBeUndefined();
    expect(await findOpenRevision(office.db, hosted.id)).toBeUndefined();
    expect(await subnets()).toContain(hosted.subnet);
    expect(await listAddressesOfTicket(office.db, hosted.ticketId)).toHaveLength(4);
  });

  it("that fails is taken back by what stood before, which is planned and approved as well", async () => {
    const hosted = await hostApplication(office);
    const ticketId = await changeIt(
      office,
      hosted,
      { change: "name", "new-name": "gagal" },
      { before: "application-built" },
    );
    await office.walk(ticketId, [
      ["building-failed", "machine", {}],
      ["take-change-back", "data-center", { note: "Tidak menjawab." }],
    ]);
    expect(await findNameNow(office.db, "gagal.labura.go.id")).toBeUndefined();
    await office.walk(ticketId, [
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
      ["approve-plan", "leadership", {}],
      ["application-built", "machine", {}],
    ]);
    const { state, revision } = await now(hosted);
    expect([state, revision.domainName, revision.slot]).toEqual(["built", hosted.revision.domainName, "a"]);
    expect((await findNameNow(office.db, hosted.revision.domainName))?.state).toBe("in-use");
  });
});

it("an application knows the volumes that it was built with last", async () => {
  const hosted = await hostApplication(office);
  await office.database.owner
    .updateTable("stack_plan")
    .set({ input: '{"volumes":["data"]}' })
    .where("stack", "=", hosted.stack)
    .execute();
  expect((await now(hosted)).volumes).toEqual(["data"]);
});

describe("a change that failed, and whose plan was outdated when it went on", () => {
  async function outdated(hosted: Application): Promise<number> {
    const ticketId = await changeIt(office, hosted, { change: "size", size: "large" }, { before: "application-built" });
    await office.walk(ticketId, [
      ["building-failed", "machine", {}],
      ["continue-building", "data-center", {}],
      ["plan-outdated", "machine", {}],
      ["application-planned", "machine", {}],
    ]);
    return ticketId;
  }

  it("is planned again after infrastructure has refused the new plan", async () => {
    const hosted = await hostApplication(office);
    const ticketId = await outdated(hosted);
    await office.walk(ticketId, [
      ["refuse-plan", "infrastructure", { note: "Periksa lagi." }],
      ["plan-change", "data-center", {}],
      ["application-planned", "machine", {}],
      ["accept-plan", "infrastructure", {}],
      ["approve-plan", "leadership", {}],
      ["application-built", "machine", {}],
    ]);
    expect((await now(hosted)).revision).toMatchObject({ size: "large", state: "built" });
  });

  it.each(["cancel", "reject-plan"] as const)("does not hold the application after %s", async (step) => {
    const hosted = await hostApplication(office);
    const ticketId = await outdated(hosted);
    if (step === "reject-plan") await office.walk(ticketId, [["accept-plan", "infrastructure", {}]]);
    await office.walk(ticketId, [[step, step === "cancel" ? "user" : "leadership", { note: "Tidak jadi." }]]);
    expect(await findOpenRevision(office.db, hosted.id)).toBeUndefined();
    await changeIt(office, hosted, { change: "stop" });
    expect((await now(hosted)).state).toBe("stopped");
  });
});

describe("a change is refused", () => {
  it.each([
    ["of another office's application", { change: "stop" }, "application-of-other-office"],
    ["to the size that it has", { change: "size", size: "small" }, "same-size"],
    ["to a size of no profile", { change: "size", size: "lain" }, "not-offered"],
    ["that starts what runs", { change: "start" }, "application-runs-already"],
    ["back to a version that is none", { change: "roll-back", "former-version": "7" }, "nothing-to-roll-back"],
    ["back to the version that runs", { change: "roll-back", "former-version": "1" }, "nothing-to-roll-back"],
    ["to a name that somebody has", { change: "name", "new-name": "@own" }, "same-name"],
  ])("%s, when it is filed", async (what, answers: Answers, expected) => {
    const hosted = await hostApplication(office);
    const stranger = await office.hire(["user"], { office: "Dinkes" });
    const by = what.startsWith("of another") ? stranger : office.people.requester;
    const own = hosted.revision.domainName;
    const meant = Object.fromEntries(Object.entries(answers).map(([key, each]) => [key, each === "@own" ? own : each]));
    expect(code(await ask(hosted, meant, { by }))).toBe(expected);
  });

  it("to a name that another application has, when it is filed and when it is planned", async () => {
    const [hosted, other] = [await hostApplication(office), await hostApplication(office)];
    const wish = { change: "name", "new-name": other.revision.domainName };
    expect(code(await ask(hosted, wish))).toBe("new-name-taken");
    const first = await ask(hosted, { change: "name", "new-name": "dua-peminat" });
    const second = await ask(other, { change: "name", "new-name": "dua-peminat" });
    if (!first.ok || !second.ok) throw new Error("they should be filed");
    await office.walk(first.value, [["plan-change", "data-center", {}]]);
    const late = await office.stepAs(second.value, "plan-change", "data-center");
    expect(late.ok).toBe(false);
    expect((await office.ticket(second.value)).state).toBe("filed");
  });

  it("that stops what is stopped, or gives it another size", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "stop" });
    expect(code(await ask(hosted, { change: "stop" }))).toBe("application-stopped-already");
    expect(code(await ask(hosted, { change: "size", size: "small" }))).toBe("application-not-running");
  });

  it("of what is isolated", async () => {
    const hosted = await hostApplication(office);
    await office.act((tx) => updateApplication(tx, hosted.id, { state: "isolated" }, morning));
    expect(code(await ask(hosted, { change: "delete" }))).toBe("application-isolated");
  });

  it("while another one is under way, which it names; also when both were filed before", async () => {
    const hosted = await hostApplication(office);
    const waiting = await ask(hosted, { change: "stop" });
    const first = await changeIt(office, hosted, { change: "delete" }, { before: "approve-plan" });
    expect(await ask(hosted, { change: "stop" })).toMatchObject({
      refusal: { code: "change-under-way", values: { ticketId: first } },
    });
    if (!waiting.ok) throw new Error("it should be filed");
    expect(await office.stepAs(waiting.value, "plan-change", "data-center")).toMatchObject({
      refusal: { code: "change-under-way", values: { ticketId: first } },
    });
  });

  it("nor is its application taken before the change is answered: who asks reads it at once", async () => {
    const hosted = await hostApplication(office);
    const named = (by: Person, stack = hosted.stack) =>
      checkAsked(office.db, office.setting(), by, {
        ...{ procedure: "application-change", answers: { "hosted-application": stack } },
      });
    const { requester } = office.people;
    expect(await named(requester)).toEqual({ ok: true });
    const stranger = await office.hire(["user"], { office: "Dinkes" });
    const field = "hosted-application";
    expect(await named(stranger)).toMatchObject({
      refusal: { code: "application-of-other-office", values: { field } },
    });
    expect(await named(requester, "app-tidak-ada")).toMatchObject({
      refusal: { code: "no-such-application", values: { field } },
    });
    const ticketId = await changeIt(office, hosted, { change: "delete" }, { before: "approve-plan" });
    expect(await named(requester)).toMatchObject({
      refusal: { code: "change-under-way", values: { ticketId, field } },
    });
  });

  it("to one of two that are planned at once", async () => {
    const hosted = await hostApplication(office);
    const [one, other] = [await ask(hosted, { change: "stop" }), await ask(hosted, { change: "delete" })];
    if (!one.ok || !other.ok) throw new Error("they should be filed");
    const planned = await Promise.all(
      [one.value, other.value].map((id) => office.stepAs(id, "plan-change", "data-center")),
    );
    expect(planned.map(code).sort()).toEqual(["change-under-way", "ok"]);
  });

  it("without an image, where it asks for a version", async () => {
    const hosted = await hostApplication(office);
    const ticketId = await office.file({
      ...{ procedure: "application-change", answers: { "hosted-application": hosted.stack, change: "version" } },
    });
    await office.db.updateTable("attachment").set({ state: "failed" }).where("ticket_id", "=", ticketId).execute();
    expect(code(await office.stepAs(ticketId, "plan-change", "data-center"))).toBe("one-image-needed");
  });
});

describe("what is deleted", () => {
  it("keeps its data, addresses and name for the time of the profile, and can be started again", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "delete" });
    expect(await now(hosted)).toMatchObject({ state: "deleted", isKept: true, keptUntil: daysAfter(30) });
    await office.act((tx) => releaseDeleted(tx, office.setting(daysAfter(29)), hosted));
    expect(await subnets()).toContain(hosted.subnet);
    expect(code(await ask(hosted, { change: "size", size: "small" }))).toBe("application-deleted");

    await changeIt(office, hosted, { change: "start" });
    expect(await now(hosted)).toMatchObject({ state: "built", keptUntil: null, revision: { isRunning: true } });
  });

  it("is kept for as long as was approved, whatever the profile says since", async () => {
    const hosted = await hostApplication(office);
    const ticketId = await changeIt(office, hosted, { change: "delete" }, { before: "approve-plan" });
    const shorter = office.setting(morning, { hosting: { ...testHosting, keepDeletedDays: 7 } });
    const approve = async (setting: Setting) => {
      const { version } = await office.ticket(ticketId);
      const approval = { ticketId, step: "approve-plan", version, answers: {} };
      return office.act((tx) => doStep(tx, office.people.leadership, setting, approval));
    };
    expect(code(await approve(shorter))).toBe("plan-changed");
    await office.walk(ticketId, [
      ["application-planned", "machine"],
      ["accept-plan", "infrastructure"],
    ]);
    expect(code(await approve(office.setting()))).toBe("ok");

    const plan = await findLatestPlan(office.db, { ticketId, stack: hosted.stack });
    const begun = { ticketId, planId: plan?.id ?? 0, previewed: plan ?? { hashes: hashesOf(""), steps: [] } };
    await office.act((tx) => beginBuilding(tx, office.setting(), begun));
    await office.act((tx) => recordBuilt(tx, shorter, { ticketId }));
    expect(await now(hosted)).toMatchObject({ state: "deleted", keptUntil: daysAfter(30) });
  });

  it("gives its network, addresses and name back after that, and the data center is told, once", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "delete" });
    await office.takeMail();
    const release = () => office.act((tx) => releaseDeleted(tx, office.setting(daysAfter(30)), hosted));
    await release();
    await release();
    expect(await subnets()).not.toContain(hosted.subnet);
    expect(await listAddressesOfTicket(office.db, hosted.ticketId)).toEqual([]);
    expect((await findNameNow(office.db, hosted.revision.domainName))?.state).toBe("quarantined");
    expect((await office.takeMail()).map(({ to, kind }) => [to, kind])).toEqual([
      ["Dedi Harahap", "application-kept-over"],
    ]);
    expect(code(await ask(hosted, { change: "start" }, { at: daysAfter(30) }))).toBe("kept-time-over");
  });

  it("is released also where something else needs its name, which stays; infrastructure is told why, once", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "delete" });
    const owner = hosted.revision.domainName;
    const text = { owner, type: "TXT", value: "v=spf1 -all" };
    const { infrastructure } = office.people;
    accepted(await office.act((tx) => addRecord(tx, infrastructure, office.setting(), { answers: text })));
    await office.takeMail();
    const release = () => office.act((tx) => releaseDeleted(tx, office.setting(daysAfter(30)), hosted));
    await release();
    await release();
    expect(await subnets()).not.toContain(hosted.subnet);
    expect(await now(hosted)).toMatchObject({ isKept: false });
    expect((await findNameNow(office.db, owner))?.state).toBe("in-use");
    const mail = await office.takeMail();
    expect(mail.map(({ to, kind }) => [to, kind])).toEqual([
      ["Dedi Harahap", "application-kept-over"],
      ["Efendi Rambe", "application-kept-over"],
    ]);
    expect(mail[1]).toMatchObject({ nameKept: { code: "domain-has-records", values: { owner } } });
  });

  it("gives nothing back while it is being started again", async () => {
    const hosted = await hostApplication(office);
    await changeIt(office, hosted, { change: "delete" });
    await changeIt(office, hosted, { change: "start" }, { before: "approve-plan" });
    await office.act((tx) => releaseDeleted(tx, office.setting(daysAfter(31)), hosted));
    expect(await subnets()).toContain(hosted.subnet);
  });
});

describe("purging", () => {
  const chain: Partial<OfficeRules> = { approvers: () => ["infrastructure", "leadership"], hosting: testHosting };

  it.each([
    ["what runs", "application-not-deleted"],
    ["what is kept yet", "kept-time-not-over"],
  ])("%s is refused", async (what, expected) => {
    const hosted = await hostApplication(office);
    if (what === "what is kept yet") await changeIt(office, hosted, { change: "delete" });
    expect(code(await ask(hosted, {}, { procedure: "application-purge" }))).toBe(expected);
  });

  it("is offered of what was kept for its time, behind however many others there are", async () => {
    const kept = await keptApplication(office);
    await hostApplication(office);
    const offered = await listHosted(office.db, { offset: 0, limit: 1, only: "released" });
    expect(offered).toHaveLength(1);
    expect(offered[0]).toMatchObject({ state: "deleted", isKept: false });
    const all = await listHosted(office.db, { offset: 0, limit: 100, only: "standing" });
    expect(all.map(({ stack }) => stack)).toContain(kept.stack);
    expect(all[0]?.isKept).toBe(true);
  });

  it("takes two approvals, infrastructure's and leadership's, never by one person", async () => {
    const both = await office.hire(["infrastructure", "leadership"], { name: "Rangkap Jabatan" });
    const hosted = await keptApplication(office);
    const ticketId = await office.file({
      ...{ procedure: "application-purge", answers: { "hosted-application": hosted.stack } },
    });
    await office.walk(ticketId, [["plan-purge", "data-center", {}]]);
    const work = (step: string) =>
      office.act((tx) => endMachineWork(tx, office.setting(morning, chain), { ticketId, step }));
    // The chain is that of the moment in which it is asked, and still that of the profile when it is built.
    await work("application-planned");
    const approve = async (by: Person) => {
      const { version } = await office.ticket(ticketId);
      const input = { ticketId, step: "approve-plan", version, answers: {} };
      return office.act((tx) => doStep(tx, by, office.setting(morning, chain), input));
    };
    expect(code(await approve(office.people.leadership))).toBe("not-your-role");
    expect(code(await approve(both))).toBe("ok");
    expect((await office.ticket(ticketId)).state).toBe("awaiting-plan-approval");
    expect(code(await approve(both))).toBe("decided-once-already");
    expect(code(await approve(office.people.leadership))).toBe("ok");
    expect(code(await work("application-built"))).toBe("ok");
    expect(await now(hosted)).toMatchObject({ state: "removed", keptUntil: null });
  });
});
