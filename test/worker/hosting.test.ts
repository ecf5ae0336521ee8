import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findApplicationOfTicket, findLatestPlan, insertPlan } from "../../core/db/applications.ts";
import { listEntries } from "../../core/db/entries.ts";
import { holdStack } from "../../core/db/stack-leases.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import type { PlannedChange } from "../../core/domain/hosting/preview.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { buildApplication, giveUpBuild } from "../../worker/tasks/build-application.ts";
import { giveUpPlan, planApplication } from "../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { testHosting, testImage } from "../support/hosting.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const changes: PlannedChange[] = [{ kind: "container", name: "web-a", change: "create", properties: [] }];
const signal = new AbortController().signal;

let office: TestOffice;
/** What was asked of the host, in this order. */
let asked: string[];
/** The routes that the proxy was given last. */
let routed: readonly Route[];
/** What the host is like. */
let host: { preview: string; program: string; state: string; status: number | undefined; fails: Partial<Hosts> };
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  asked = [];
  host = { preview: "preview", program: "program", state: "", status: 200, fails: {} };
});

function hosts(): Hosts {
  return {
    loadImage: async (target, path) => {
      asked.push(`load ${path} on ${target.name}`);
      return testImage;
    },
    preview: async (stack, input) => {
      asked.push(`preview ${stack}`);
      const [preview, program] = [sha256(host.preview), sha256(host.program)];
      return { hashes: { preview, program, inputs: sha256(input), state: host.state }, changes, steps: [] };
    },
    recover: async (stack) => void asked.push(`recover ${stack}`),
    update: async (stack) => void asked.push(`update ${stack}`),
    route: async (_target, routes) => {
      asked.push("route");
      routed = routes;
    },
    ask: async (address, { name }) => {
      asked.push(`ask ${address} for ${name}`);
      return host.status;
    },
    ...host.fails,
  };
}

const options = () => ({
  ...{ db: office.db, filesFolder: "/files", hosts: hosts(), log: pino({ level: "silent" }) },
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

const broken = (why: HostFailed["why"]) => () => Promise.reject(new HostFailed(why, "doing something in a test"));

describe("planning", () => {
  it("puts the image on the host, previews the stack, and keeps the plan", async () => {
    const ticketId = await ticketBefore("application-planned");
    const before = Date.now();

    await planIt(ticketId);

    const application = await applicationOf(ticketId);
    expect(asked).toEqual([`load /files/${"a".repeat(64)} on dc`, `preview ${application.stack}`]);
    expect(application.imageId).toBe(testImage);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "accepting-plan", step: "application-planned" });
    const plan = await findLatestPlan(office.db, application.id);
    expect(plan).toMatchObject({ changes, imageId: testImage, hashes: { inputs: sha256(plan?.input ?? "") } });
    expect(plan?.expiresAt.getTime()).toBeGreaterThanOrEqual(before + testHosting.planHours * 3_600_000);
  });

  it("twice makes one plan", async () => {
    const ticketId = await ticketBefore("application-planned");
    await planIt(ticketId);
    asked = [];
    await planIt(ticketId);
    expect(asked).toEqual([]);
  });

  it.each([
    ["loadImage", "disk-full"],
    ["loadImage", "image-unreadable"],
    ["preview", "wrong-passphrase"],
    ["preview", "stack-locked"],
  ] as const)("where %s fails by %s the data center reads why, and nothing stays reserved", async (what, why) => {
    const ticketId = await ticketBefore("application-planned");
    host.fails = { [what]: broken(why) };
    await planIt(ticketId);
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "checking-hosting", step: "planning-failed", said: { "why-failed": why } },
    });
    expect(await findApplicationOfTicket(office.db, ticketId)).toBeUndefined();
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

  it("of a ticket that was cancelled meanwhile keeps nothing", async () => {
    const ticketId = await ticketBefore("application-planned");
    const { id } = await applicationOf(ticketId);
    host.fails = {
      loadImage: async () => {
        await office.walk(ticketId, [["cancel", "user", { note: "Tidak jadi." }]]);
        return testImage;
      },
    };
    await planIt(ticketId);
    expect((await office.ticket(ticketId)).state).toBe("cancelled");
    expect(await findLatestPlan(office.db, id)).toBeUndefined();
  });
});

describe("building", () => {
  it("previews again, updates, gives the proxy its route, asks by name, and reports", async () => {
    const ticketId = await ticketBefore("application-built");
    const { stack, domainName, address } = await applicationOf(ticketId);

    await buildIt(ticketId);

    expect(asked).toEqual([`preview ${stack}`, `update ${stack}`, "route", `ask 10.10.5.20 for ${domainName}`]);
    expect(routed).toContainEqual({ names: [domainName], upstreams: [`${address}:8080`], reach: "intranet" });
    expect(await outcomeOf(ticketId)).toEqual({
      ...{ state: "reporting-application", step: "application-built" },
      said: { "seen-from-intranet": "passed", "seen-from-internet": "not-applicable" },
    });
    expect(await applicationOf(ticketId)).toMatchObject({ state: "built" });
  });

  it("twice builds once", async () => {
    const ticketId = await ticketBefore("application-built");
    await buildIt(ticketId);
    asked = [];
    await buildIt(ticketId);
    expect(asked).toEqual([]);
  });

  it.each([
    ["preview", { preview: "another" }],
    ["program", { program: "another" }],
    ["state", { state: "somebody wrote it" }],
  ])("another %s than was approved is planned and shown anew, and nothing is changed", async (_, change) => {
    const ticketId = await ticketBefore("application-built");
    Object.assign(host, change);
    await buildIt(ticketId);
    expect(asked.some((each) => each.startsWith("update"))).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({ state: "planning-application", step: "plan-outdated" });
    expect(office.enqueued.at(-1)).toEqual({ name: "plan-application", data: { ticketId } });
  });

  it("another image than was approved is planned and shown anew, before the host is asked", async () => {
    const ticketId = await ticketBefore("application-built");
    const { id } = await applicationOf(ticketId);
    const image = `sha256:${"d".repeat(64)}`;
    await office.db.updateTable("application").set({ image_id: image }).where("id", "=", id).execute();
    await buildIt(ticketId);
    expect(asked).toEqual([]);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "plan-outdated" });
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
    expect(await applicationOf(ticketId)).toMatchObject({ state: "failed" });

    // A part of it stands now, so state and preview are others.
    host = { ...host, preview: "the rest", state: "a part", fails: {} };
    asked = [];
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    await buildIt(ticketId);

    expect(asked.slice(0, 3)).toEqual([`recover ${stack}`, `preview ${stack}`, `update ${stack}`]);
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
    const { id } = await applicationOf(ticketId);
    // As after a plan that was made and approved since.
    const approved = await findLatestPlan(office.db, id);
    if (approved === undefined) throw new Error("there is no plan");
    await office.act((tx) => insertPlan(tx, approved));
    host = { ...host, preview: "something else", fails: {} };
    await office.walk(ticketId, [["continue-building", "data-center", {}]]);
    asked = [];
    await buildIt(ticketId);
    expect(asked.some((each) => each.startsWith("update"))).toBe(false);
    expect(await outcomeOf(ticketId)).toMatchObject({ step: "plan-outdated" });
    expect((await findLatestPlan(office.db, id))?.id).toBeGreaterThan(approved.id);
  });

  it("that cannot be recorded, since its name's address is not in use, is told", async () => {
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
      ...{ state: "building-stopped", said: { "why-failed": "name-taken" } },
    });
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

  it("that never ends is told at last", async () => {
    const ticketId = await ticketBefore("application-built");
    await giveUpBuild({ ticketId }, options());
    expect(await outcomeOf(ticketId)).toMatchObject({
      ...{ state: "building-stopped", said: { "why-failed": "not-finished" } },
    });
  });
});
