import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { takePlatform } from "../../core/actions/hosting/take-platform.ts";
import { followHosted } from "../../core/actions/monitoring/follow-hosted.ts";
import { addRecord, removeRecord } from "../../core/actions/names/dns-records.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { changeFreeze } from "../../core/actions/ticket/freeze.ts";
import { insertSecrets } from "../../core/db/hosting/application-databases.ts";
import { findApplication, findApplicationOfTicket, updateApplication } from "../../core/db/hosting/applications.ts";
import { holdStack } from "../../core/db/hosting/stack-leases.ts";
import { findLatestPlan, insertPlan } from "../../core/db/hosting/stack-plans.ts";
import { findPlatform } from "../../core/db/hosting/stacks.ts";
import { findWanted } from "../../core/db/hosting/wanted.ts";
import { listChecks } from "../../core/db/monitoring/monitor-checks.ts";
import { findNameNow } from "../../core/db/names/names.ts";
import { addRole, removeRole } from "../../core/db/people/people.ts";
import type { Tx } from "../../core/db/tables.ts";
import { listEntries } from "../../core/db/ticket/entries.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import type { PlannedChange } from "../../core/domain/hosting/preview.ts";
import { renderPlatform } from "../../core/domain/hosting/render-stack.ts";
import { openSecret, sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { refuse } from "../../core/domain/outcome.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import { whileHolding } from "../../worker/hosting/hold-stack.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { unlocked } from "../../worker/hosting/open-hosts.ts";
import { buildApplication, giveUpBuild } from "../../worker/tasks/build-application.ts";
import { keepRoutes } from "../../worker/tasks/keep-routes.ts";
import { giveUpPlan, planApplication } from "../../worker/tasks/plan-application.ts";
import { hostingChecks, pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import {
  pathsOfPlatformChange,
  usualAnswers as platformAnswers,
} from "../core/domain/procedures/platform-change.paths.ts";
import { hostApplication, keptApplication } from "../support/hosted.ts";
import { testHosting, testImage } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const changes: PlannedChange[] = [{ kind: "container", name: "web-a", change: "create", properties: [] }];
const signal = new AbortController().signal;

let office: TestOffice;
let filesFolder: string;
/** What was asked of the host, in this order. */
let asked: string[];
/** What each update had in it. */
let updated: string[];
/** The routes that the proxy was given last. */
let routed: readonly Route[];
/** Whom it lets in as the intranet by them. */
let intranet: readonly string[];
/** What the host is like. */
let host: { preview: string; program: string; state: string; status: number | undefined; fails: Partial<Hosts> };
beforeAll(async () => {
  office = await openOffice();
  filesFolder = await mkdtemp(join(tmpdir(), "simpul-hosting-"));
});
afterAll(async () => {
  await office.close();
  await rm(filesFolder, { recursive: true });
});
beforeEach(() => {
  [asked, updated] = [[], []];
  host = { preview: "preview", program: "program", state: "", status: 200, fails: {} };
});

function hosts(): Hosts {
  return {
    loadImage: async (target, path) => {
      asked.push(`load ${path} on ${target.name}`);
      return testImage;
    },
    saveImage: async (target, reference) => void asked.push(`save ${reference} of ${target.name}`),
    needImage: async (target, image) => void asked.push(`need ${image.slice(0, 9)} on ${target.name}`),
    needProxy: async () => undefined,
    isPrepared: async () => undefined,
    makeImage: async (target, { base, folder }, { path }) => {
      asked.push(`make image of ${base.slice(0, 12)} with ${path} in ${folder} on ${target.name}`);
      return testImage;
    },
    seal: async (secret) => sealSecret("only-for-this-test", secret, Buffer.alloc(12)),
    unseal: async (sealed) => openSecret("only-for-this-test", sealed),
    preview: async (stack, input) => {
      asked.push(`preview ${stack}`);
      const [preview, program] = [sha256(host.preview), sha256(host.program)];
      return { hashes: { preview, program, inputs: sha256(input), state: host.state }, changes, steps: [] };
    },
    recover: async (stack) => void asked.push(`recover ${stack}`),
    previewRemoval: async (stack, input) => {
      asked.push(`preview removal of ${stack}`);
      const [preview, program] = [sha256(host.preview), sha256(host.program)];
      return { hashes: { preview, program, inputs: sha256(input), state: host.state }, changes, steps: [] };
    },
    remove: async (stack, images) => void asked.push(`remove ${stack} and ${images.toSorted().join(", ")}`),
    keepStanding: async (stack) => void asked.push(`keep ${stack}`),
    forgetPlan: async (stack) => void asked.push(`forget plan of ${stack}`),
    drain: async (seconds) => void asked.push(`drain ${seconds} s`),
    update: async (stack, input) => {
      const { web = [], database } = JSON.parse(input);
      asked.push(`update ${stack}`);
      updated.push([...(database ? ["database"] : []), ...web.map(() => "web")].join(", "));
    },
    fillDatabase: async (_target, { container, engine }, dump) => {
      asked.push(`fill ${engine} ${container} with ${dump ?? "nothing"}`);
    },
    tryDump: async () => undefined,
    askDatabase: async (_target, { container }, address) => void asked.push(`ask ${container} at ${address}`),
    makeAccount: async (_target, { container }) => void asked.push(`account in ${container}`),
    dropAccount: async (_target, { container }) => void asked.push(`no account in ${container}`),
    shutAccess: async (_target, stack) => void asked.push(`shut ${stack}`),
    forgetAccess: async (stack) => void asked.push(`forget ${stack}`),
    route: async ({ proxy }, routes) => {
      asked.push("route");
      routed = routes;
      intranet = proxy.intranet;
    },
    ask: async (address, { name, path, probe }) => {
      const asking = probe === undefined ? "ask" : "probe";
      asked.push(`${asking} ${address} for ${name}${path === "/" ? "" : path}`);
      return host.status;
    },
    ...host.fails,
  };
}

const options = () => ({
  ...{ db: office.db, filesFolder, hosts: hosts(), log: pino({ level: "silent" }) },
  pausesMs: [0, 0],
  setting: (now: Date) => office.setting(now),
});
const planIt = (ticketId: number) => planApplication({ ticketId }, options(), { signal });
const buildIt = (ticketId: number) => buildApplication({ ticketId }, options(), { signal });

async function ticketBefore(step: string): Promise<number> {
  const path =
    pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
  const id = await office.file({ procedure: "hosting" });
  for (const [name, role, , , , answers] of path) {
    if (name === step) break;
    if (name === "application-planned") await planIt(id);
    else await office.walk(id, [[name, role, answers ?? usualAnswers[name] ?? {}]]);
  }
  asked = [];
  return id;
}

async function outcomeOf(ticketId: number) {
  const [entry] = await listEntries(office.db, ticketId, { offset: 0, limit: 1, withInternalNotes: true });
  return { state: (await office.ticket(ticketId)).state, step: entry?.step, said: entry?.answers };
}

async function applicationOf(ticketId: number) {
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
  return application;
}

async function nameHealthPath(ticketId: number, path: string): Promise<void> {
  const { id } = await applicationOf(ticketId);
  await office.db.updateTable("application").set({ health_path: path }).where("id", "=", id).execute();
}

const broken = (why: HostFailed["why"]) => () => Promise.reject(new HostFailed(why, "doing something in a test"));

describe("planning", () => {
  it("puts the image on the host, previews the stack, and keeps the plan", async () => {
    const ticketId = await ticketBefore("application-planned");
    const before = Date.now();

    await planIt(ticketId);

    const application = await applicationOf(ticketId);
    expect(asked).toEqual([`load ${filesFolder}/${"a".repeat(64)} on dc`, `preview ${application.stack}`]);
    expect(application.revision.imageId).toBe(testImage);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "accepting-plan", step: "application-planned" });
    const plan = await findLatestPlan(office.db, { ticketId, stack: application.stack });
    expect(plan).toMatchObject({ changes, imageId: testImage, hashes: { inputs: sha256(plan?.input ?? "") } });
    expect(plan?.expiresAt.getTime()).toBeGreaterThanOrEqual(before + testHosting.planHours * 3_600_000);
  });

  it.each([true, false, undefined])("says of the host's firewall what is seen of it: %s", async (isHostPrepared) => {
    const ticketId = await ticketBefore("application-planned");
    host.fails = { isPrepared: async () => isHostPrepared };
    await planIt(ticketId);
    const { stack } = await applicationOf(ticketId);
    expect((await findLatestPlan(office.db, { ticketId, stack }))?.isHostPrepared).toBe(isHostPrepared);
  });

  it("twice makes one plan", async () => {
    const ticketId = await ticketBefore("application-planned");
    await planIt(ticketId);
    asked = [];
    await planIt(ticketId);
    expect(asked).toEqual([]);
  });

  it.each([
    ["loadImage", "image-unreadable"],
    ["needImage", "image-not-in-registry"],
  ] as const)("where %s fails by %s the data center reads why, and nothing stays reserved", async (what, why) => {
    const ticketId = await ticketBefore("application-planned");
    if (what === "needImage") await withDatabase(ticketId);
    host.fails = { [what]: broken(why) };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "checking-hosting", step: "planning-failed", said: { "why-failed": why } },
    });
    expect(await findApplicationOfTicket(office.db, ticketId)).toBeUndefined();
  });

  it.each([
    ["needProxy", "proxy-missing"],
    ["makeImage", "disk-full"],
    ["makeImage", "host-unreachable"],
    ["preview", "wrong-passphrase"],
    ["preview", "stack-locked"],
  ] as const)("where %s fails by %s, what is reserved stays, and the next plan is of that", async (what, why) => {
    const ticketId = await ticketBefore("application-planned");
    await withDatabase(ticketId);
    const before = await applicationOf(ticketId);
    host.fails = { [what]: broken(why) };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "checking-hosting", step: "planning-failed", said: { "why-failed": why } },
    });
    host.fails = {};
    const checked = hostingChecks.map((check) => {
      return ["record-hosting-check", "data-center", { check, result: "passed" }] as const;
    });
    const wish = { "dns-name": before.revision.domainName.split(".")[0] ?? "" };
    await office.walk(ticketId, [
      ...checked,
      ["plan-application", "data-center", { ...usualAnswers["plan-application"], ...wish }],
    ]);
    // It may be of another database now.
    expect((await applicationOf(ticketId)).secrets).toBeNull();
    await planIt(ticketId);
    const { id, stack, subnet, address, revision } = await applicationOf(ticketId);
    expect({ id, stack, subnet, address }).toEqual({
      ...{ id: before.id, stack: before.stack, subnet: before.subnet, address: before.address },
    });
    expect(revision.domainName).toBe(before.revision.domainName);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "accepting-plan" });
  });

  it.each([
    ["2026-11-28T08:41:19+07:00", "2026-11-28T01:41:19.000Z"],
    ["some time ago", "some time ago"],
  ])("says who holds a stack since %s, perhaps dead on another machine, and what lets go of it", async (since, at) => {
    const ticketId = await ticketBefore("application-planned");
    const holder = { stack: "app-simpeg", user: "root", host: "simpul-1", pid: 7, since };
    host.fails = { preview: async () => unlocked(refuse("stack-locked", holder)) };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({
      said: {
        ...{ "why-failed": "stack-locked", "lock-holder": "root@simpul-1", "locked-since": at },
        "unlock-command": "npm run pulumi -- cancel --stack app-simpeg",
      },
    });
  });

  it("says so of an update, too", async () => {
    const ticketId = await ticketBefore("application-built");
    const holder = { stack: "app-simpeg", user: "root", host: "simpul-1", pid: 7, since: "2026-11-28T01:41:19Z" };
    host.fails = { update: async () => unlocked(refuse("stack-locked", holder)) };
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({
      step: "building-failed",
      said: { "lock-holder": "root@simpul-1" },
    });
  });

  it.each([
    ["an engine that is restarted", "host-unreachable"],
    ["an update by hand", "stack-locked"],
    ["a Pulumi that was ended", "not-finished"],
    ["a database that is restarted", "state-unreachable"],
  ] as const)("goes on after %s", async (_, why) => {
    const ticketId = await ticketBefore("application-planned");
    const { preview } = hosts();
    let failures = 0;
    host.fails = { preview: (...args) => (failures++ < 2 ? broken(why)() : preview(...args)) };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "accepting-plan" });
  });

  it("what is no failure of a host is thrown, so that the queue tries again; at last it is told", async () => {
    const ticketId = await ticketBefore("application-planned");
    host.fails = { preview: () => Promise.reject(new Error("the database is away")) };
    await expect(planIt(ticketId)).rejects.toThrow("the database is away");
    expect((await office.ticket(ticketId)).state).toBe("planning-application");
    await giveUpPlan({ ticketId }, options());
    expect(await outcomeOf(ticketId)).toMatchObject({ said: { "why-failed": "not-finished" } });
  });

  it("does not begin while another worker holds the stack", async () => {
    const ticketId = await ticketBefore("application-planned");
    const { stack } = await applicationOf(ticketId);
    await holdStack(office.db, { stack, holder: "00000000-0000-4000-8000-000000000009", seconds: 60 });
    await expect(planIt(ticketId)).rejects.toThrow("another worker");
    expect(asked).toEqual([]);
  });

  it("of work that is stopped keeps nothing", async () => {
    const ticketId = await ticketBefore("application-planned");
    const stop = new AbortController();
    host.fails = {
      loadImage: async () => {
        stop.abort(new Error("the worker stops"));
        return testImage;
      },
    };
    const planning = planApplication({ ticketId }, options(), { signal: stop.signal });
    await expect(planning).rejects.toThrow("the worker stops");
    expect(await applicationOf(ticketId)).toMatchObject({ revision: { imageId: null } });
  });

  it("of a ticket that was cancelled meanwhile keeps nothing", async () => {
    const ticketId = await ticketBefore("application-planned");
    const { stack } = await applicationOf(ticketId);
    host.fails = {
      loadImage: async () => {
        await office.walk(ticketId, [["cancel", "user", { note: "Tidak jadi." }]]);
        return testImage;
      },
    };
    await planIt(ticketId);
    expect((await office.ticket(ticketId)).state).toBe("cancelled");
    expect(await findLatestPlan(office.db, { ticketId, stack })).toBeUndefined();
  });
});

/** The ticket's application is one of PHP with MariaDB, and what was handed in its dump as well. */
async function withDatabase(ticketId: number): Promise<void> {
  await sql`update application set runtime = 'php', database = 'mariadb' where ticket_id = ${ticketId}`.execute(
    office.db,
  );
  await sql`update application_revision set dump_id = attachment_id where ticket_id = ${ticketId}`.execute(office.db);
}

async function approvedWithDatabase(): Promise<number> {
  const ticketId = await ticketBefore("application-planned");
  await withDatabase(ticketId);
  await planIt(ticketId);
  await office.walk(ticketId, [
    ["accept-plan", "infrastructure", {}],
    ["approve-plan", "leadership", {}],
  ]);
  [asked, updated] = [[], []];
  return ticketId;
}

describe("an application that is made of an archive, with a database", () => {
  it("has its image made on the host, its database's image there, and secrets that nobody can read", async () => {
    const ticketId = await ticketBefore("application-planned");
    await withDatabase(ticketId);

    await planIt(ticketId);

    const { stack, secrets } = await applicationOf(ticketId);
    expect(asked).toEqual([
      "need sha256:cc on dc",
      `make image of sha256:ccccc with ${filesFolder}/${"a".repeat(64)} in /srv/www on dc`,
      "need sha256:dd on dc",
      `preview ${stack}`,
    ]);
    expect(secrets?.url).toMatch(/^sealed:1:/);
    expect(openSecret("only-for-this-test", secrets?.url ?? "")).toMatch(
      new RegExp(`^mysql://${stack.replaceAll("-", "_")}:[\\w-]{32}@10\\.40\\.`),
    );
  });

  it("keeps its secrets when it is planned anew", async () => {
    const ticketId = await ticketBefore("application-planned");
    await withDatabase(ticketId);
    await planIt(ticketId);
    const before = (await applicationOf(ticketId)).secrets;
    await office.walk(ticketId, [
      ["accept-plan", "infrastructure", {}],
      ["renew-plan", "infrastructure", {}],
    ]);
    await planIt(ticketId);
    expect((await applicationOf(ticketId)).secrets).toEqual(before);
  });

  it("is filled once, before anything of it is there to be asked", async () => {
    const ticketId = await approvedWithDatabase();

    await buildIt(ticketId);

    const { stack, secrets, revision, databaseAddress } = await applicationOf(ticketId);
    expect(asked).toEqual([
      `preview ${stack}`,
      `update ${stack}`,
      `fill mariadb ${stack}-database with ${filesFolder}/${"a".repeat(64)}`,
      `update ${stack}`,
      `ask ${stack}-database at ${databaseAddress}`,
      "route",
      `ask 10.10.5.20 for ${revision.domainName}`,
    ]);
    expect(updated).toEqual(["database", "database, web"]);
    expect(secrets?.isFilled).toBe(true);
  });

  it("whose dump does not load is told, and is filled anew when it is gone on with", async () => {
    const ticketId = await approvedWithDatabase();
    host.fails = { fillDatabase: broken("dump-unreadable") };
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ said: { "why-failed": "dump-unreadable" } });
    expect(updated).toEqual(["database"]);

    host.fails = {};
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
    expect(asked.filter((each) => each.startsWith("fill"))).toHaveLength(1);
  });

  it("that was filled is not filled again after a failure behind it", async () => {
    const ticketId = await approvedWithDatabase();
    host.status = 502;
    await buildIt(ticketId);
    host.status = 200;
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);
    expect((await office.ticket(ticketId)).state).toBe("reporting-application");
    expect(asked.filter((each) => each.startsWith("fill"))).toHaveLength(1);
  });

  it("is not said to be there while its database is silent", async () => {
    const ticketId = await approvedWithDatabase();
    host.fails = { askDatabase: broken("database-silent") };
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ said: { "why-failed": "database-silent" } });
  });
});

describe("building", () => {
  it("previews again, updates, gives the proxy its route, asks by name, and reports", async () => {
    const ticketId = await ticketBefore("application-built");
    const { stack, address, revision } = await applicationOf(ticketId);
    const { domainName } = revision;

    await buildIt(ticketId);

    expect(asked).toEqual([`preview ${stack}`, `update ${stack}`, "route", `ask 10.10.5.20 for ${domainName}`]);
    const upstreams = [`${address}:8080`];
    expect(routed).toContainEqual({ names: [domainName], upstreams, reach: "intranet" });
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "reporting-application", step: "application-built" },
      said: { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
    });
    expect(await applicationOf(ticketId)).toMatchObject({
      state: "built",
      begunPlanId: null,
      revision: { state: "built" },
    });
  });

  it("asks for the application's own page, where its plan names one", async () => {
    const ticketId = await ticketBefore("application-planned");
    await nameHealthPath(ticketId, "/api/health");
    await planIt(ticketId);
    for (const step of ["accept-plan", "approve-plan"] as const) {
      await office.walk(ticketId, [[step, step === "accept-plan" ? "infrastructure" : "leadership", {}]]);
    }
    await buildIt(ticketId);
    const { revision } = await applicationOf(ticketId);
    expect(asked).toContain(`ask 10.10.5.20 for ${revision.domainName}/api/health`);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "application-built" });
  });

  it("for another page than was approved is planned and shown anew", async () => {
    const ticketId = await ticketBefore("application-built");
    await nameHealthPath(ticketId, "/lain");
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "plan-outdated", said: { "why-outdated": "file" } });
  });

  describe("what is open to the internet", () => {
    /** One that is approved, and is built with a proxy at these addresses. */
    async function buildAt(addresses: string[]): Promise<number> {
      const ticketId = await ticketBefore("application-planned");
      const { id } = await applicationOf(ticketId);
      await office.database.owner.updateTable("application").set({ reach: "internet" }).where("id", "=", id).execute();
      await planIt(ticketId);
      await office.walk(ticketId, [
        ["accept-plan", "infrastructure", {}],
        ["approve-plan", "leadership", {}],
      ]);
      const [target] = testHosting.targets;
      const hosting = { ...testHosting, targets: [{ ...target, proxy: { ...target.proxy, addresses } }] };
      asked = [];
      const setting = (now: Date) => office.setting(now, { hosting });
      await buildApplication({ ticketId }, { ...options(), setting }, { signal });
      return ticketId;
    }
    const askedAt = () => asked.flatMap((each) => /^ask (\S+)/.exec(each)?.[1] ?? []);

    it("is asked at the public addresses of its proxy, too", async () => {
      const ticketId = await buildAt(["10.10.5.20", "36.66.0.20", "36.66.0.21"]);
      expect(askedAt()).toEqual(["10.10.5.20", "36.66.0.20", "36.66.0.21"]);
      expect(await outcomeOf(ticketId)).toMatchObject({
        ...{ state: "reporting-application" },
        said: { "seen-from-intranet": "passed", "seen-from-internet": "passed" },
      });
    });

    it("is not called done where one of them does not answer", async () => {
      host.fails = { ask: async (address) => (address === "36.66.0.20" ? undefined : 200) };
      expect(await outcomeOf(await buildAt(["10.10.5.20", "36.66.0.20"]))).toMatchObject({
        ...{ state: "building-stopped", said: { "why-failed": "no-answer" } },
      });
    });

    it("is said not to be tested from there where its proxy has no public address", async () => {
      const ticketId = await buildAt(["10.10.5.20"]);
      expect(askedAt()).toEqual(["10.10.5.20"]);
      expect(await outcomeOf(ticketId)).toMatchObject({
        ...{ state: "reporting-application" },
        said: { "seen-from-intranet": "passed", "seen-from-internet": "not-tested" },
      });
    });
  });

  it("twice builds once", async () => {
    const ticketId = await ticketBefore("application-built");
    await buildIt(ticketId);
    asked = [];
    await buildIt(ticketId);
    expect(asked).toEqual([]);
  });

  it.each([
    ["preview", { preview: "another" }, "host"],
    ["program", { program: "another" }, "program"],
    ["state", { state: "somebody wrote it" }, "host"],
  ])(
    "another %s than was approved is planned and shown anew, says why, and nothing is changed",
    async (_, change, why) => {
      const ticketId = await ticketBefore("application-built");
      Object.assign(host, change);
      await buildIt(ticketId);
      expect(asked.some((each) => each.startsWith("update"))).toBe(false);
      const { stack } = await applicationOf(ticketId);
      const plan = await findLatestPlan(office.db, { ticketId, stack });
      expect(await outcomeOf(ticketId)).toEqual({
        ...{ state: "planning-application", step: "plan-outdated" },
        said: { plan: String(plan?.id), "why-outdated": why },
      });
      const told = (await office.takeMail()).filter(
        (mail) => mail.kind === "plan-outdated" && mail.ticketId === ticketId,
      );
      expect(told.map(({ to }) => to)).toEqual([office.people.infrastructure.name, office.people.leadership.name]);
      expect(office.enqueued.at(-1)).toEqual({ name: "plan-application", data: { ticketId } });
    },
  );

  it("another image than was approved is planned and shown anew, before the host is asked", async () => {
    const ticketId = await ticketBefore("application-built");
    const { id } = (await applicationOf(ticketId)).revision;
    const image = `sha256:${"d".repeat(64)}`;
    await office.db.updateTable("application_revision").set({ image_id: image }).where("id", "=", id).execute();
    await buildIt(ticketId);
    expect(asked).toEqual([]);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "plan-outdated", said: { "why-outdated": "image" } });
  });

  it.each([
    ["update", "unhealthy"],
    ["update", "disk-full"],
    ["route", "host-unreachable"],
  ] as const)("where %s fails by %s it stops, says why, and goes on by a button", async (what, why) => {
    const ticketId = await ticketBefore("application-built");
    const { stack } = await applicationOf(ticketId);
    host.fails = { [what]: broken(why) };
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "building-stopped", step: "building-failed", said: { "why-failed": why } },
    });
    expect(await applicationOf(ticketId)).toMatchObject({ state: "planned", revision: { state: "failed" } });

    // A part of it stands now, so state and preview are others.
    host = { ...host, preview: "the rest", state: "a part", fails: {} };
    asked = [];
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);

    expect(asked.slice(0, 3)).toEqual([`recover ${stack}`, `preview ${stack}`, `update ${stack}`]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("while all updates stand still it stops before the host is changed, and goes on by a button", async () => {
    const ticketId = await ticketBefore("application-built");
    const { leadership } = office.people;
    const freeze = (change: "set" | "lifted") =>
      office.act((tx) =>
        changeFreeze(tx, leadership, office.setting(), { change, answers: { note: "Ada serangan." } }),
      );
    expect((await freeze("set")).ok).toBe(true);
    await buildIt(ticketId);
    expect((await freeze("lifted")).ok).toBe(true);
    expect(asked.some((each) => each.startsWith("update"))).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "approvals-frozen" } },
    });
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("where who approved it may approve no more it is planned and shown anew", async () => {
    const ticketId = await ticketBefore("application-built");
    const { id } = office.people.leadership;
    await office.act((tx) => removeRole(tx, id, "leadership"));
    await buildIt(ticketId);
    await office.act((tx) => addRole(tx, { personId: id, role: "leadership", grantedBy: null, now: new Date() }));
    expect(asked.some((each) => each.startsWith("update"))).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "planning-application", step: "plan-outdated", said: { "why-outdated": "approvers" } },
    });
  });

  it("goes on after an engine that is restarted, from what it left", async () => {
    const ticketId = await ticketBefore("application-built");
    const { stack } = await applicationOf(ticketId);
    let failures = 0;
    const { update } = hosts();
    host.fails = { update: (...args) => (failures++ === 0 ? broken("host-unreachable")() : update(...args)) };
    await buildIt(ticketId);
    expect(asked.slice(0, 4)).toEqual([`preview ${stack}`, `recover ${stack}`, `preview ${stack}`, `update ${stack}`]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it.each([undefined, 403, 404, 502])("with %s by its name it is not called done", async (status) => {
    const ticketId = await ticketBefore("application-built");
    host.status = status;
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ said: { "why-failed": "no-answer" } });
  });

  it("what was approved anew is compared anew, also where a part of it stands", async () => {
    const ticketId = await ticketBefore("application-built");
    host.fails = { update: broken("unhealthy") };
    await buildIt(ticketId);
    const { stack } = await applicationOf(ticketId);
    // As after a plan that was made and approved since.
    const approved = await findLatestPlan(office.db, { ticketId, stack });
    if (approved === undefined) throw new Error("there is no plan");
    await office.act((tx) => insertPlan(tx, approved));
    host = { ...host, preview: "something else", fails: {} };
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    asked = [];
    await buildIt(ticketId);
    expect(asked.some((each) => each.startsWith("update"))).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "plan-outdated" } },
    });
  });

  it("that cannot be recorded, since the proxy's address is reserved for somebody else, is told, and gone on with once it is not", async () => {
    const ticketId = await ticketBefore("application-built");
    const { owner } = office.database;
    // Nobody can do that: the trigger keeps it.
    const make = async (kind: "reserved" | "assigned", until: Date | null) => {
      await sql`alter table address_range disable trigger user`.execute(owner);
      await sql`update address_range set kind = ${kind}, until = ${until} where first = '10.10.5.20' and ended_at is null`.execute(
        owner,
      );
      await sql`alter table address_range enable trigger user`.execute(owner);
    };
    await make("reserved", new Date("2030-01-01"));
    await buildIt(ticketId);
    await make("assigned", null);
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "proxy-address-reserved" } },
    });
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("what is no failure of a host is thrown; the next try begins by what a crash left", async () => {
    const ticketId = await ticketBefore("application-built");
    const { stack } = await applicationOf(ticketId);
    host.fails = { update: () => Promise.reject(new Error("the worker ends")) };
    await expect(buildIt(ticketId)).rejects.toThrow("the worker ends");
    host.fails = {};
    asked = [];
    await buildIt(ticketId);
    expect(asked[0]).toBe(`recover ${stack}`);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("of what is isolated meanwhile stops, gives it no route, and is not recorded as built", async () => {
    const ticketId = await ticketBefore("application-built");
    const { id, revision } = await applicationOf(ticketId);
    host.fails = {
      update: async () => {
        const isolated = { state: "isolated", revision_id: revision.id } as const;
        await office.db.updateTable("application").set(isolated).where("id", "=", id).execute();
      },
    };
    await buildIt(ticketId);
    expect(asked.some((each) => each === "route")).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "building-stopped", said: { "why-failed": "isolated" } });
    expect(await applicationOf(ticketId)).toMatchObject({ state: "isolated", revision: { state: "failed" } });
  });

  it.each([
    ["before its route is given gives none", "update", false],
    ["after its route is given is not recorded as built", "ask", true],
  ] as const)("of what another worker took over %s", async (_, when, hasRoute) => {
    const ticketId = await ticketBefore("application-built");
    const held = new AbortController();
    const lose = async () => held.abort(new Error("another worker took it over"));
    host.fails = when === "update" ? { update: lose } : { ask: async () => lose().then(() => 200) };
    const build = buildApplication({ ticketId }, options(), { signal: held.signal });
    await expect(build).rejects.toThrow("another worker took it over");
    expect(asked.includes("route")).toBe(hasRoute);
    expect((await office.ticket(ticketId)).state).toBe("building-application");
    expect(await applicationOf(ticketId)).toMatchObject({ standingId: null });
    host.fails = {};
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("that never ends is told at last", async () => {
    const ticketId = await ticketBefore("application-built");
    await giveUpBuild({ ticketId }, options());
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "not-finished" } },
    });
  });
});

describe("the proxy of a target", () => {
  async function takePlatformFor(tx: Tx, setting: Setting, ticketId: number, target: string) {
    const ticket = await office.ticket(ticketId);
    return takePlatform(tx, setting, { ticket, person: office.doer("data-center"), answers: { target } });
  }

  async function platformBefore(step: string): Promise<number> {
    const id = await office.file({ procedure: "platform-change" });
    for (const [name, role, , , , answers] of pathsOfPlatformChange[
      "the proxy is planned, accepted, approved and built"
    ] ?? []) {
      if (name === step) break;
      if (name === "application-planned") await planIt(id);
      else await office.walk(id, [[name, role, answers ?? platformAnswers[name] ?? {}]]);
    }
    asked = [];
    return id;
  }

  /** The profile lets in others, too. */
  function withWiderIntranet() {
    const [target] = testHosting.targets;
    const proxy = { ...target.proxy, intranet: ["10.0.0.0/8", "103.0.0.0/8"] };
    const hosting = { ...testHosting, targets: [{ ...target, proxy }] };
    return { ...options(), setting: (now: Date) => office.setting(now, { hosting }) };
  }

  it("is planned from the profile: its image is on the host, and its stack previewed", async () => {
    const ticketId = await platformBefore("application-planned");
    await planIt(ticketId);
    expect(asked).toEqual(["need sha256:ee on dc", "preview platform-dc"]);
    const plan = await findLatestPlan(office.db, { ticketId, stack: "platform-dc" });
    expect(plan).toMatchObject({ imageId: null, input: renderPlatform(testHosting.targets[0]) });
    await office.walk(ticketId, [["cancel", "user", { note: "Nanti saja." }]]);
  });

  it("whose image is nowhere is told, and asked for again", async () => {
    const ticketId = await platformBefore("application-planned");
    host.fails = { needImage: broken("image-missing") };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "checking-platform", step: "planning-failed", said: { "why-failed": "image-missing" } },
    });
    await office.walk(ticketId, [["cancel", "user", { note: "Nanti saja." }]]);
  });

  it("is built, is given the routes of what stands, and is asked for one of its applications", async () => {
    await buildIt(await ticketBefore("application-built"));
    const ticketId = await platformBefore("application-built");
    await buildIt(ticketId);
    expect(asked.slice(0, 3)).toEqual(["preview platform-dc", "update platform-dc", "route"]);
    expect(asked[3]).toMatch(/^ask 10\.10\.5\.20 for /);
    expect(await outcomeOf(ticketId)).toEqual({ state: "closed", step: "application-built", said: {} });
    expect(await findPlatform(office.db, "platform-dc")).toEqual({ ticketId, isBuilt: true, isBegun: false });
  });

  it("with another size in the profile than was approved is planned and shown anew", async () => {
    const ticketId = await platformBefore("application-built");
    const [target] = testHosting.targets;
    const proxy = { ...target.proxy, memoryMb: 512 };
    const hosting = { ...testHosting, targets: [{ ...target, proxy }] };
    const changed = { ...options(), setting: (now: Date) => office.setting(now, { hosting }) };
    await buildApplication({ ticketId }, changed, { signal });
    expect(asked).toEqual([]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "planning-application", step: "plan-outdated" });
    await office.walk(ticketId, [["cancel", "user", { note: "Nanti saja." }]]);
  });

  it("that was built is given its routes again, as after it was made anew; one that never was is left alone", async () => {
    await office.db.updateTable("stack").set({ built_plan_id: null }).where("name", "=", "platform-dc").execute();
    asked = [];
    await keepRoutes(options(), { signal });
    expect(asked).toEqual([]);
    const ticketId = await platformBefore("application-built");
    await buildIt(ticketId);
    [asked, routed] = [[], []];
    await keepRoutes(options(), { signal });
    expect(asked).toEqual(["route"]);
    expect(routed.length).toBeGreaterThan(0);
  });

  it("whose routes somebody else gives keeps nobody waiting", async () => {
    asked = [];
    await whileHolding(office.db, `routes of ${testHosting.targets[0].name}`, signal, () =>
      keepRoutes(options(), { signal }),
    );
    expect(asked).toEqual([]);
  });

  it("lets in as its intranet who was approved, whatever the profile says since, and to all that is built", async () => {
    await buildIt(await platformBefore("application-built"));
    await keepRoutes(withWiderIntranet(), { signal });
    expect(intranet).toEqual(["10.0.0.0/8"]);
    await buildApplication({ ticketId: await ticketBefore("application-built") }, withWiderIntranet(), { signal });
    expect(intranet).toEqual(["10.0.0.0/8"]);
  });

  it("is asked by the monitor at the port it was built with, until it is built with another", async () => {
    await buildIt(await platformBefore("application-built"));
    const ticketId = await ticketBefore("application-built");
    await buildIt(ticketId);
    const { revision } = await applicationOf(ticketId);
    const [target] = testHosting.targets;
    const hosting = { ...testHosting, targets: [{ ...target, proxy: { ...target.proxy, httpsPort: 8443 } }] };
    await office.act((tx) => followHosted(tx, office.setting(undefined, { hosting })));
    const urls = (await listChecks(office.db)).map(({ settings }) => (settings.kind === "http" ? settings.url : ""));
    expect(urls.filter((url) => url.includes(revision.domainName))).toEqual([`https://${revision.domainName}/`]);
  });

  it("that was built before its networks stood in its file lets in who the profile says", async () => {
    const ticketId = await platformBefore("application-built");
    await buildIt(ticketId);
    const plan = await findLatestPlan(office.db, { ticketId, stack: "platform-dc" });
    if (plan === undefined) throw new Error("there is no plan of the proxy");
    const { settings: _later, ...former } = JSON.parse(plan.input);
    const id = await office.act((tx) => insertPlan(tx, { ...plan, input: JSON.stringify(former) }));
    await office.db.updateTable("stack").set({ built_plan_id: id }).where("name", "=", "platform-dc").execute();
    await keepRoutes(withWiderIntranet(), { signal });
    expect(intranet).toEqual(["10.0.0.0/8", "103.0.0.0/8"]);
  });

  it("whose host fails keeps nobody waiting", async () => {
    host.fails = { route: broken("host-unreachable") };
    await expect(keepRoutes(options(), { signal })).resolves.toBeUndefined();
  });

  it("is another target's once the same ticket plans for that", async () => {
    const ticketId = await platformBefore("plan-platform");
    const elsewhere = { ...testHosting.targets[0], name: "aa", title: "Server lain" };
    const hosting = { ...testHosting, targets: [...testHosting.targets, elsewhere] };
    const both = (now?: Date) => office.setting(now, { hosting });
    await office.act((tx) => takePlatformFor(tx, both(), ticketId, "dc"));
    await office.act((tx) => takePlatformFor(tx, both(), ticketId, "aa"));
    expect(await findWanted(office.db, ticketId)).toMatchObject({ stack: "platform-aa", target: "aa" });
    await office.walk(ticketId, [["cancel", "user", { note: "Nanti saja." }]]);
  });

  it("is asked for by one of two tickets that ask at once", async () => {
    const [one, other] = [await platformBefore("plan-platform"), await platformBefore("plan-platform")];
    const outcomes = await office.atOnce(
      (tx) => takePlatformFor(tx, office.setting(), one, "dc"),
      (tx) => takePlatformFor(tx, office.setting(), other, "dc"),
    );
    expect(outcomes.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    for (const id of [one, other]) await office.walk(id, [["cancel", "user", { note: "Nanti saja." }]]);
  });

  it("is asked for by one ticket at a time", async () => {
    const first = await platformBefore("application-planned");
    const second = await office.file({ procedure: "platform-change" });
    expect(await office.stepAs(second, "plan-platform", "data-center", { target: "dc" })).toMatchObject({
      refusal: { code: "platform-asked-already", values: { ticketId: first, field: "target" } },
    });
    await office.walk(first, [["cancel", "user", { note: "Nanti saja." }]]);
    expect(await office.stepAs(second, "plan-platform", "data-center", { target: "dc" })).toMatchObject({ ok: true });
  });
});

describe("changing what stands", () => {
  /** The files that were given to the host, in this order: which slots each has. */
  let files: string[];
  beforeEach(() => {
    files = [];
    host.fails = {
      update: async (stack, input) => {
        asked.push(`update ${stack}`);
        const { web } = JSON.parse(input) as { web: { slot: string }[] };
        files.push(web.map(({ slot }) => slot).join("+"));
      },
    };
  });

  /** A change that is approved. */
  async function approved(application: Application, answers: Answers): Promise<number> {
    const ticketId = await office.file({
      ...{ procedure: "application-change", answers: { "hosted-application": application.stack, ...answers } },
    });
    await office.walk(ticketId, [["plan-change", "data-center", {}]]);
    await planIt(ticketId);
    await office.walk(ticketId, [
      ["accept-plan", "infrastructure", {}],
      ["approve-plan", "leadership", {}],
    ]);
    asked = [];
    return ticketId;
  }
  const upstreamsOf = (name: string) => routed.find(({ names }) => names.includes(name))?.upstreams;

  it("another size stands beside the former until the proxy has gone over to it; its image is not loaded again", async () => {
    const application = await hostApplication(office);
    const ticketId = await approved(application, { change: "size", size: "large" });
    const { stack, address, nextAddress, revision } = application;
    const routes: (Route | undefined)[] = [];
    host.fails.route = async (_target, all) => {
      [routed] = [all, asked.push("route")];
      routes.push(all.find(({ names }) => names.includes(revision.domainName)));
    };

    await buildIt(ticketId);

    expect(asked).toEqual([
      ...[`preview ${stack}`, `update ${stack}`, "route", `probe 10.10.5.20 for ${revision.domainName}`],
      ...["route", `ask 10.10.5.20 for ${revision.domainName}`, "drain 3 s", `update ${stack}`, "route"],
    ]);
    const [former, next] = [`${address}:8080`, `${nextAddress}:8080`];
    // Before the former goes nothing that it answers may be taken for an answer of the new one.
    expect(routes.map((route) => route?.upstreams)).toEqual([[former], [next], [next, former]]);
    expect(routes.map((route) => route?.probe?.upstream)).toEqual([next, undefined, undefined]);
    expect(files).toEqual(["a+b", "b"]);
    expect(upstreamsOf(revision.domainName)).toEqual([`${nextAddress}:8080`, `${address}:8080`]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
    expect((await findApplication(office.db, application.id))?.revision).toMatchObject({ size: "large", slot: "b" });
  });

  it.each([1, 2])(
    "a crash in update %i of it converges: the former is only left when the new one answers",
    async (at) => {
      const application = await hostApplication(office);
      const ticketId = await approved(application, { change: "size", size: "large" });
      const { update } = host.fails;
      let count = 0;
      host.fails.update = async (stack, input, aborted) => {
        count += 1;
        if (count === at) throw new Error("the worker ends");
        await update?.(stack, input, aborted);
      };
      await expect(buildIt(ticketId)).rejects.toThrow("the worker ends");
      expect((await findApplication(office.db, application.id))?.revision.slot).toBe("a");
      host.fails = { ...host.fails, ...(update && { update }) };
      files = [];
      await buildIt(ticketId);
      expect(files).toEqual(["a+b", "b"]);
      expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
    },
  );

  it.each([undefined, 404, 500])(
    "what answers %s in the new slot is never given to people, and taken off",
    async (status) => {
      const application = await hostApplication(office);
      const { address, revision } = application;
      const ticketId = await approved(application, { change: "size", size: "large" });
      const first: (string | undefined)[] = [];
      host.fails.route = async (_target, all) => {
        routed = all;
        first.push(upstreamsOf(revision.domainName)?.[0]);
      };
      host.status = status;
      await buildIt(ticketId);
      expect(files).toEqual(["a+b"]);
      expect(first).toEqual([`${address}:8080`, `${address}:8080`]);
      expect(upstreamsOf(revision.domainName)).toEqual([`${address}:8080`]);
      expect(JSON.stringify(routed)).not.toContain("probe");
      expect(await outcomeOf(ticketId)).toMatchObject({
        state: "building-stopped",
        said: { "why-failed": "no-answer" },
      });
      expect(await findApplication(office.db, application.id)).toMatchObject({
        state: "built",
        revision: { slot: "a" },
      });
    },
  );

  it("what answers when it is tried, and no more when people are led to it, is left again", async () => {
    const application = await hostApplication(office);
    const { address, revision } = application;
    const ticketId = await approved(application, { change: "size", size: "large" });
    host.fails.ask = async (_address, { probe }) => (probe === undefined ? 502 : 200);
    await buildIt(ticketId);
    expect(files).toEqual(["a+b"]);
    expect(upstreamsOf(revision.domainName)).toEqual([`${address}:8080`]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "building-stopped", said: { "why-failed": "no-answer" } });
  });

  it("where the last update of a change failed its people are led back before what answers them is removed", async () => {
    const application = await hostApplication(office);
    const { address, nextAddress, revision } = application;
    const ticketId = await approved(application, { change: "size", size: "large" });
    const { update = hosts().update } = host.fails;
    host.fails.update = async (stack, input, ...rest) => {
      await update(stack, input, ...rest);
      if (files.at(-1) === "b") await broken("host-unreachable")();
    };
    await buildIt(ticketId);
    expect(upstreamsOf(revision.domainName)).toEqual([`${nextAddress}:8080`]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "building-stopped" });

    await office.walk(ticketId, [["take-change-back", "data-center", { note: "Kembali dulu." }]]);
    await planIt(ticketId);
    await office.walk(ticketId, [
      ["accept-plan", "infrastructure", {}],
      ["approve-plan", "leadership", {}],
    ]);
    const answering: (readonly string[] | undefined)[] = [];
    host.fails.update = async (stack, input, ...rest) => {
      answering.push(upstreamsOf(revision.domainName));
      await update(stack, input, ...rest);
    };
    await buildIt(ticketId);
    expect(files.at(-1)).toBe("a");
    expect(answering).toEqual([[`${address}:8080`, `${nextAddress}:8080`]]);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("another name answers beside the former, which goes when the new one does", async () => {
    const application = await hostApplication(office);
    const { domainName } = application.revision;
    const ticketId = await approved(application, { change: "name", "new-name": "sekarang" });
    const routes: string[][] = [];
    host.fails.route = async (_target, all) => {
      routed = all;
      routes.push(
        all.flatMap(({ names }) => names).filter((name) => [domainName, "sekarang.labura.go.id"].includes(name)),
      );
    };
    await buildIt(ticketId);
    expect(routes).toEqual([["sekarang.labura.go.id", domainName], ["sekarang.labura.go.id"]]);
    expect(asked).toContain("ask 10.10.5.20 for sekarang.labura.go.id");
  });

  it("another name that does not answer leaves the former its own", async () => {
    const application = await hostApplication(office);
    const { domainName } = application.revision;
    const ticketId = await approved(application, { change: "name", "new-name": "bisu" });
    host.status = 502;
    await buildIt(ticketId);
    expect(upstreamsOf("bisu.labura.go.id")).toBeUndefined();
    expect(upstreamsOf(domainName)).toBeDefined();
    expect((await findNameNow(office.db, domainName))?.state).toBe("in-use");
  });

  it("another name whose former one has got a record since says so, and is gone on with when that is gone", async () => {
    const application = await hostApplication(office);
    const { domainName } = application.revision;
    const ticketId = await approved(application, { change: "name", "new-name": "berikut" });
    const { infrastructure } = office.people;
    const recordId = accepted(
      await office.act((tx) => {
        const answers = { type: "TXT", owner: domainName, value: "v=verifikasi" };
        return addRecord(tx, infrastructure, office.setting(), { answers });
      }),
    );
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "former-name-needed" } },
    });
    await office.act((tx) => removeRecord(tx, infrastructure, office.setting(), { recordId }));
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it.each([
    ["another size", { change: "size", size: "large" }, ["a+b"]],
    ["stopping", { change: "stop" }, []],
  ])("%s leaves what is isolated meanwhile where it is", async (_, answers, left) => {
    const application = await hostApplication(office);
    const ticketId = await approved(application, answers);
    host.fails.drain = () =>
      office.act((tx) => updateApplication(tx, application.id, { state: "isolated" }, new Date()));
    await buildIt(ticketId);
    expect(files).toEqual(left);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "building-stopped", said: { "why-failed": "isolated" } });
    await office.walk(ticketId, [["take-change-back", "data-center", { note: "Diisolasi." }]]);
    asked = [];
    await planIt(ticketId);
    expect(asked).not.toContain(`recover ${application.stack}`);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "planning-failed", said: { "why-failed": "isolated" } });
  });

  it("a former image that people removed from its host is loaded again of its file, or it is told that it is gone", async () => {
    const application = await hostApplication(office);
    const answers = { "hosted-application": application.stack, change: "size", size: "large" };
    const ticketId = await office.file({ procedure: "application-change", answers });
    await office.walk(ticketId, [["plan-change", "data-center", {}]]);
    const needImage = broken("image-missing");
    host.fails = { needImage, loadImage: broken("image-missing") };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({
      step: "planning-failed",
      said: { "why-failed": "image-missing" },
    });

    host.fails = { needImage };
    await office.walk(ticketId, [["plan-change", "data-center", {}]]);
    await planIt(ticketId);
    expect(asked.filter((each) => each.startsWith("load "))).toHaveLength(1);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "application-planned" });
  });

  it("while one takes over its proxy is not given what is recorded", async () => {
    const application = await hostApplication(office);
    const ticketId = await approved(application, { change: "size", size: "large" });
    host.fails.drain = async () => {
      asked = [];
      await keepRoutes(options(), { signal });
      expect(asked).toEqual([]);
    };
    await buildIt(ticketId);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "application-built" });
  });

  it.each(["stop", "delete"] as const)("%s takes it off the proxy first, and asks for no page", async (change) => {
    const application = await hostApplication(office);
    const { stack, revision } = application;
    const ticketId = await approved(application, { change });
    await buildIt(ticketId);
    expect(asked).toEqual([`preview ${stack}`, "route", "drain 3 s", `update ${stack}`, "route"]);
    expect(files).toEqual([""]);
    expect(upstreamsOf(revision.domainName)).toBeUndefined();
    expect(await outcomeOf(ticketId)).toMatchObject({
      said: { "seen-from-intranet": "not-applicable", "seen-from-internet": "not-applicable" },
    });
  });

  it("what is stopped after its runtime has left the profile has the usual time to end", async () => {
    const application = await hostApplication(office);
    const ticketId = await approved(application, { change: "stop" });
    const hosting = { ...testHosting, runtimes: [] };
    const setting = (now: Date) => office.setting(now, { hosting });
    await buildApplication({ ticketId }, { ...options(), setting }, { signal });
    expect(asked).toContain("drain 10 s");
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "reporting-application" });
  });

  it("another application's routes keep what is being changed in its place", async () => {
    const [one, other] = [await hostApplication(office), await hostApplication(office)];
    const first = await approved(one, { change: "stop" });
    const second = await approved(other, { change: "size", size: "large" });
    await buildIt(first);
    await buildIt(second);
    expect(upstreamsOf(one.revision.domainName)).toBeUndefined();
    expect(upstreamsOf(other.revision.domainName)).toEqual([`${other.nextAddress}:8080`, `${other.address}:8080`]);
  });

  it("what is purged is shown with what would be destroyed, and destroyed once it is approved", async () => {
    const application = await keptApplication(office);
    await hostApplication(office);
    const { stack } = application;
    const own = `sha256:${"1".repeat(64)}`;
    // The image of the change that deleted it is the other application's, too.
    const { owner } = office.database;
    const { id: first } = await owner
      .selectFrom("application_revision")
      .select("id")
      .where("application_id", "=", application.id)
      .where("change", "=", "new")
      .executeTakeFirstOrThrow();
    await owner.updateTable("application_revision").set({ image_id: own }).where("id", "=", first).execute();
    const sealed = "sealed:1:abc";
    const secrets = { adminPassword: sealed, password: sealed, url: sealed, isFilled: true };
    await office.act((tx) => insertSecrets(tx, application.id, secrets));
    const answers = { "hosted-application": stack };
    const ticketId = await office.file({ procedure: "application-purge", answers });
    await office.walk(ticketId, [["plan-purge", "data-center", {}]]);
    asked = [];
    await planIt(ticketId);
    expect(asked).toEqual([`preview removal of ${stack}`]);
    await office.walk(ticketId, [["approve-plan", "leadership", {}]]);
    asked = [];
    await buildIt(ticketId);
    expect(asked).toEqual([`preview removal of ${stack}`, `remove ${stack} and ${own}`]);
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "removed", secrets: null });
  });
});
