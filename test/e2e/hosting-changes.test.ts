import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doStep } from "../../core/actions/do-step.ts";
import { fileTicket } from "../../core/actions/file-ticket.ts";
import { assignAddress } from "../../core/actions/give-address.ts";
import { addPrefix } from "../../core/actions/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listAddressesOfTicket } from "../../core/db/address-lists.ts";
import { findApplication, findApplicationOfTicket } from "../../core/db/applications.ts";
import { findNameNow } from "../../core/db/names.ts";
import { preparePulumiState } from "../../core/db/pulumi-state.ts";
import { dayInMilliseconds } from "../../core/domain/durations.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { renderPlatform } from "../../core/domain/hosting/render-stack.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { inputFileOf, openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { destroyStack } from "../../infra/stacks/destroy.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import { openHosts } from "../../worker/hosting/open-hosts.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { expireApplications } from "../../worker/tasks/expire-applications.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { emptyDatabase } from "../support/database.ts";
import { testHosting } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { anApplication } from "../support/stack-inputs.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, makeWebImage } from "./support/images.ts";
import { ask, startLoad } from "./support/secure-client.ts";
import { until } from "./support/until.ts";

const signal = new AbortController().signal;
/** Of the first version's file, and of the second's, as the register of a test office has them. */
const [firstFile, secondFile] = ["a".repeat(64), "b".repeat(64)];

let folder: Folder;
let engine: DockerEngine;
let office: TestOffice;
let state: Awaited<ReturnType<typeof emptyDatabase>>;
let context: StackContext;
let hosts: Hosts;
let proxyImage: string;
let authority: Buffer;
let hosted: Application;
const faults: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });

beforeAll(async () => {
  folder = await temporaryFolder();
  [engine, office, state] = [await openDockerEngine(), await openOffice(), await emptyDatabase()];
  await mkdir(join(folder.path, "stacks"));
  await saveImage("versi satu", firstFile);
  await saveImage("versi dua", secondFile);
  const passphraseFile = join(folder.path, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  context = await openStacks({ home: folder.path, passphraseFile, ...(await preparePulumiState(state.config)) });
  hosts = openHosts(async () => context);
  proxyImage = await makeProxyImage(engine);
  await writeFile(join(folder.path, "stacks/platform-dc.json"), renderPlatform(hostingTarget()));
  expect(await updateStack(context, "platform-dc")).toMatchObject({ ok: true });
  await prepareRegister();
  hosted = await host();
  const certificate = join(folder.path, "root.crt");
  await until("the proxy has an authority", () => {
    engine.docker("cp", "platform-dc-proxy:/data/caddy/pki/authorities/local/root.crt", certificate);
    return true;
  });
  authority = await readFile(certificate);
}, 180_000);
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await office?.close();
  await state?.drop();
});

async function saveImage(greeting: string, name: string): Promise<void> {
  const base = await makeWebImage(engine, greeting);
  const serve = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]';
  const container = engine.docker("create", base, "/bin/busybox");
  const image = engine.docker("commit", "--change", serve, container);
  engine.docker("save", "--output", join(folder.path, name), image);
  engine.docker("rm", container);
  engine.docker("image", "rm", "--force", image, base);
}

function hostingTarget() {
  const [target] = testHosting.targets;
  const proxy = { ...target.proxy, addresses: [engine.address], image: proxyImage };
  return { ...target, endpoint: engine.endpoint, proxy };
}

function setting(now: Date): Setting {
  return office.setting(now, { hosting: { ...testHosting, targets: [hostingTarget()] } });
}

async function prepareRegister(): Promise<void> {
  const by = office.people.infrastructure;
  const now = setting(new Date());
  const answers = { zone: "Utama", network: "10.213.0.0/16", name: "Host" };
  const ofApplications = { zone: "Utama", network: "10.40.0.0/16", name: "Aplikasi" };
  accepted(await office.act((tx) => addPrefix(tx, by, now, { answers: ofApplications })));
  const prefixId = accepted(await office.act((tx) => addPrefix(tx, by, now, { answers })));
  const wish = { prefixId, address: engine.address, officeId: by.officeId };
  const grounds = { name: "Proxy", basis: "555/1/2026" };
  accepted(await office.act((tx) => assignAddress(tx, by, now, { ...wish, answers: grounds })));
}

const options = () => ({ db: office.db, setting, filesFolder: folder.path, hosts, log });
const planIt = (ticketId: number) => planApplication({ ticketId }, options(), { signal });
const buildIt = (ticketId: number) => buildApplication({ ticketId }, options(), { signal });

/** Somebody does a step under the profile of this test, whose host is its own. */
async function step(ticketId: number, name: string, role: Role, answers: Answers = {}, now = new Date()) {
  const { version } = await office.ticket(ticketId);
  const input = { ticketId, step: name, version, answers };
  accepted(await office.act((tx) => doStep(tx, office.doer(role), setting(now), input)));
}

/** The first version, which stands. */
async function host(): Promise<Application> {
  const wish = { target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": "situs-warga" };
  const path = pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"];
  const ticketId = await office.file({ procedure: "hosting" });
  for (const [name, role, , , , answers] of path ?? []) {
    if (name === "application-planned") await planIt(ticketId);
    else if (name === "application-built") break;
    else if (name === "plan-application") await step(ticketId, name, "data-center", wish);
    else if (name === "approve-plan") await step(ticketId, name, "leadership");
    else await office.walk(ticketId, [[name, role, answers ?? usualAnswers[name] ?? {}]]);
  }
  await buildIt(ticketId);
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application?.state !== "built") throw new Error(`it was not hosted: ${faults.join("\n")}`);
  return application;
}

/** A change from the request to its end. @returns its ticket */
async function change(answers: Answers): Promise<number> {
  const asked = {
    "hosted-application": hosted.stack,
    description: "Diperlukan.",
    "official-duty": "accepted",
    ...answers,
  };
  const draftId = await office.draftOf(office.people.requester);
  if (answers.change === "version") return changeVersion(asked);
  const filed = await office.act((tx) =>
    fileTicket(tx, office.people.requester, setting(new Date()), {
      ...{ procedure: "application-change", answers: asked, draftId },
    }),
  );
  return carryOut(accepted(filed));
}

async function changeVersion(answers: Answers): Promise<number> {
  const ticketId = await office.file({ procedure: "application-change", answers });
  await office.walk(ticketId, [
    ["accept-machine-check", "data-center", usualAnswers["accept-machine-check"] ?? {}],
    ["overrule-machine-check", "data-center", usualAnswers["overrule-machine-check"] ?? {}],
  ]);
  await office.db.updateTable("attachment").set({ sha256: secondFile }).where("ticket_id", "=", ticketId).execute();
  return carryOut(ticketId);
}

async function carryOut(ticketId: number): Promise<number> {
  await step(ticketId, "plan-change", "data-center");
  await planIt(ticketId);
  await step(ticketId, "accept-plan", "infrastructure");
  await step(ticketId, "approve-plan", "leadership");
  await buildIt(ticketId);
  expect(faults).toEqual([]);
  expect(await office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
  return ticketId;
}

const present = async () => {
  const application = await findApplication(office.db, hosted.id);
  if (application === undefined) throw new Error("it is gone");
  return application;
};
const askFor = (path = "/") => ask(engine.address, { name: hosted.revision.domainName, path, authority });
const onHost = (what: "ps" | "network" | "volume") => {
  const list = what === "ps" ? ["ps", "--all", "--format", "{{.Names}}"] : [what, "ls", "--format", "{{.Name}}"];
  return engine
    .docker(...list)
    .split("\n")
    .filter((name) => name.startsWith(hosted.stack));
};

/** A machine that has too much to do: nobody is let in for longer than the proxy waits for one. */
async function stall(container: string): Promise<void> {
  engine.docker("pause", container);
  await pause(3_000);
  engine.docker("unpause", container);
}

test("a new version by ticket takes over under load, and no request is lost, not when it stalls either; it is rolled back", async () => {
  const load = startLoad(50, (count) => askFor(count % 5 === 0 ? "/cgi-bin/slow" : "/"));
  await change({ change: "version" });
  await stall(`${hosted.stack}-web-b`);
  const { asked, wrong, last } = await load.end();
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(200);
  expect(last).toBe("versi dua");
  expect(onHost("ps")).toEqual([`${hosted.stack}-web-b`]);
  expect(await findDrift(context, hosted.stack)).toEqual({ ok: true, value: [] });

  await change({ change: "roll-back", "former-version": "1" });
  expect(await askFor()).toEqual({ status: 200, body: "versi satu" });
  expect(onHost("ps")).toEqual([`${hosted.stack}-web-a`]);
});

test("it is stopped, and started again", async () => {
  await change({ change: "stop" });
  expect(onHost("ps")).toEqual([]);
  expect(onHost("network")).toEqual([hosted.stack]);
  await expect(askFor().then(({ status }) => status)).rejects.toThrow();
  await change({ change: "start" });
  expect(await askFor()).toEqual({ status: 200, body: "versi satu" });
});

test("deleted, it leaves nothing running, its address and name are free after the kept time, and it is purged", async () => {
  await change({ change: "delete" });
  expect([onHost("ps"), onHost("network")]).toEqual([[], []]);
  const { keptUntil } = await present();
  await expireApplications({ db: office.db, setting, log }, new Date((keptUntil?.getTime() ?? 0) - dayInMilliseconds));
  expect(await listAddressesOfTicket(office.db, hosted.ticketId)).toHaveLength(4);
  await expireApplications({ db: office.db, setting, log }, keptUntil ?? undefined);
  expect(await listAddressesOfTicket(office.db, hosted.ticketId)).toEqual([]);
  expect((await findNameNow(office.db, hosted.revision.domainName))?.state).toBe("quarantined");

  const ticketId = await office.file({
    ...{ procedure: "application-purge", answers: { "hosted-application": hosted.stack } },
  });
  await step(ticketId, "plan-purge", "data-center");
  await planIt(ticketId);
  await step(ticketId, "approve-plan", "leadership");
  await buildIt(ticketId);
  expect(faults).toEqual([]);
  expect(await present()).toMatchObject({ state: "removed" });
});

test("purging shows the protected volumes, which nothing else removes, and can be done again", async () => {
  const stack = "app-arsip";
  const input = JSON.stringify({
    ...anApplication({ name: stack, network: undefined, web: [], volumes: ["data"] }),
    host: { endpoint: engine.endpoint },
  });
  await hosts.update(stack, input, signal);
  await expect(destroyStack(context, stack)).rejects.toMatchObject({ reason: "protected" });
  const volumes = () => engine.docker("volume", "ls", "--quiet", "--filter", `name=${stack}`);
  expect(volumes()).toBe(`${stack}-data`);

  const { changes } = await hosts.previewRemoval(stack, input, signal);
  expect(changes).toEqual([{ kind: "volume", name: "volume-data", change: "delete", properties: [] }]);
  expect(volumes()).toBe(`${stack}-data`);
  const image = await makeWebImage(engine, "arsip");
  engine.docker("tag", image, `simpul-evidence/${stack}:1-${stack}-web-a`);
  engine.docker("tag", image, "arsip:1");
  const kept = () => engine.docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}");
  expect(kept()).toContain(`simpul-evidence/${stack}`);
  for (const _ of ["once", "again"]) {
    await hosts.recover(stack, input, signal);
    await hosts.remove(stack, ["arsip:1", `sha256:${"0".repeat(64)}`], signal);
    expect(volumes()).toBe("");
    expect(kept()).not.toMatch(/simpul-evidence|arsip/);
    await expect(readFile(inputFileOf(context.home, stack))).rejects.toThrow("ENOENT");
  }
});
