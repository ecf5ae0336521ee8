import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listForeignStates } from "../../core/db/hosting/foreign-states.ts";
import { listDrift } from "../../core/db/hosting/stack-drift.ts";
import { holdStack, letStackGo } from "../../core/db/hosting/stack-leases.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import { insertFreezeRow } from "../../core/db/ticket/freeze.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { Drift } from "../../core/domain/hosting/drift.ts";
import { HostFailed } from "../../worker/hosting/hosts.ts";
import { notingWriting } from "../../worker/hosting/note-writing.ts";
import type { WatchedHosts } from "../../worker/hosting/watched-hosts.ts";
import { compareStack, giveUpCompare, giveUpPutBack, putBackStack } from "../../worker/tasks/compare-stack.ts";
import {
  pathsOfPlatformChange,
  usualAnswers as platformAnswers,
} from "../core/domain/procedures/platform-change.paths.ts";
import { failChange, hostApplication } from "../support/hosted.ts";
import { noHosts, noWatchedHosts } from "../support/hosting.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const signal = new AbortController().signal;
const memory: Drift = { kind: "container", name: "web-a", property: "memory", from: "64 MB", to: "96 MB" };

const builtPlatform = pathsOfPlatformChange["the proxy is planned, accepted, approved and built"] ?? [];

let office: TestOffice;
let application: Application;
let stack: string;
/** What was asked, in this order. */
let asked: string[];
/** How the host and the state of its stack are. */
let host: { drift: Drift[]; state: string; program?: string; fails: Partial<WatchedHosts> };
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  application = await hostApplication(office, { upTo: "application-built" });
  stack = application.stack;
  [asked, host] = [[], { drift: [], state: "ours", fails: {} }];
  office.enqueued.length = 0;
});

function watched(): WatchedHosts {
  return {
    ...noWatchedHosts,
    hashOfState: async () => host.state,
    hashOfProgram: async () => host.program ?? noWatchedHosts.hashOfProgram(),
    compare: async (_stack, { isPlanned }) => {
      asked.push(`compare by ${isPlanned ? "the file that is there" : "what stands"}`);
      return host.drift;
    },
    putBack: async () => {
      asked.push("put back");
      [host.drift, host.state] = [[], "put back by us"];
    },
    ...host.fails,
  };
}

const options = () => ({
  ...{ db: office.db, setting: (now: Date) => office.setting(now), log: pino({ level: "silent" }) },
  hosts: { recover: async () => void asked.push("recover") },
  watched: watched(),
});
const compare = (personId?: number) =>
  compareStack(personId === undefined ? { stack } : { stack, personId }, options(), { signal });
const putBack = () => putBackStack({ stack, personId: office.people.dataCenter.id }, options(), { signal });
const broken = (why: HostFailed["why"]) => () => Promise.reject(new HostFailed(why, "doing something in a test"));
const kinds = async () => (await office.takeMail()).map(({ kind, to }) => `${kind} to ${to}`);

describe("comparing", () => {
  it("keeps what differs from what stands, and the state as ours", async () => {
    host.drift = [memory];
    await compare();
    expect(asked).toEqual(["compare by what stands"]);
    expect(await listDrift(office.db, stack)).toMatchObject([memory]);
    expect(await findWatched(office.db, stack)).toMatchObject({ stateHash: "ours", problem: null });
    expect(await kinds()).toEqual(["drift-found to Dedi Harahap"]);
  });

  it("leaves the file of a plan that waits", async () => {
    const { id, ...revision } = await office.db
      .selectFrom("application_revision")
      .selectAll()
      .where("application_id", "=", application.id)
      .executeTakeFirstOrThrow();
    await office.db
      .insertInto("application_revision")
      .values({ ...revision, state: "planned" })
      .execute();
    await compare();
    expect(asked).toEqual(["compare by the file that is there"]);
  });

  it("leaves the file of a plan of what all applications of a host share, until its ticket has ended", async () => {
    const walkPlatform = async (steps: typeof builtPlatform) => {
      const ticketId = await office.file({ procedure: "platform-change" });
      await office.walk(
        ticketId,
        steps.map(([name, role, , , , answers]) => [name, role, answers ?? platformAnswers[name] ?? {}]),
      );
      return ticketId;
    };
    const comparePlatform = () => compareStack({ stack: "platform-dc" }, options(), { signal });
    await walkPlatform(builtPlatform);
    await comparePlatform();
    const ticketId = await walkPlatform(builtPlatform.slice(0, 3));
    await comparePlatform();
    await office.walk(ticketId, [["reject-plan", "leadership", platformAnswers["reject-plan"] ?? {}]]);
    await comparePlatform();
    expect(asked).toEqual(["compare by what stands", "compare by the file that is there", "compare by what stands"]);
  });

  it("says that a host does not answer, and still who wrote the state", async () => {
    await compare();
    host = { ...host, state: "by hand", fails: { compare: broken("host-unreachable") } };
    await compare(office.people.dataCenter.id);
    expect(await listDrift(office.db, stack)).toEqual([]);
    expect(await findWatched(office.db, stack)).toMatchObject({ problem: "host-unreachable" });
    expect(await kinds()).toEqual(["foreign-state-found to Farida Daulay", "stack-compared to Dedi Harahap"]);
  });

  it.each([
    ["while a worker holds it", () => holdStack(office.db, { stack, holder: crypto.randomUUID(), seconds: 60 })],
    ["while a change is half done", () => begin()],
    ["of an application that is gone", () => setState("removed")],
  ])("is not done %s", async (_, happens) => {
    await happens();
    await compare();
    expect(asked).toEqual([]);
    expect(await kinds()).toEqual([]);
  });

  it.each([
    ["a worker holds it", () => holdStack(office.db, { stack, holder: crypto.randomUUID(), seconds: 60 })],
    ["a change is half done", () => begin()],
  ])("that somebody asked for while %s is told to them", async (_, happens) => {
    await happens();
    await compare(office.people.dataCenter.id);
    expect(await office.takeMail()).toMatchObject([{ kind: "stack-compared", stack, problem: "being-changed" }]);
  });

  it("whose every try failed is told to who asked for it", async () => {
    await giveUpCompare({ stack }, options());
    expect(await kinds()).toEqual([]);
    await giveUpCompare({ stack, personId: office.people.dataCenter.id }, options());
    expect(await office.takeMail()).toMatchObject([{ kind: "stack-compared", problem: "not-finished" }]);
  });

  it("leaves an isolated one alone, but for its state", async () => {
    await compare();
    await setState("isolated");
    [asked, host.state] = [[], "by hand"];
    await compare();
    expect(asked).toEqual([]);
    expect(await listForeignStates(office.db, stack)).toHaveLength(1);
  });
});

async function begin(): Promise<void> {
  await failChange(office, application);
  office.enqueued.length = 0;
}

async function setState(state: "removed" | "isolated"): Promise<void> {
  await office.db.updateTable("application").set({ state }).where("id", "=", application.id).execute();
}

async function stopUpdates(kind: "set" | "lifted"): Promise<void> {
  const by = { personId: office.people.leadership.id, reason: "Audit.", now: new Date() };
  await office.act((tx) => insertFreezeRow(tx, { kind, ...by }));
}

describe("putting back", () => {
  it("is done by a machine, looked at, and told; what it wrote is ours", async () => {
    host.drift = [memory];
    await compare();
    await office.takeMail();
    asked = [];
    await putBack();
    expect(asked).toEqual(["put back", "compare by what stands"]);
    expect(await listDrift(office.db, stack)).toEqual([]);
    expect(await findWatched(office.db, stack)).toMatchObject({ stateHash: "put back by us", writingSince: null });
    expect(await kinds()).toEqual(["stack-put-back to Dedi Harahap"]);
    await compare();
    expect(await listForeignStates(office.db, stack)).toEqual([]);
  });

  it("notes what somebody wrote before it is written over", async () => {
    await compare();
    host.state = "by hand";
    await putBack();
    expect(await kinds()).toContain("foreign-state-found to Farida Daulay");
  });

  it("that fails says why", async () => {
    host.fails = { putBack: broken("image-missing") };
    await putBack();
    expect(await office.takeMail()).toMatchObject([{ kind: "stack-put-back", problem: "image-missing" }]);
    await giveUpPutBack({ stack, personId: office.people.dataCenter.id }, options());
    expect(await office.takeMail()).toMatchObject([{ kind: "stack-put-back", problem: "not-finished" }]);
  });

  it("that was ended in the middle begins by what it left", async () => {
    await compare();
    host.fails = { putBack: () => Promise.reject(new Error("the worker ends")) };
    await expect(putBack()).rejects.toThrow("the worker ends");
    host.fails = {};
    asked = [];
    await putBack();
    expect(asked[0]).toBe("recover");
    expect(await findWatched(office.db, stack)).toMatchObject({ writingSince: null });
  });

  it.each([
    ["of what is isolated", () => setState("isolated"), "isolated"],
    ["of what is half done", () => begin(), "being-changed"],
    ["while all updates are stopped", () => stopUpdates("set"), "approvals-frozen"],
    [
      "by another program than the one of the plan",
      async () => Object.assign(host, { program: "newer" }),
      "program-changed",
    ],
  ])("is not done %s, and who wanted it is told", async (_, happens, problem) => {
    await happens();
    await putBack();
    await stopUpdates("lifted");
    expect(asked).toEqual([]);
    expect(await office.takeMail()).toMatchObject([{ kind: "stack-put-back", stack, problem }]);
  });

  it("waits for who holds the stack", async () => {
    const holder = crypto.randomUUID();
    await holdStack(office.db, { stack, holder, seconds: 60 });
    await expect(putBack()).rejects.toThrow("another worker");
    await letStackGo(office.db, { stack, holder });
  });
});

describe("what a machine writes while it builds", () => {
  const hosts = (update: () => Promise<void>) => notingWriting({ ...noHosts, update }, { ...options() });

  it("is ours, and what was written before it by hand is told", async () => {
    await compare();
    host.state = "by hand";
    const building = hosts(async () => {
      host.state = "built by us";
    });
    await building.update(stack, "{}", signal);
    expect(await kinds()).toEqual(["foreign-state-found to Farida Daulay"]);
    await compare();
    expect(await kinds()).toEqual([]);
  });

  it("is not taken for ours where somebody else held the stack", async () => {
    await compare();
    const refused = hosts(() => {
      host.state = "by hand, meanwhile";
      return broken("stack-locked")();
    });
    await expect(refused.update(stack, "{}", signal)).rejects.toThrow(HostFailed);
    await compare();
    expect(await kinds()).toEqual(["foreign-state-found to Farida Daulay"]);
  });
});
