import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { findRun } from "../../core/db/hosting/machine-runs.ts";
import { listEntries } from "../../core/db/ticket/entries.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { readState } from "../../infra/stacks/state.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import { openHosts } from "../../worker/hosting/open-hosts.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { withdrawPlan } from "../../worker/tasks/withdraw-plan.ts";
import { testHosting } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { type HostingDesk, openHostingDesk } from "./support/hosting-desk.ts";
import { saveWebImage } from "./support/images.ts";
import { openRegistry, type Registry } from "./support/registry.ts";

const { signal } = new AbortController();
/** What the image that was handed in is called, too. */
const ofProxy = "office/caddy:2";

let folder: Folder;
let engine: DockerEngine;
let registry: Registry;
let desk: HostingDesk;
/** What somebody hands in. */
let saved: Buffer;
/** Whose application stands. */
let builtTicketId: number;

beforeAll(async () => {
  [folder, engine] = [await temporaryFolder(), await openDockerEngine()];
  const file = join(folder.path, "antrean.tar");
  // A port at which it does not answer is found only when it runs.
  await saveWebImage(engine, "halo dari image", file, { name: ofProxy, exposed: "8080 9999" });
  saved = await readFile(file);
  registry = await openRegistry(engine, file);
  // What does not answer soon is not waited for.
  const runtimes = testHosting.runtimes.map((runtime) => ({ ...runtime, startSeconds: 1 }));
  desk = await openHostingDesk(engine, { ...testHosting, runtimes, registries: [registry.name, "127.0.0.1:5001"] });
  engine.docker("tag", desk.target.proxy.image, ofProxy);
});
afterAll(async () => {
  await registry?.[Symbol.asyncDispose]();
  await engine?.[Symbol.asyncDispose]();
  await desk?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const wishes = { runtime: "image", size: "small", reach: "intranet" };
const namedAs = (name: string) => `${registry.name}/dinkes/antrean@${name}`;

test("an image of a registry becomes a file that is checked and put onto its host, or it is said why not", async () => {
  const images = () => engine.docker("image", "ls", "--all", "--quiet", "--no-trunc", "--digests");
  const other = `sha256:${"0a".repeat(32)}`;
  const path = join(folder.path, "fetched.tar");
  const limits = { largestMegabytes: 100, freeBytes: 2 ** 40, promisedBytes: 0 };
  const before = images();

  for (const [reference, why, most = limits] of [
    [namedAs(other), "image-not-in-registry"],
    [`127.0.0.1:5001/dinkes/antrean@${other}`, "registry-unreachable"],
    [namedAs(registry.digest), "image-too-large", { ...limits, largestMegabytes: 1 }],
    [namedAs(registry.digest), "store-full", { ...limits, freeBytes: 0 }],
  ] as const) {
    await expect(desk.hosts.saveImage(desk.target, reference, path, most, signal)).rejects.toMatchObject({ why });
    expect(images()).toBe(before);
  }

  const ticketId = await desk.request({ ...wishes, "image-reference": namedAs(registry.digest) });
  // What nobody has approved yet is on no host.
  expect(images()).toBe(before);
  const file = (await desk.filesOf(ticketId)).find(({ imageReference }) => imageReference !== null);
  expect(file).toMatchObject({ state: "stored", trouble: null });

  const id = await desk.hosts.loadImage(desk.target, join(desk.home, file?.sha256 ?? ""), signal);
  expect(engine.docker("run", "--rm", id, "/bin/busybox", "cat", "/www/index.html")).toBe("halo dari image");
  // One that was there stays.
  await desk.hosts.saveImage(desk.target, namedAs(registry.digest), path, limits, signal);
  expect(engine.docker("image", "inspect", "--format", "{{.Id}}", id)).toBe(id);
});

test("an image that was handed in is planned, approved, built, and answers by its name through the proxy", async () => {
  const ticketId = await desk.request(wishes, { "antrean.tar": saved });
  await desk.go(ticketId, { from: "plan-application" });
  builtTicketId = ticketId;

  expect(desk.faults).toEqual([]);
  expect(await desk.office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
  const { application, plan } = await desk.applicationOf(ticketId);
  const { stack } = application;
  expect(plan.changes.map(({ change, name }) => `${change} ${name}`)).toEqual(["create network", "create web-a"]);
  expect(await desk.ask(ticketId)).toBe(200);
  expect(engine.docker("ps", "--format", "{{.Names}}").split("\n")).toContain(`${stack}-web-a`);
  expect((await desk.hosts.preview(stack, plan.input, signal)).changes).toEqual([]);
  expect(await findDrift(desk.context, stack)).toEqual({ ok: true, value: [] });
  // Whoever hands an image in takes no name away from one that is there.
  expect(engine.docker("image", "inspect", "--format", "{{.Id}}", ofProxy)).toBe(desk.target.proxy.image);
});

test("what was rejected nobody builds by hand: a new stack is gone, and of one that stands nothing would change", async () => {
  const rejected = await desk.request(wishes, { "antrean.tar": saved });
  await desk.go(rejected, { from: "plan-application", before: "approve-plan" });
  const { stack } = (await desk.applicationOf(rejected)).application;
  const previewByHand = async (of: string) => accepted(await previewStack(desk.context, of)).plan;
  expect(await previewByHand(stack)).not.toEqual([]);
  await reject(rejected, stack);
  await expect(previewByHand(stack)).rejects.toThrow(`reading the input of stack ${stack}`);
  expect(await readState(desk.context, stack)).toBeUndefined();
  // Once more, as after a crash.
  await withdrawPlan({ stack }, desk.options, { signal });

  const standing = (await desk.applicationOf(builtTicketId)).application.stack;
  const answers = { "hosted-application": standing, change: "size", size: "large" };
  const changed = await desk.office.file({ procedure: "application-change", answers });
  await desk.office.walk(changed, [["plan-change", "data-center", {}]]);
  await planApplication({ ticketId: changed }, { ...desk.options, hosts: withWrongPassphrase() }, { signal });
  const [failed] = await listEntries(desk.office.db, changed, { offset: 0, limit: 1, withInternalNotes: true });
  expect(failed).toMatchObject({ step: "planning-failed", answers: { "why-failed": "wrong-passphrase" } });
  await desk.office.walk(changed, [["plan-change", "data-center", {}]]);
  await planApplication({ ticketId: changed }, desk.options, { signal });
  await desk.office.walk(changed, [["accept-plan", "infrastructure", {}]]);
  expect(await previewByHand(standing)).not.toEqual([]);
  await reject(changed, standing);
  expect(await previewByHand(standing)).toEqual([]);
});

async function reject(ticketId: number, stack: string): Promise<void> {
  await desk.office.walk(ticketId, [["reject-plan", "leadership", { note: "Tidak jadi." }]]);
  await withdrawPlan({ stack }, desk.options, { signal });
}

/** The hosts of a Simpul whose passphrase was lost. */
function withWrongPassphrase(): Hosts {
  const { context } = desk;
  const PULUMI_CONFIG_PASSPHRASE_FILE = join(folder.path, "another-passphrase");
  writeFileSync(PULUMI_CONFIG_PASSPHRASE_FILE, "another");
  const tool = { ...context.tool, env: { ...context.tool.env, PULUMI_CONFIG_PASSPHRASE_FILE } };
  return openHosts(async () => ({ ...context, tool, passphrase: "another" }));
}

test("an image without the runtime's port fails; what stands is removed, and with its port it is built and answers", async () => {
  const ticketId = await desk.request(wishes, { "antrean.tar": saved });
  await desk.go(ticketId, { from: "plan-application", planned: { port: "9999" } });
  expect(await desk.office.ticket(ticketId)).toMatchObject({ state: "building-stopped" });
  const failed = await findApplicationOfTicket(desk.office.db, ticketId);
  const stack = failed?.stack ?? "";
  const objects = () => {
    const labelled = ["--quiet", "--filter", `label=simpul.stack=${stack}`];
    const of = (...args: string[]) =>
      engine
        .docker(...args, ...labelled)
        .split("\n")
        .filter((line) => line !== "");
    return [...of("ps", "--all"), ...of("network", "ls"), ...of("volume", "ls")];
  };
  expect(objects()).not.toEqual([]);
  // What was seen of it: Pulumi's own lines say which part was done, and where it stopped.
  const { parts = [] } = (await findRun(desk.office.db, await newestRun(ticketId))) ?? {};
  const done = (part: string) => parts.find((each) => each.part === part)?.endedAt != null;
  expect([done("network"), done("container")]).toEqual([true, false]);
  const log = (await desk.filesOf(ticketId)).at(-1);
  expect(await readFile(join(desk.home, log?.sha256 ?? ""), "utf8")).toContain("docker:index:Container web-a");
  engine.docker("volume", "create", "--label", `simpul.stack=${stack}`, `${stack}-left-by-a-crash`);

  await desk.office.walk(ticketId, [["correct-plan", "data-center", { note: "Portnya 8080." }]]);
  await desk.clear(ticketId);
  expect(await desk.office.ticket(ticketId)).toMatchObject({ state: "checking-hosting" });
  expect(objects()).toEqual([]);
  expect((await readState(desk.context, stack))?.resources.filter(({ id }) => id !== "")).toEqual([]);

  await desk.go(ticketId, { from: "record-hosting-check", without: ofFiles, planned: { port: "8080" } });
  expect(await desk.office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
  const built = await findApplicationOfTicket(desk.office.db, ticketId);
  expect(built).toMatchObject({ id: failed?.id, subnet: failed?.subnet, address: failed?.address, port: 8080 });
  expect(await desk.ask(ticketId)).toBe(200);
  expect(await findDrift(desk.context, stack)).toEqual({ ok: true, value: [] });
});

/** The files are those that were judged before. */
const ofFiles = ["hand-in-application", "accept-machine-check", "overrule-machine-check"];

async function newestRun(ticketId: number): Promise<number> {
  const runs = desk.office.db.selectFrom("machine_run").select("id").where("ticket_id", "=", ticketId);
  return (await runs.orderBy("id", "desc").executeTakeFirstOrThrow()).id;
}
