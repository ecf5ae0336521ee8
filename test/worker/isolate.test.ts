import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  isolateApplication as begin,
  decideIsolation,
  keepIsolations,
  recordReleased,
} from "../../core/actions/hosting/isolate-application.ts";
import { followHosted } from "../../core/actions/monitoring/follow-hosted.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { findIsolation, findOpenIsolation } from "../../core/db/hosting/isolations.ts";
import { holdStack, letStackGo } from "../../core/db/hosting/stack-leases.ts";
import { listTargets } from "../../core/db/monitoring/monitor-targets.ts";
import { removeRole } from "../../core/db/people/people.ts";
import { listAttachments } from "../../core/db/ticket/attachments.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { IsolationDecision } from "../../core/domain/hosting/isolation.ts";
import type { Route } from "../../infra/proxy/routes.ts";
import { holds } from "../../worker/hosting/holds.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { routeOf, routesOf } from "../../worker/hosting/target-routes.ts";
import type { WatchedHosts } from "../../worker/hosting/watched-hosts.ts";
import { endIsolation, isolateApplication } from "../../worker/tasks/isolate-application.ts";
import { hostApplication } from "../support/hosted.ts";
import { noHosts, noWatchedHosts } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const signal = new AbortController().signal;
const reason = "Halaman depan diubah orang lain.";

let office: TestOffice;
let filesFolder: string;
let application: Application;
let stack: string;
let asked: string[];
let routed: readonly Route[];
let fails: Partial<Hosts & WatchedHosts>;
beforeAll(async () => {
  office = await openOffice();
  filesFolder = await mkdtemp(join(tmpdir(), "simpul-files-"));
});
afterAll(async () => {
  await office.close();
  await rm(filesFolder, { recursive: true });
});
beforeEach(async () => {
  // Those of the tests before wait for nobody any more.
  await office.db.updateTable("isolation").set({ ended_at: new Date() }).where("ended_at", "is", null).execute();
  application = await hostApplication(office, { upTo: "application-built" });
  stack = application.stack;
  [asked, routed, fails] = [[], [], {}];
  office.enqueued.length = 0;
});

const options = () => ({
  ...{ db: office.db, filesFolder, log: pino({ level: "silent" }), setting: (now: Date) => office.setting(now) },
  hosts: {
    ...noHosts,
    route: async (_target: unknown, routes: readonly Route[]) => {
      asked.push("route");
      routed = routes;
    },
    ...fails,
  } as Hosts,
  watched: {
    ...noWatchedHosts,
    contain: async () => void asked.push("contain"),
    release: async () => void asked.push("release"),
    keepEvidence: async () => {
      asked.push("keep evidence");
      return "== web-a\nsaid something";
    },
    ...fails,
  } as WatchedHosts,
});
const broken = (why: HostFailed["why"]) => () => Promise.reject(new HostFailed(why, "doing something in a test"));
const isolateIt = (answers = { reason }, who = office.people.dataCenter) =>
  office.act((tx) => begin(tx, who, office.setting(new Date()), { applicationId: application.id, answers }));
const work = (isolationId: number) => isolateApplication({ isolationId }, options(), { signal });
const withoutTarget = () => ({ ...options(), setting: (now: Date) => office.setting(now, { hosting: undefined }) });
const end = (isolationId: number) => endIsolation({ isolationId }, options(), { signal });
const decide = (isolationId: number, decision: IsolationDecision, who = office.people.leadership) =>
  office.act((tx) =>
    decideIsolation(tx, who, office.setting(new Date()), { isolationId, decision, answers: { reason: "Sudah aman." } }),
  );
const kinds = async () => (await office.takeMail()).map(({ kind, to }) => `${kind} to ${to}`);
const routeOfIt = () => routed.find(({ names }) => names.includes(application.revision.domainName));
const isolation = () => findOpenIsolation(office.db, application.id);

describe("an isolation", () => {
  it("is begun by a person of duty with a reason; leadership is told at once, and a machine does it", async () => {
    expect(await isolateIt({ reason: "" })).toMatchObject({ ok: false });
    const isolationId = accepted(await isolateIt());
    expect(await kinds()).toEqual(["isolation-asked to Farida Daulay", "isolation-told to Nurhayati Siregar"]);
    expect(office.enqueued).toEqual([{ name: "isolate-application", data: { isolationId } }]);
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "isolated" });
    expect(await isolateIt()).toMatchObject({ ok: false, refusal: { code: "isolated-already" } });
    const rows = await office.db
      .selectFrom("journal")
      .select("details")
      .where("event", "=", "application-isolated")
      .execute();
    expect(JSON.stringify(rows)).not.toContain("Halaman");
  });

  it("closes the route, holds the containers, and keeps evidence as a file of the ticket", async () => {
    const isolationId = accepted(await isolateIt());
    await office.takeMail();
    await work(isolationId);
    expect(asked).toEqual(["route", "route", "contain", "keep evidence"]);
    expect(routeOfIt()).toMatchObject({ isClosed: true });
    expect(await isolation()).toMatchObject({
      ...{ closedAt: expect.any(Date), containedAt: expect.any(Date), evidenceAt: expect.any(Date), trouble: null },
    });
    expect(await kinds()).toContain("isolation-progress to Dedi Harahap");
    const files = await listAttachments(office.db, application.ticketId, { withInternalNotes: true });
    const kept = files.find(({ name }) => name === `${stack}-isolation-${isolationId}.txt`);
    expect(await readFile(join(filesFolder, kept?.sha256 ?? ""), "utf8")).toContain("said something");
    const seenByUser = await listAttachments(office.db, application.ticketId, { withInternalNotes: false });
    expect(seenByUser.map(({ id }) => id)).not.toContain(kept?.id);
  });

  it("does not wait for who works on the stack or gives routes", async () => {
    const isolationId = accepted(await isolateIt());
    await holdStack(office.db, { stack, holder: crypto.randomUUID(), seconds: 60 });
    await holdStack(office.db, { stack: holds.routes("dc"), holder: crypto.randomUUID(), seconds: 60 });
    await work(isolationId);
    await office.db.deleteFrom("stack_lease").execute();
    expect(asked).toEqual(["route", "contain", "keep evidence"]);
    expect(routeOfIt()).toMatchObject({ isClosed: true });
  });

  it.each([
    ["route", "host-unreachable", { closedAt: null, containedAt: expect.any(Date), evidenceAt: expect.any(Date) }],
    ["contain", "host-unreachable", { closedAt: expect.any(Date), containedAt: null, evidenceAt: null }],
    ["keepEvidence", "disk-full", { closedAt: expect.any(Date), containedAt: expect.any(Date), evidenceAt: null }],
  ] as const)("where %s fails does the rest, says why once, and is tried again", async (what, why, done) => {
    const isolationId = accepted(await isolateIt());
    await office.takeMail();
    fails = { [what]: broken(why) };
    await work(isolationId);
    expect(await isolation()).toMatchObject({ ...done, trouble: why });
    expect(await kinds()).toContain("isolation-progress to Dedi Harahap");
    await work(isolationId);
    expect(await kinds()).toEqual([]);
    fails = {};
    await work(isolationId);
    expect(await isolation()).toMatchObject({
      trouble: null,
      evidenceAt: expect.any(Date),
      closedAt: expect.any(Date),
    });
  });

  it("whose evidence cannot be stored is carried out, says why, and stores it by the next try", async () => {
    const isolationId = accepted(await isolateIt());
    const nowhere = { ...options(), filesFolder: "/dev/null/files" };
    await isolateApplication({ isolationId }, nowhere, { signal });
    expect(await isolation()).toMatchObject({
      ...{ closedAt: expect.any(Date), containedAt: expect.any(Date), evidenceAt: null, trouble: "other" },
    });
    await work(isolationId);
    expect(await isolation()).toMatchObject({ evidenceAt: expect.any(Date), trouble: null });
  });

  it("says so once where its target is no more of the profile, and is tried again", async () => {
    const isolationId = accepted(await isolateIt());
    await office.takeMail();
    await isolateApplication({ isolationId }, withoutTarget(), { signal });
    expect(asked).toEqual([]);
    expect(await isolation()).toMatchObject({ trouble: "profile-changed", closedAt: null, containedAt: null });
    expect(await kinds()).toContain("isolation-progress to Dedi Harahap");
    await isolateApplication({ isolationId }, withoutTarget(), { signal });
    expect(await kinds()).toEqual([]);
    await work(isolationId);
    expect(await isolation()).toMatchObject({ trouble: null, containedAt: expect.any(Date) });
  });

  it("keeps evidence once, and the routes of others do not bring it back", async () => {
    const isolationId = accepted(await isolateIt());
    await work(isolationId);
    asked = [];
    await work(isolationId);
    expect(asked).not.toContain("keep evidence");
    for (const built of [undefined, application, await hostApplication(office, { upTo: "application-built" })]) {
      const changed = built && { application: built, own: [routeOf(built)] };
      const { routes } = await routesOf(office.db, "dc", changed);
      const its = routes.filter(({ names }) => names.includes(application.revision.domainName));
      expect(its).toMatchObject([{ isClosed: true }]);
    }
  });
});

describe("what people went on with by hand", () => {
  beforeEach(async () => {
    application = await hostApplication(office, { upTo: "approve-plan" });
    await office.walk(application.ticketId, [
      ["building-failed", "machine", {}],
      ["take-over-by-hand", "data-center", { note: "Sisanya dipasang manual." }],
    ]);
  });

  it("is held still as what stands is, and is what it was when it is given back", async () => {
    const isolationId = accepted(await isolateIt());
    await work(isolationId);
    expect(asked).toEqual(["route", "route", "contain", "keep evidence"]);
    expect(routeOfIt()).toMatchObject({ isClosed: true });
    await office.act((tx) => followHosted(tx, office.setting()));
    expect((await listTargets(office.db)).map(({ applicationId }) => applicationId)).not.toContain(application.id);
    accepted(await decide(isolationId, "lifted"));
    await end(isolationId);
    expect(asked.slice(-2)).toEqual(["release", "route"]);
    expect(routeOfIt()).toBeUndefined();
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "planned", standingId: null });
  });
});

describe("afterwards", () => {
  it("leadership is reminded each day until it has decided; each minute a machine looks again", async () => {
    const isolationId = accepted(await isolateIt());
    await office.takeMail();
    const keep = (hours: number) =>
      office.act((tx) => keepIsolations(tx, office.setting(new Date(Date.now() + hours * 3_600_000))));
    await keep(23);
    expect(await kinds()).toEqual([]);
    expect(office.enqueued).toContainEqual({ name: "isolate-application", data: { isolationId } });
    await keep(25);
    await keep(26);
    expect(await kinds()).toEqual(["isolation-asked to Farida Daulay"]);
    accepted(await decide(isolationId, "confirmed"));
    expect(await kinds()).toContain("isolation-decided to Dedi Harahap");
    await keep(80);
    expect(await kinds()).toEqual([]);
  });

  it("nobody decides on what they did themselves, or twice", async () => {
    const both = await office.hire(["data-center", "leadership"]);
    const isolationId = accepted(await isolateIt({ reason }, both));
    expect(await decide(isolationId, "lifted", both)).toMatchObject({ refusal: { code: "own-isolation" } });
    await office.act((tx) => removeRole(tx, both.id, "leadership"));
    accepted(await decide(isolationId, "confirmed"));
    expect(await decide(isolationId, "confirmed")).toMatchObject({ refusal: { code: "isolation-confirmed" } });
    expect(await end(isolationId)).toBeUndefined();
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "isolated" });
  });

  it("what is lifted goes on, has its route, and is no longer made to stand still", async () => {
    const isolationId = accepted(await isolateIt());
    await work(isolationId);
    await office.takeMail();
    accepted(await decide(isolationId, "lifted"));
    expect(office.enqueued).toContainEqual({ name: "end-isolation", data: { isolationId } });
    expect((await kinds()).filter((each) => each.startsWith("isolation-decided"))).toEqual([]);
    asked = [];
    await work(isolationId);
    expect(asked).toEqual([]);
    fails = { release: broken("host-unreachable") };
    await end(isolationId);
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "isolated" });
    expect(await kinds()).toContain("isolation-progress to Dedi Harahap");
    fails = {};
    await end(isolationId);
    expect(asked).toEqual(["release", "route"]);
    expect(routeOfIt()).not.toHaveProperty("isClosed");
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "built" });
    const told = await kinds();
    expect(told).toContain("isolation-ended to Dedi Harahap");
    expect(told).toContain("isolation-ended to Farida Daulay");
    expect(await isolation()).toBeUndefined();
    accepted(await isolateIt());
  });

  it("what is lifted while it is taken off the net is not made to stand still any more", async () => {
    const isolationId = accepted(await isolateIt());
    const route = async () => {
      fails = {};
      asked.push("route");
      accepted(await decide(isolationId, "lifted"));
      await end(isolationId);
    };
    fails = { route };
    await work(isolationId);
    expect(asked).toEqual(["route", "release", "route", "route"]);
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "built" });
    expect(await isolation()).toBeUndefined();
  });

  it("what is lifted while its containers are made to stand still goes on after that, also where nobody waited for it", async () => {
    const isolationId = accepted(await isolateIt());
    const contain = async () => {
      accepted(await decide(isolationId, "lifted"));
      // Whoever gives it back has to wait, and is told here not to.
      await expect(endIsolation({ isolationId }, options(), { signal: AbortSignal.abort() })).rejects.toThrow("abort");
      asked.push("contain");
    };
    fails = { contain };
    await work(isolationId);
    fails = {};
    await end(isolationId);
    expect(asked.filter((each) => each !== "route")).toEqual(["contain", "release", "release"]);
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "built" });
  });

  it("what is begun again while its containers are made to stand still is not given back", async () => {
    const isolationId = accepted(await isolateIt());
    let again = 0;
    const contain = async () => {
      fails = {};
      // It is slow, and another worker has its hold since.
      await office.db.deleteFrom("stack_lease").execute();
      accepted(await decide(isolationId, "lifted"));
      await end(isolationId);
      again = accepted(await isolateIt());
      asked = ["contain"];
    };
    fails = { contain };
    await work(isolationId);
    expect(asked).toEqual(["contain"]);
    expect(await isolation()).toMatchObject({ id: again, containedAt: null });
  });

  it("what is begun again while its containers are waited for is not given back", async () => {
    const isolationId = accepted(await isolateIt());
    accepted(await decide(isolationId, "lifted"));
    const held = { stack: holds.containers(stack), holder: crypto.randomUUID() };
    await holdStack(office.db, { ...held, seconds: 60 });
    const isWaiting = Promise.withResolvers<void>();
    const setting = (now: Date) => {
      isWaiting.resolve();
      return office.setting(now);
    };
    const ending = endIsolation({ isolationId }, { ...options(), setting }, { signal });
    await isWaiting.promise;
    // Another worker gave it back meanwhile.
    await office.act((tx) => recordReleased(tx, office.setting(new Date()), isolationId));
    const again = accepted(await isolateIt());
    await letStackGo(office.db, held);
    await ending;
    expect(asked).toEqual(["route"]);
    expect(routeOfIt()).toMatchObject({ isClosed: true });
    expect(await isolation()).toMatchObject({ id: again, endedAt: null, trouble: null });
  });

  it("what goes on and has not got its names back is isolated anew, and not given back by the former", async () => {
    const isolationId = accepted(await isolateIt());
    await work(isolationId);
    accepted(await decide(isolationId, "lifted"));
    fails = { route: broken("host-unreachable") };
    await end(isolationId);
    expect(await isolation()).toMatchObject({ id: isolationId, trouble: "host-unreachable", endedAt: null });
    await office.takeMail();
    let again = 0;
    // What is tried again is under way, and fails otherwise.
    const route = async () => {
      again = accepted(await isolateIt());
      throw new HostFailed("disk-full", "giving routes in a test");
    };
    fails = { route };
    asked = [];
    await end(isolationId);
    expect(await isolation()).toMatchObject({ id: again, trouble: null });
    expect(await findIsolation(office.db, isolationId)).toMatchObject({ endedAt: expect.any(Date), trouble: null });
    expect(await kinds()).toEqual(["isolation-asked to Farida Daulay", "isolation-told to Nurhayati Siregar"]);
    fails = {};
    await end(isolationId);
    await work(again);
    expect(asked).not.toContain("release");
    expect(asked).toContain("contain");
    expect(routeOfIt()).toMatchObject({ isClosed: true });
    expect(await findApplication(office.db, application.id)).toMatchObject({ state: "isolated" });
  });

  it("what goes on is not let go on once more while its names are tried again", async () => {
    const isolationId = accepted(await isolateIt());
    accepted(await decide(isolationId, "lifted"));
    fails = { route: broken("host-unreachable") };
    await end(isolationId);
    expect(asked).toEqual(["release"]);
    fails = {};
    await end(isolationId);
    expect(asked).toEqual(["release", "route"]);
    expect(await isolation()).toBeUndefined();
  });

  it("what is lifted says so once where its target is no more of the profile", async () => {
    const isolationId = accepted(await isolateIt());
    await work(isolationId);
    accepted(await decide(isolationId, "lifted"));
    await office.takeMail();
    await endIsolation({ isolationId }, withoutTarget(), { signal });
    expect(await isolation()).toMatchObject({ trouble: "profile-changed", endedAt: null });
    expect(await kinds()).toContain("isolation-progress to Dedi Harahap");
    await end(isolationId);
    expect(await isolation()).toBeUndefined();
  });

  it("what is lifted is given back also by a worker whose clock goes behind", async () => {
    const isolationId = accepted(await isolateIt());
    accepted(await decide(isolationId, "lifted"));
    const anHourAgo = () => office.setting(new Date(Date.now() - 3_600_000));
    await endIsolation({ isolationId }, { ...options(), setting: anHourAgo }, { signal });
    expect(await isolation()).toBeUndefined();
  });
});
