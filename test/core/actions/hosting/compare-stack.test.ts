import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  askForLook,
  askToPutBack,
  beginLooksOfHour,
  type Look,
  recordLook,
  recordPutBack,
} from "../../../../core/actions/hosting/compare-stack.ts";
import { beginWritingState, endWritingState } from "../../../../core/actions/hosting/stack-states.ts";
import { listForeignStates } from "../../../../core/db/hosting/foreign-states.ts";
import { listDrift } from "../../../../core/db/hosting/stack-drift.ts";
import { findWatched } from "../../../../core/db/hosting/watched-stacks.ts";
import { insertFreezeRow } from "../../../../core/db/ticket/freeze.ts";
import type { Application } from "../../../../core/domain/hosting/application.ts";
import type { Drift } from "../../../../core/domain/hosting/drift.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { failChange, hostApplication } from "../../../support/hosted.ts";
import { minutesAfter, morning, openOffice, type TestOffice } from "../../../support/office.ts";

let office: TestOffice;
let application: Application;
let stack: string;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(async () => {
  application = await hostApplication(office, { upTo: "application-built" });
  stack = application.stack;
  office.enqueued.length = 0;
});

const memory: Drift = { kind: "container", name: "web-a", property: "memory", from: "64 MB", to: "96 MB" };
const environment: Drift = { kind: "container", name: "web-a", property: "envs" };
/** Hours after the morning. */
const hour = (hours: number) => minutesAfter(morning, 60 * hours);

const look = (at: Date, seen: Partial<Look>) =>
  office.act((tx) => recordLook(tx, office.setting(at), { stack, stateHash: undefined, host: { drift: [] }, ...seen }));
const mail = async (kind: string) => (await office.takeMail()).filter((each) => each.kind === kind).map(({ to }) => to);
const journal = async () => {
  const rows = await office.db.selectFrom("journal").select(["event", "details"]).orderBy("id").execute();
  return rows.filter(({ details }) => (details as { stack?: string }).stack === stack);
};
const events = async () => (await journal()).map(({ event }) => event);

describe("a look at a stack", () => {
  it("keeps what differs, and tells the data center once", async () => {
    await look(hour(1), {});
    await look(hour(2), { host: { drift: [memory] } });
    expect(await mail("drift-found")).toEqual(["Dedi Harahap"]);
    await look(hour(3), { host: { drift: [memory] } });
    expect(await mail("drift-found")).toEqual([]);

    expect(await listDrift(office.db, stack)).toEqual([
      { ...memory, id: expect.any(Number), after: hour(1), foundAt: hour(2) },
    ]);
    expect(await findWatched(office.db, stack)).toMatchObject({ checkedAt: hour(3), problem: null });
    expect(await events()).toContain("drift-found");
  });

  it("tells again of what differs otherwise, and of what is new", async () => {
    await look(hour(1), { host: { drift: [memory] } });
    await office.takeMail();
    await look(hour(2), { host: { drift: [{ ...memory, to: "128 MB" }] } });
    expect(await mail("drift-found")).toHaveLength(1);
    await look(hour(3), { host: { drift: [{ ...memory, to: "128 MB" }, environment] } });
    expect(await mail("drift-found")).toHaveLength(1);
    expect((await listDrift(office.db, stack)).map(({ property, after }) => [property, after])).toEqual([
      ["envs", hour(2)],
      ["memory", hour(1)],
    ]);
  });

  it("closes what went away by itself", async () => {
    await look(hour(1), { host: { drift: [memory, environment] } });
    await office.takeMail();
    await look(hour(2), { host: { drift: [environment] } });
    expect((await listDrift(office.db, stack)).map(({ property }) => property)).toEqual(["envs"]);
    expect(await mail("drift-found")).toEqual([]);
    expect(await events()).toContain("drift-ended");
  });

  it("that the host did not answer says so, and is no difference", async () => {
    await look(hour(1), { host: { drift: [memory] } });
    await look(hour(2), { host: { problem: "host-unreachable" } });
    expect(await listDrift(office.db, stack)).toHaveLength(1);
    expect(await findWatched(office.db, stack)).toMatchObject({
      ...{ checkedAt: hour(1), problem: "host-unreachable", failedAt: hour(2) },
    });
    await look(hour(3), { host: { drift: [memory] } });
    expect(await findWatched(office.db, stack)).toMatchObject({ checkedAt: hour(3), problem: null, failedAt: null });
  });

  it("is kept where the clock was set back, or a worker's goes behind another's", async () => {
    await look(hour(5), { host: { drift: [memory] }, stateHash: "ours" });
    await look(hour(4), { host: { drift: [environment] }, stateHash: "by hand" });
    expect(await listDrift(office.db, stack)).toMatchObject([{ property: "envs", after: hour(5), foundAt: hour(4) }]);
    const [foreign] = await office.db.selectFrom("foreign_state").selectAll().where("stack", "=", stack).execute();
    expect(foreign).toMatchObject({ after: hour(5), found_at: hour(4) });
  });

  it("that somebody asked for is told to them", async () => {
    await look(hour(1), { personId: office.people.infrastructure.id });
    expect(await mail("stack-compared")).toEqual(["Efendi Rambe"]);
  });
});

describe("a state of Pulumi's", () => {
  const write = (at: Date, before: string, after: string | undefined) =>
    office.act(async (tx) => {
      await beginWritingState(tx, office.setting(at), { stack, stateHash: before });
      await endWritingState(tx, office.setting(at), { stack, stateHash: after });
    });
  const found = async () => (await listForeignStates(office.db, stack)).map(({ after, foundAt }) => [after, foundAt]);

  it("that was never known is taken for ours, and told to nobody", async () => {
    await look(hour(1), { stateHash: "one" });
    expect(await findWatched(office.db, stack)).toMatchObject({ stateHash: "one", stateHashAt: hour(1) });
    expect(await found()).toEqual([]);
  });

  it("that somebody else wrote is told to leadership once, with its two looks", async () => {
    await write(hour(1), "", "ours");
    await look(hour(2), { stateHash: "ours" });
    await look(hour(3), { stateHash: "by hand" });
    expect(await mail("foreign-state-found")).toEqual(["Farida Daulay"]);
    await look(hour(4), { stateHash: "by hand" });
    expect(await mail("foreign-state-found")).toEqual([]);
    expect(await found()).toEqual([[hour(2), hour(3)]]);
    expect((await journal()).at(-1)).toMatchObject({
      event: "foreign-state-found",
      details: { stack, stateHash: "by hand", after: hour(2).toISOString() },
    });
    await look(hour(5), { stateHash: "by hand again" });
    expect(await mail("foreign-state-found")).toHaveLength(1);
  });

  it("that somebody else wrote is noted before a machine of ours writes over it", async () => {
    await write(hour(1), "", "ours");
    await write(hour(2), "by hand", "ours again");
    expect(await mail("foreign-state-found")).toEqual(["Farida Daulay"]);
    await look(hour(3), { stateHash: "ours again" });
    expect(await mail("foreign-state-found")).toEqual([]);
  });

  it("that a machine of ours left when it was ended is not called foreign, and neither is what it wrote", async () => {
    await write(hour(1), "", "ours");
    await office.act((tx) => beginWritingState(tx, office.setting(hour(2)), { stack, stateHash: "ours" }));
    await look(hour(3), { stateHash: "half" });
    expect(await findWatched(office.db, stack)).toMatchObject({ stateHash: "half", writingSince: null });
    expect(await mail("foreign-state-found")).toEqual([]);
  });

  it("that a machine of ours was not let write stays what it was known to be", async () => {
    await write(hour(1), "", "ours");
    await write(hour(2), "ours", undefined);
    expect(await findWatched(office.db, stack)).toMatchObject({ stateHash: "ours", stateHashAt: hour(1) });
    await look(hour(3), { stateHash: "by hand" });
    expect(await mail("foreign-state-found")).toHaveLength(1);
  });
});

const stopUpdates = (kind: "set" | "lifted") =>
  office.act((tx) =>
    insertFreezeRow(tx, { kind, personId: office.people.leadership.id, reason: "Audit.", now: morning }),
  );

describe("what the operator may do", () => {
  const put = (person: Person, of = stack) =>
    office.act((tx) => askToPutBack(tx, person, office.setting(), { stack: of }));
  const ask = (person: Person) => office.act((tx) => askForLook(tx, person, office.setting(), { stack }));
  const codeOf = (outcome: Awaited<ReturnType<typeof put>>) => (outcome.ok ? "done" : outcome.refusal.code);

  it.each([
    ["dataCenter", "done"],
    ["infrastructure", "done"],
    ["leadership", "not-your-role"],
    ["helpDesk", "not-your-role"],
    ["requester", "not-your-role"],
  ] as const)("%s: %s", async (who, code) => {
    await look(hour(1), { host: { drift: [memory] } });
    expect(codeOf(await put(office.people[who]))).toBe(code);
    expect(codeOf(await ask(office.people[who]))).toBe(code);
    expect(office.enqueued).toHaveLength(code === "done" ? 2 : 0);
  });

  it("has what was changed put back by a machine, by name", async () => {
    await look(hour(1), { host: { drift: [memory] } });
    await put(office.people.dataCenter);
    expect(office.enqueued).toEqual([
      { name: "put-back-stack", data: { stack, personId: office.people.dataCenter.id } },
    ]);
    expect(await events()).toContain("put-back-asked");
  });

  it("has put back what somebody else's Pulumi built: the host is as its state, which nobody approved", async () => {
    await look(hour(1), { stateHash: "ours" });
    await look(hour(2), { stateHash: "by hand", host: { drift: [] } });
    expect(codeOf(await put(office.people.dataCenter))).toBe("done");
    expect(office.enqueued).toMatchObject([{ name: "put-back-stack" }]);
  });

  it("has it put back until that came about, whatever of ours wrote the state and failed meanwhile", async () => {
    await look(hour(1), { stateHash: "ours" });
    await look(hour(2), { stateHash: "by hand", host: { drift: [] } });
    await office.act((tx) => beginWritingState(tx, office.setting(hour(3)), { stack, stateHash: "by hand" }));
    await office.act((tx) => endWritingState(tx, office.setting(hour(3)), { stack, stateHash: "refreshed" }));
    const result = { stack, personId: office.people.dataCenter.id };
    const problem = "host-unreachable";
    await office.act((tx) => recordPutBack(tx, office.setting(hour(3)), { ...result, problem }));
    expect(codeOf(await put(office.people.dataCenter))).toBe("done");
    await office.act((tx) => recordPutBack(tx, office.setting(hour(4)), { ...result, problem: null }));
    expect(codeOf(await put(office.people.dataCenter))).toBe("nothing-to-put-back");
  });

  it("puts nothing back where nothing differs, nothing stands, or something is being changed", async () => {
    const by = office.people.dataCenter;
    expect(codeOf(await put(by))).toBe("nothing-to-put-back");
    expect(codeOf(await put(by, "app-nobody"))).toBe("stack-not-watched");
    await failChange(office, { stack });
    expect(codeOf(await put(by))).toBe("stack-is-changing");
    expect(codeOf(await ask(by))).toBe("stack-is-changing");
  });

  it("has a change that was given up in the middle put back, too", async () => {
    const ticketId = await failChange(office, { stack });
    await office.walk(ticketId, [
      ["take-change-back", "data-center", { note: "Tidak sehat." }],
      ["cancel", "user", { note: "Tidak jadi." }],
    ]);
    const { planId } = (await findWatched(office.db, stack)) ?? {};
    await look(hour(1), { host: { drift: [memory] } });
    expect(codeOf(await put(office.people.dataCenter))).toBe("done");
    const result = { stack, personId: office.people.dataCenter.id, problem: null };
    await office.act((tx) => recordPutBack(tx, office.setting(hour(2)), result));
    const { begun_plan_id } = await office.db
      .selectFrom("stack")
      .select("begun_plan_id")
      .where("name", "=", stack)
      .executeTakeFirstOrThrow();
    expect(begun_plan_id).toBe(planId);
  });

  it("puts nothing back while all updates are stopped, and looks all the same", async () => {
    await look(hour(1), { host: { drift: [memory] } });
    await stopUpdates("set");
    const outcomes = [await put(office.people.dataCenter), await ask(office.people.dataCenter)];
    await stopUpdates("lifted");
    expect(outcomes.map(codeOf)).toEqual(["approvals-frozen", "done"]);
    expect(office.enqueued).toMatchObject([{ name: "compare-stack" }]);
  });

  it.each([null, "image-missing"] as const)("is told what came of it: %s", async (problem) => {
    const personId = office.people.infrastructure.id;
    await office.act((tx) => recordPutBack(tx, office.setting(), { stack, personId, problem }));
    expect(await mail("stack-put-back")).toEqual(["Efendi Rambe"]);
    expect(await events()).toContain(problem === null ? "stack-put-back" : "put-back-failed");
  });
});

it("each stack that stands is looked at each hour, and no other", async () => {
  await office.file({ procedure: "hosting" });
  await office.act((tx) => beginLooksOfHour(tx, office.setting()));
  expect(office.enqueued).toContainEqual({ name: "compare-stack", data: { stack } });

  office.enqueued.length = 0;
  await office.db.updateTable("application").set({ state: "removed" }).where("id", "=", application.id).execute();
  await office.act((tx) => beginLooksOfHour(tx, office.setting()));
  expect(office.enqueued).not.toContainEqual({ name: "compare-stack", data: { stack } });
});
