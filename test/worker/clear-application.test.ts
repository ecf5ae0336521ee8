import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { insertSecrets } from "../../core/db/hosting/application-databases.ts";
import { findApplication, findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { listAddressesOfTicket } from "../../core/db/ipam/address-lists.ts";
import { listPrefixes } from "../../core/db/ipam/prefixes.ts";
import { findNameNow, listNamesOfTicket } from "../../core/db/names/names.ts";
import { listEntries } from "../../core/db/ticket/entries.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { clearApplication, giveUpClearing } from "../../worker/tasks/clear-application.ts";
import { hostingChecks, pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { hashesOf, noHosts, testHosting, testImage } from "../support/hosting.ts";
import { morning, openOffice, type TestOffice } from "../support/office.ts";

const { signal } = new AbortController();
const path =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];

let office: TestOffice;
let filesFolder: string;
let asked: string[];
let fails: Partial<Hosts>;
let ticketId: number;
let before: Application;
beforeAll(async () => {
  office = await openOffice();
  filesFolder = await mkdtemp(join(tmpdir(), "simpul-clear-"));
});
afterAll(async () => {
  await office.close();
  await rm(filesFolder, { recursive: true });
});
/** An application whose first build failed. */
beforeEach(async () => {
  ticketId = await office.file({ procedure: "hosting" });
  fails = { update: () => Promise.reject(new HostFailed("unhealthy", "updating in a test")) };
  const steps = path.slice(
    0,
    path.findIndex(([name]) => name === "application-built"),
  );
  await office.walk(
    ticketId,
    steps.map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}]),
  );
  await buildApplication({ ticketId }, options(), { signal });
  before = await applicationOf();
  [asked, fails] = [[], {}];
});

const hosts = (): Hosts => ({
  ...noHosts,
  loadImage: async () => testImage,
  preview: async (_stack, input) => ({ hashes: hashesOf(input), changes: [], steps: [] }),
  recover: async (stack) => void asked.push(`recover ${stack}`),
  update: async (stack) => void asked.push(`update ${stack}`),
  remove: async (stack) => void asked.push(`remove ${stack}`),
  route: async (_target, routes) => void asked.push(`route ${routes.flatMap(({ names }) => names).includes(nameOf())}`),
  ask: async () => 200,
  ...fails,
});
const nameOf = () => before.revision.domainName;
const options = () => ({
  ...{ db: office.db, filesFolder, hosts: hosts(), log: pino({ level: "silent" }), pausesMs: [] },
  setting: (now: Date) => office.setting(now),
});
const clear = () => clearApplication({ ticketId }, options(), { signal });
const correct = () => office.walk(ticketId, [["correct-plan", "data-center", { note: "Port 3000." }]]);

async function applicationOf(): Promise<Application> {
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
  return application;
}

async function checkAgain(): Promise<void> {
  await office.walk(
    ticketId,
    hostingChecks.map((check) => ["record-hosting-check", "data-center", { check, result: "passed" }]),
  );
}

const planAnew = (answers: Record<string, string>) =>
  office.stepAs(ticketId, "plan-application", "data-center", { ...usualAnswers["plan-application"], ...answers });
const addresses = async () =>
  (await listAddressesOfTicket(office.db, ticketId)).map(({ kind, first }) => `${kind} ${first}`);
const subnets = async () => (await listPrefixes(office.db)).map(showPrefix);

describe("what was half built", () => {
  it("is removed by machine, with its route first; network and name stay reserved", async () => {
    const held = await addresses();
    expect(held[0]).toBe(`assigned ${before.gateway}`);
    await correct();
    expect(office.enqueued.at(-1)).toEqual({ name: "clear-application", data: { ticketId } });
    await clear();

    expect(asked).toEqual(["route false", `recover ${before.stack}`, `remove ${before.stack}`]);
    expect((await office.ticket(ticketId)).state).toBe("checking-hosting");
    expect(await addresses()).toEqual(held.map((each) => each.replace("assigned", "reserved")));
    expect(await listNamesOfTicket(office.db, ticketId)).toMatchObject([{ name: nameOf(), state: "reserved" }]);
    const revision = { state: "planned" };
    expect(await applicationOf()).toMatchObject({ id: before.id, state: "planned", begunPlanId: null, revision });
  });

  it("is planned anew with other answers, in the same network and by the same name, and built", async () => {
    await correct();
    await clear();
    const all = await subnets();
    await checkAgain();
    const wish = { "dns-name": nameOf().split(".")[0] ?? "", port: "3000", size: "large" };
    expect(await planAnew(wish)).toMatchObject({ ok: true });

    const { id, stack, subnet, address } = before;
    const application = await applicationOf();
    expect(application).toMatchObject({ id, stack, subnet, address, port: 3000, state: "planned" });
    expect(application.revision).toMatchObject({ change: "new", size: "large", imageId: null, domainName: nameOf() });
    expect(application.revision.id).not.toBe(before.revision.id);
    expect(await subnets()).toEqual(all);

    await office.walk(ticketId, [
      ["application-planned", "machine"],
      ["accept-plan", "infrastructure"],
      ["approve-plan", "leadership"],
    ]);
    asked = [];
    await buildApplication({ ticketId }, options(), { signal });
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
    // Nothing of the first one is in the way.
    expect(asked).toEqual([`update ${stack}`, "route true"]);
    expect(await applicationOf()).toMatchObject({ state: "built", begunPlanId: null });
  });

  it("gets another name where that is wished, and the former one is free", async () => {
    await correct();
    await clear();
    await checkAgain();
    const planned = await planAnew({ "dns-name": `lain-${ticketId}` });
    expect(planned).toMatchObject({ ok: true });
    const { stack, revision } = await applicationOf();
    expect([stack, revision.domainName]).toEqual([before.stack, `lain-${ticketId}.labura.go.id`]);
    expect(await findNameNow(office.db, nameOf())).toBeUndefined();
  });

  it("gives everything back where it is planned on another host, and gets a network there", async () => {
    await correct();
    await clear();
    await checkAgain();
    const [target] = testHosting.targets;
    const other = { ...target, name: "cadangan", title: "Server cadangan" };
    const setting = office.setting(morning, { hosting: { ...testHosting, targets: [target, other] } });
    const { version } = await office.ticket(ticketId);
    const wish = { target: "cadangan", runtime: "image", size: "small", reach: "intranet" };
    const answers = { ...wish, "dns-name": nameOf().split(".")[0] ?? "" };
    const by = office.doer("data-center");
    const input = { ticketId, step: "plan-application", version, answers };
    expect(await office.act((tx) => doStep(tx, by, setting, input))).toMatchObject({ ok: true });
    const { id, target: host, subnet } = await applicationOf();
    expect(host).toBe("cadangan");
    expect(id).not.toBe(before.id);
    expect((await addresses()).every((each) => each.startsWith("reserved"))).toBe(true);
    expect((await subnets()).filter((each) => each === subnet)).toHaveLength(1);
    expect(await findApplication(office.db, before.id)).toMatchObject({ state: "removed" });
  });

  it("keeps no secrets of a database that is gone", async () => {
    const sealed = `sealed:1:${"a".repeat(40)}`;
    const secrets = { adminPassword: sealed, password: sealed, url: sealed, isFilled: true };
    await office.act((tx) => insertSecrets(tx, before.id, secrets));
    await correct();
    await clear();
    expect((await applicationOf()).secrets).toBeNull();
  });

  it.each([
    ["cancelled", ["cancel", "user", { note: "Tidak jadi." }]],
    ["gone on with by hand", ["report-hosting-checks", "data-center", { note: "Dipasang dengan tangan." }]],
  ] as const)("leaves nothing reserved where its ticket is %s", async (_, step) => {
    await correct();
    await clear();
    await checkAgain();
    await office.walk(ticketId, [step]);
    expect(await addresses()).toEqual([]);
    expect(await findNameNow(office.db, nameOf())).toBeUndefined();
    expect(await subnets()).not.toContain(before.subnet);
    expect(await findApplication(office.db, before.id)).toMatchObject({ state: "removed" });
  });

  it("stays where a host does not answer, which is told, and is removed when it is tried again", async () => {
    await correct();
    fails = { remove: () => Promise.reject(new HostFailed("host-unreachable", "removing in a test")) };
    await clear();
    const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(entry).toMatchObject({ step: "clearing-failed", answers: { "why-failed": "host-unreachable" } });
    expect((await addresses())[0]).toBe(`assigned ${before.gateway}`);
    fails = {};
    await correct();
    await clear();
    expect((await office.ticket(ticketId)).state).toBe("checking-hosting");
  });

  it("stays while it is isolated: it is evidence", async () => {
    await office.db.updateTable("application").set({ state: "isolated" }).where("id", "=", before.id).execute();
    await correct();
    await clear();
    expect(asked).toEqual([]);
    const [last] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(last).toMatchObject({ step: "clearing-failed", answers: { "why-failed": "isolated" } });
  });

  it("stays where it is isolated while it is being removed", async () => {
    await correct();
    fails = {
      recover: async () => {
        await office.db.updateTable("application").set({ state: "isolated" }).where("id", "=", before.id).execute();
      },
    };
    await clear();
    expect(asked).toEqual(["route false"]);
    const [last] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
    expect(last).toMatchObject({ step: "clearing-failed", answers: { "why-failed": "isolated" } });
  });

  it("can still be gone on with after that", async () => {
    await correct();
    await giveUpClearing({ ticketId }, options());
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildApplication({ ticketId }, options(), { signal });
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
  });

  it("is removed also where the proxy does not answer, and only once", async () => {
    await correct();
    fails = { route: () => Promise.reject(new HostFailed("host-unreachable", "routing in a test")) };
    await clear();
    expect((await office.ticket(ticketId)).state).toBe("checking-hosting");
    asked = [];
    await clear();
    expect(asked).toEqual([]);
  });
});
