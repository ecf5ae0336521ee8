import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freeExpired, freeRange } from "../../core/actions/ipam/release-address.ts";
import { freeName } from "../../core/actions/names/change-name.ts";
import { insertSecrets } from "../../core/db/hosting/application-databases.ts";
import { findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { holdStack } from "../../core/db/hosting/stack-leases.ts";
import { findLatestPlan } from "../../core/db/hosting/stack-plans.ts";
import { markBegun } from "../../core/db/hosting/stacks.ts";
import { listAddressesOfTicket } from "../../core/db/ipam/address-lists.ts";
import { listNamesOfTicket } from "../../core/db/names/names.ts";
import { sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import { withdrawPlan } from "../../worker/tasks/withdraw-plan.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { changeIt, hostApplication } from "../support/hosted.ts";
import { noHosts } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const { signal } = new AbortController();

let office: TestOffice;
/** What was asked of the host, in this order. */
let asked: string[];
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  asked = [];
});

const hosts: Hosts = {
  ...noHosts,
  keepStanding: async (stack, { isPlanned }) => void asked.push(`keep ${stack}${isPlanned ? ", planned" : ""}`),
  forgetPlan: async (stack) => void asked.push(`forget ${stack}`),
};
const withdraw = (stack: string) => withdrawPlan({ stack }, { db: office.db, hosts }, { signal });
const toWithdraw = () => office.enqueued.filter(({ name }) => name === "withdraw-plan").map(({ data }) => data);

const path = (
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? []
).map(([name, role, , , , answers]) => [name, role, answers ?? usualAnswers[name] ?? {}] as const);
const checkedAnew = path.filter(([name]) => name === "record-hosting-check");

/** A request for hosting that has come to right before that step. */
async function requestBefore(step: string): Promise<{ ticketId: number; id: number; stack: string }> {
  const ticketId = await office.file({ procedure: "hosting" });
  const before = path.findIndex(([name]) => name === step);
  await office.walk(ticketId, path.slice(0, before));
  const { id = 0, stack = "" } = (await findApplicationOfTicket(office.db, ticketId)) ?? {};
  return { ticketId, id, stack };
}

async function platformBefore(step: string): Promise<number> {
  const ticketId = await office.file({ procedure: "platform-change" });
  const steps = [
    ["plan-platform", "data-center", { target: "dc" }],
    ["application-planned", "machine", {}],
    ["accept-plan", "infrastructure", {}],
    ["approve-plan", "leadership", {}],
    ["application-built", "machine", {}],
  ] as const;
  const first = steps.findIndex(([name]) => name === step);
  await office.walk(ticketId, first === -1 ? steps : steps.slice(0, first));
  return ticketId;
}

describe("of an application that is not there yet, when its plan is given up, nothing stays:", () => {
  it.each([
    ["planning-failed", "application-planned", "machine"],
    ["refuse-plan", "accept-plan", "infrastructure"],
    ["cancel", "approve-plan", "user"],
    ["reject-plan", "approve-plan", "leadership"],
  ] as const)("%s", async (step, before, role) => {
    const { ticketId, stack } = await requestBefore(before);
    const answers = step === "planning-failed" ? { "why-failed": "image-unreadable" } : { note: "Tidak jadi." };
    await office.walk(ticketId, [[step, role, answers]]);
    expect(toWithdraw().at(-1)).toEqual({ stack });
    await withdraw(stack);
    expect(asked).toEqual([`forget ${stack}`]);
  });

  it("what its database was to be opened by is forgotten", async () => {
    const { ticketId, id } = await requestBefore("approve-plan");
    const sealed = sealSecret("only-for-this-test", "secret", Buffer.alloc(12));
    const secrets = { adminPassword: sealed, password: sealed, url: sealed, isFilled: false };
    await office.act((tx) => insertSecrets(tx, id, secrets));
    await office.walk(ticketId, [["reject-plan", "leadership", { note: "Tidak jadi." }]]);
    const kept = office.db.selectFrom("application_database").selectAll().where("application_id", "=", id);
    expect(await kept.execute()).toEqual([]);
  });

  it("but while it is planned anew, its file is that plan's", async () => {
    const { ticketId, stack } = await requestBefore("accept-plan");
    await office.walk(ticketId, [["refuse-plan", "infrastructure", { note: "Namanya." }]]);
    await office.walk(ticketId, checkedAnew);
    const wish = { ...usualAnswers["plan-application"], "dns-name": stack.replace("app-", "") };
    await office.walk(ticketId, [["plan-application", "data-center", wish]]);
    expect((await findApplicationOfTicket(office.db, ticketId))?.stack).toBe(stack);
    await withdraw(stack);
    expect(asked).toEqual([]);
  });

  it.each(["infrastructure", "the clock"])(
    "also where an address of it was freed by %s while the plan waits",
    async (by) => {
      const { ticketId, stack } = await requestBefore("approve-plan");
      await withdraw(stack);
      const [, { id: rangeId = 0, until = null } = {}] = await listAddressesOfTicket(office.db, ticketId);
      const afterwards = office.setting(until ?? undefined);
      const before = toWithdraw().length;
      await office.act(async (tx) => {
        if (by === "the clock") return freeExpired(tx, afterwards, { rangeId });
        accepted(await freeRange(tx, office.doer("infrastructure"), office.setting(), { rangeId }));
      });
      expect(toWithdraw().slice(before)).toEqual([{ stack }]);
      await withdraw(stack);
      expect(asked).toEqual([`forget ${stack}`]);
    },
  );

  it("but not of what was begun", async () => {
    const { ticketId, stack } = await requestBefore("application-built");
    await office.walk(ticketId, [["building-failed", "machine", {}]]);
    const [{ id: nameId = 0 } = {}] = await listNamesOfTicket(office.db, ticketId);
    const by = office.doer("infrastructure");
    accepted(await office.act((tx) => freeName(tx, by, office.setting(), { nameId })));
    await withdraw(stack);
    expect(asked).toEqual([]);
  });

  it("not while somebody works on it: the queue tries again", async () => {
    const { ticketId, stack } = await requestBefore("approve-plan");
    await office.walk(ticketId, [["reject-plan", "leadership", { note: "Tidak jadi." }]]);
    await holdStack(office.db, { stack, holder: "00000000-0000-4000-8000-000000000009", seconds: 60 });
    await expect(withdraw(stack)).rejects.toThrow("another worker");
    expect(asked).toEqual([]);
  });
});

it("of a proxy whose first build was begun the file stays, by which its parts can be removed", async () => {
  const stack = "platform-dc";
  const ticketId = await platformBefore("approve-plan");
  const { id: planId = 0 } = (await findLatestPlan(office.db, { stack, ticketId })) ?? {};
  await office.act((tx) => markBegun(tx, stack, planId));
  await office.walk(ticketId, [["reject-plan", "leadership", { note: "Tidak jadi." }]]);
  expect(toWithdraw().at(-1)).toEqual({ stack });
  await withdraw(stack);
  expect(asked).toEqual([]);
  await office.db.updateTable("stack").set({ begun_plan_id: null }).where("name", "=", stack).execute();
});

describe("of what stands the file is again what it was built by", () => {
  it("once a change of it is rejected, and not while another one waits", async () => {
    const application = await hostApplication(office);
    const { stack } = application;
    const change = { change: "size", size: "large" };
    const ticketId = await changeIt(office, application, change, { before: "approve-plan" });
    await withdraw(stack);
    await office.walk(ticketId, [["reject-plan", "leadership", { note: "Tidak jadi." }]]);
    expect(toWithdraw().at(-1)).toEqual({ stack });
    await withdraw(stack);
    expect(asked).toEqual([`keep ${stack}, planned`, `keep ${stack}`]);
  });

  it.each([
    ["reject-plan", "approve-plan", "leadership"],
    ["refuse-plan", "accept-plan", "infrastructure"],
  ] as const)("also of the proxy, of which nothing stays where it never stood: %s", async (step, before, role) => {
    const stack = "platform-dc";
    const first = await platformBefore(before);
    await withdraw(stack);
    expect(asked).toEqual([]);
    await office.walk(first, [[step, role, { note: "Tidak jadi." }]]);
    expect(toWithdraw().at(-1)).toEqual({ stack });
    await withdraw(stack);
    if (step === "refuse-plan") await office.walk(first, [["cancel", "user", { note: "Tidak jadi." }]]);

    await platformBefore("");
    const second = await platformBefore(before);
    await withdraw(stack);
    await office.walk(second, [[step, role, { note: "Tidak jadi." }]]);
    await withdraw(stack);
    expect(asked).toEqual([`forget ${stack}`, `keep ${stack}, planned`, `keep ${stack}`]);
    if (step === "refuse-plan") await office.walk(second, [["cancel", "user", { note: "Tidak jadi." }]]);
    await office.db
      .updateTable("stack")
      .set({ built_plan_id: null, begun_plan_id: null })
      .where("name", "=", stack)
      .execute();
  });
});
