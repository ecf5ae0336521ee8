import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignAddress } from "../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../core/actions/ticket/file-ticket.ts";
import { findApplication, findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { listAddressesOfTicket } from "../../core/db/ipam/address-lists.ts";
import { findNameNow } from "../../core/db/names/names.ts";
import { dayInMilliseconds } from "../../core/domain/durations.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { renderPlatform } from "../../core/domain/hosting/render-stack.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { inputFileOf } from "../../infra/stack-files.ts";
import { openStacks, type StackContext } from "../../infra/stacks/context.ts";
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
import { makeFailingImage, makeProxyImage, makeWebImage } from "./support/images.ts";
import { ask, startLoad } from "./support/secure-client.ts";
import { until } from "./support/until.ts";

const signal = new AbortController().signal;
/** Of the first version's file, of the second's, and of one that fails, as the register of a test office has them. */
const [firstFile, secondFile, failingFile] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [
  string,
  string,
  string,
];
/** As of most runtimes: it says that a port is open, and nothing of what answers there. */
const opensPort = ["CMD", "/bin/busybox", "nc", "-w", "2", "127.0.0.1", "{port}", "-e", "/bin/busybox", "true"];
const folderKept = { name: "berkas", folder: "/data" };
/** A page takes five seconds, and the container ends at once when it is told to. */
const drainSeconds = 7;

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
  engine.onMachine("npm", "run", "--silent", "runbook", "--", "prepare-host");
  await mkdir(join(folder.path, "stacks"));
  await saveImage(await makeWebImage(engine, "versi satu"), firstFile);
  await saveImage(await makeWebImage(engine, "versi dua"), secondFile);
  await saveImage(await makeFailingImage(engine), failingFile);
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

async function saveImage(base: string, name: string): Promise<void> {
  const program = "trap exit TERM; /bin/busybox httpd -f -p 8080 -h /www & wait";
  const serve = `CMD ["/bin/busybox", "sh", "-c", "${program}"]`;
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
  const runtimes = testHosting.runtimes.map((runtime) =>
    runtime.name === "image" ? { ...runtime, healthTest: opensPort, kept: [folderKept], drainSeconds } : runtime,
  );
  return office.setting(now, { hosting: { ...testHosting, runtimes, targets: [hostingTarget()] } });
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

/** @property file of a version @property isSilent when it is built, it is not given to people */
type ChangeOptions = { file?: string; isSilent?: boolean };

/** A change from the request to its end. @returns its ticket */
async function change(answers: Answers, options: ChangeOptions = {}): Promise<number> {
  const asked = {
    "hosted-application": hosted.stack,
    description: "Diperlukan.",
    "official-duty": "accepted",
    ...answers,
  };
  const draftId = await office.draftOf(office.people.requester);
  if (answers.change === "version") return changeVersion(asked, options);
  const filed = await office.act((tx) =>
    fileTicket(tx, office.people.requester, setting(new Date()), {
      ...{ procedure: "application-change", answers: asked, draftId },
    }),
  );
  return carryOut(accepted(filed), options);
}

async function changeVersion(answers: Answers, options: ChangeOptions): Promise<number> {
  const ticketId = await office.file({ procedure: "application-change", answers });
  await office.walk(ticketId, [
    ["accept-machine-check", "data-center", usualAnswers["accept-machine-check"] ?? {}],
    ["overrule-machine-check", "data-center", usualAnswers["overrule-machine-check"] ?? {}],
  ]);
  const { file: sha256 = secondFile } = options;
  await office.db.updateTable("attachment").set({ sha256 }).where("ticket_id", "=", ticketId).execute();
  return carryOut(ticketId, options);
}

async function carryOut(ticketId: number, options: ChangeOptions): Promise<number> {
  await step(ticketId, "plan-change", "data-center");
  await approveAndBuild(ticketId, options);
  return ticketId;
}

async function approveAndBuild(ticketId: number, { isSilent = false }: ChangeOptions = {}): Promise<void> {
  await planIt(ticketId);
  await step(ticketId, "accept-plan", "infrastructure");
  await step(ticketId, "approve-plan", "leadership");
  await buildIt(ticketId);
  expect(faults.splice(0)).toEqual(isSilent ? [expect.stringContaining("no page came")] : []);
  const state = isSilent ? "building-stopped" : "reporting-application";
  expect(await office.ticket(ticketId)).toMatchObject({ state });
}

const present = async () => {
  const application = await findApplication(office.db, hosted.id);
  if (application === undefined) throw new Error("it is gone");
  return application;
};
const askFor = (path = "/", name = hosted.revision.domainName) => ask(engine.address, { name, path, authority });
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

/** Most pages come at once, some take half a second, and some longer than most would wait. */
const pageOf = (count: number) => (count % 25 === 0 ? "/cgi-bin/slow?5" : count % 5 === 0 ? "/cgi-bin/slow" : "/");

test("a new version by ticket takes over under load, and no request is lost, not when it stalls either; it is rolled back", async () => {
  const load = startLoad(50, (count) => askFor(pageOf(count)));
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

test("a new version that answers 500 is shown to nobody under load, and taken back", async () => {
  const load = startLoad(20, (count) => askFor(pageOf(count)));
  const ticketId = await change({ change: "version" }, { file: failingFile, isSilent: true });
  expect(onHost("ps").toSorted()).toEqual([`${hosted.stack}-web-a`, `${hosted.stack}-web-b`]);
  await step(ticketId, "take-change-back", "data-center", { note: "Versi baru menjawab 500." });
  await approveAndBuild(ticketId);
  const { wrong, last } = await load.end();
  expect(wrong).toEqual([]);
  expect(last).toBe("versi satu");
  expect(onHost("ps")).toEqual([`${hosted.stack}-web-a`]);
});

test("another size and another name are taken under load, and no request is lost", async () => {
  const { domainName: former } = hosted.revision;
  const next = "situs-baru.labura.go.id";
  // Whoever asks for a name that is gone by now asks for the other one.
  const load = startLoad(20, async (count) => {
    const answer = await askFor(pageOf(count), former).catch(() => undefined);
    return answer?.status === 200 ? answer : askFor(pageOf(count), next);
  });
  const memory = () => engine.docker("inspect", "--format", "{{.HostConfig.Memory}}", ...onHost("ps"));
  expect(memory()).toBe(String(64 * 2 ** 20));
  await change({ change: "size", size: "large" });
  expect(memory()).toBe(String(128 * 2 ** 20));
  await change({ change: "name", "new-name": "situs-baru" });
  expect((await load.end()).wrong).toEqual([]);
  expect(await askFor("/", next)).toEqual({ status: 200, body: "versi satu" });
  await expect(askFor("/", former).then(({ status }) => status)).rejects.toThrow();
  hosted = await present();
  expect(onHost("ps")).toEqual([`${hosted.stack}-web-b`]);
});

test("it is stopped, deleted, and started again with the files of its kept folder", async () => {
  const inside = (script: string) => engine.docker("exec", ...onHost("ps"), "/bin/busybox", "sh", "-c", script);
  inside("echo arsip > /data/arsip");
  await change({ change: "stop" });
  expect([onHost("ps"), onHost("network")]).toEqual([[], [hosted.stack]]);
  await expect(askFor().then(({ status }) => status)).rejects.toThrow();
  await change({ change: "delete" });
  expect(onHost("network")).toEqual([]);
  await change({ change: "start" });
  expect(await askFor()).toEqual({ status: 200, body: "versi satu" });
  expect(inside("/bin/busybox cat /data/arsip")).toBe("arsip");
});

test("deleted, it leaves nothing running, its address and name are free after the kept time, and it is purged", async () => {
  await change({ change: "delete" });
  expect([onHost("ps"), onHost("network")]).toEqual([[], []]);
  expect(onHost("volume")).toHaveLength(1);
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
  expect(onHost("volume")).toEqual([]);
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
