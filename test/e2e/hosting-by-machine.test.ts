import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doStep } from "../../core/actions/do-step.ts";
import { assignAddress } from "../../core/actions/give-address.ts";
import { addPrefix } from "../../core/actions/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplicationOfTicket, findLatestPlan } from "../../core/db/applications.ts";
import { preparePulumiState } from "../../core/db/pulumi-state.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { openHosts } from "../../worker/hosting/open-hosts.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { emptyDatabase } from "../support/database.ts";
import { testHosting } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { aPlatform } from "../support/stack-inputs.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, makeWebImage } from "./support/images.ts";

const signal = new AbortController().signal;
/** Of the file as the register of a test office has it. */
const stored = "a".repeat(64);

let folder: Folder;
let engine: DockerEngine;
let office: TestOffice;
let state: Awaited<ReturnType<typeof emptyDatabase>>;
let context: StackContext;

beforeAll(async () => {
  folder = await temporaryFolder();
  [engine, office, state] = [await openDockerEngine(2), await openOffice(), await emptyDatabase()];
  await mkdir(join(folder.path, "stacks"));
  await saveImage(join(folder.path, stored));
  const passphraseFile = join(folder.path, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  context = await openStacks({ home: folder.path, passphraseFile, ...(await preparePulumiState(state.config)) });
  const proxy = { image: await makeProxyImage(engine), memoryMb: 256, cpus: 1 };
  const platform = { ...aPlatform({ proxy }), host: { endpoint: engine.endpoint } };
  await writeFile(join(folder.path, "stacks/platform.json"), JSON.stringify(platform));
  expect(await updateStack(context, "platform")).toMatchObject({ ok: true });
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await office?.close();
  await state?.drop();
});

/** What somebody hands in; the host does not have it. */
async function saveImage(file: string): Promise<void> {
  const base = await makeWebImage(engine, "halo dari image");
  const serve = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]';
  const container = engine.docker("create", base, "/bin/busybox");
  const image = engine.docker("commit", "--change", serve, container);
  engine.docker("save", "--output", file, image);
  engine.docker("rm", container);
  engine.docker("image", "rm", "--force", image, base);
}

function setting(now: Date): Setting {
  const [target] = testHosting.targets;
  const proxy = { ...target.proxy, addresses: [engine.address] };
  return office.setting(now, {
    hosting: { ...testHosting, targets: [{ ...target, endpoint: engine.endpoint, proxy }] },
  });
}

/** The proxy's address is somebody's. */
async function prepareRegister(): Promise<void> {
  const by = office.people.infrastructure;
  const answers = { zone: "Utama", network: "10.213.0.0/16", name: "Host" };
  const ofApplications = { zone: "Utama", network: "10.40.0.0/16", name: "Aplikasi" };
  accepted(await office.act((tx) => addPrefix(tx, by, setting(new Date()), { answers: ofApplications })));
  const prefixId = accepted(await office.act((tx) => addPrefix(tx, by, setting(new Date()), { answers })));
  const wish = { prefixId, address: engine.address, officeId: by.officeId };
  const grounds = { name: "Proxy", basis: "555/1/2026" };
  accepted(await office.act((tx) => assignAddress(tx, by, setting(new Date()), { ...wish, answers: grounds })));
}

const wish = { target: "dc", runtime: "image", size: "small", reach: "intranet", "dns-name": "situs-warga" };

/** What the profile says counts for these steps, and its host is the test's own. */
async function walk(ticketId: number, step: string, role: Role, answers: Answers = {}): Promise<void> {
  if (step !== "plan-application" && step !== "approve-plan") return office.walk(ticketId, [[step, role, answers]]);
  const { version } = await office.ticket(ticketId);
  const input = { ticketId, step, version, answers: step === "plan-application" ? wish : {} };
  accepted(await office.act((tx) => doStep(tx, office.doer(role), setting(new Date()), input)));
}

test("an image that was handed in is planned, approved, built, and answers by its name through the proxy", async () => {
  await prepareRegister();
  const path =
    pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
  const ticketId = await office.file({ procedure: "hosting" });
  const hosts = openHosts(async () => context);
  const faults: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });
  const options = { db: office.db, setting, filesFolder: folder.path, hosts, log };
  for (const [name, role, , , , answers] of path) {
    if (name === "application-planned") await planApplication({ ticketId }, options, { signal });
    else if (name === "application-built") break;
    else if (role !== "machine" && role !== "clock") await walk(ticketId, name, role, answers ?? usualAnswers[name]);
  }
  const application = await findApplicationOfTicket(office.db, ticketId);
  const plan = application && (await findLatestPlan(office.db, application.id));
  expect(plan?.changes.map(({ change, name }) => `${change} ${name}`)).toEqual(["create network", "create web-a"]);

  await buildApplication({ ticketId }, options, { signal });

  expect(faults).toEqual([]);
  expect(await office.ticket(ticketId)).toMatchObject({ state: "reporting-application" });
  const page = { port: 443, name: application?.domainName ?? "", path: "/" };
  expect(await hosts.ask(engine.address, page)).toBe(200);
  expect(engine.docker("ps", "--format", "{{.Names}}").split("\n")).toContain(`${application?.stack}-web-a`);
  const again = await hosts.preview(application?.stack ?? "", plan?.input ?? "", signal);
  expect(again.changes).toEqual([]);
  expect(await findDrift(context, application?.stack ?? "")).toEqual({ ok: true, value: [] });
});
