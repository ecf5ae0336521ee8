import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askToPutBack } from "../../core/actions/hosting/compare-stack.ts";
import { decideIsolation, isolateApplication } from "../../core/actions/hosting/isolate-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplication } from "../../core/db/hosting/applications.ts";
import { listForeignStates } from "../../core/db/hosting/foreign-states.ts";
import { findOpenIsolation } from "../../core/db/hosting/isolations.ts";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { listDrift } from "../../core/db/hosting/stack-drift.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import { listAttachments } from "../../core/db/ticket/attachments.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { platformOf } from "../../core/domain/hosting/stack-names.ts";
import { inputFileOf } from "../../infra/stack-files.ts";
import { approveInput, openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { hashProgram } from "../../infra/stacks/program-hash.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { notingWriting } from "../../worker/hosting/note-writing.ts";
import { openHosts } from "../../worker/hosting/open-hosts.ts";
import { routesOf } from "../../worker/hosting/target-routes.ts";
import { openWatchedHosts } from "../../worker/hosting/watched-hosts.ts";
import { compareStack, putBackStack } from "../../worker/tasks/compare-stack.ts";
import { endIsolation, isolateApplication as isolate } from "../../worker/tasks/isolate-application.ts";
import { emptyDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";
import { hostApplication } from "../support/hosted.ts";
import { testHosting } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { aPlatform } from "../support/stack-inputs.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, makeWebImage } from "./support/images.ts";
import { npmRun } from "./support/runbook.ts";
import { ask } from "./support/secure-client.ts";
import { until } from "./support/until.ts";

const signal = new AbortController().signal;
const faults: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });
const proxyStack = platformOf("dc");

let folder: Folder;
let engine: DockerEngine;
let office: TestOffice;
let state: Awaited<ReturnType<typeof emptyDatabase>>;
let context: StackContext;
let passphraseFile: string;
let application: Application;
let stack: string;
let authority: Buffer;
let images: { web: string; other: string };

beforeAll(async () => {
  folder = await temporaryFolder();
  [engine, office, state] = [await openDockerEngine(), await openOffice(), await emptyDatabase()];
  await mkdir(join(folder.path, "stacks"));
  passphraseFile = join(folder.path, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  context = await openStacks({ home: folder.path, passphraseFile, ...(await preparePulumiState(state.config)) });
  images = { web: await makeServingImage("halo"), other: await makeServingImage("diretas") };
  const proxy = { image: await makeProxyImage(engine), memoryMb: 256, cpus: 1 };
  const platform = { ...aPlatform({ proxy }), name: proxyStack, host: { endpoint: engine.endpoint } };
  await writeFile(join(folder.path, `stacks/${proxyStack}.json`), JSON.stringify(platform));
  application = await hostApplication(office, { upTo: "application-built" });
  stack = application.stack;
  await standOnHost();
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await office?.close();
  await state?.drop();
});

async function makeServingImage(greeting: string): Promise<string> {
  const base = await makeWebImage(engine, greeting);
  const serve = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]';
  const container = engine.docker("create", base, "/bin/busybox");
  const image = engine.docker("commit", "--change", serve, container);
  engine.docker("rm", container);
  return image;
}

/** The host of the profile is the test's own. */
function setting(now: Date): Setting {
  const [target] = testHosting.targets;
  const proxy = { ...target.proxy, addresses: [engine.address] };
  return office.setting(now, {
    hosting: { ...testHosting, targets: [{ ...target, endpoint: engine.endpoint, proxy }] },
  });
}

const target = () => {
  const [only] = setting(new Date()).rules.hosting?.targets ?? [];
  if (only === undefined) throw new Error("there is no target");
  return only;
};
const watched = openWatchedHosts(async () => context);
const options = () => ({
  ...{ db: office.db, setting, filesFolder: folder.path, log, watched },
  hosts: notingWriting(
    openHosts(async () => context),
    { db: office.db, setting, watched },
  ),
});

/** What the register has as built stands on this host, too. */
async function standOnHost(): Promise<void> {
  const revision = { ...application.revision, imageId: images.web };
  const rendered = renderApplication({ ...application, revision }, setting(new Date()).rules.hosting ?? testHosting);
  const file = JSON.parse(rendered ?? "{}");
  for (const web of file.web) web.environment = [{ name: "GREETING", value: "halo" }];
  const input = JSON.stringify(file);
  const { owner } = office.database;
  await owner
    .updateTable("stack_plan")
    .set({ input, program_hash: await hashProgram() })
    .where("stack", "=", stack)
    .execute();
  await writeFile(join(folder.path, `stacks/${stack}.json`), input);
  expect(await updateStack(context, proxyStack)).toMatchObject({ ok: true });
  await options().hosts.update(stack, input, signal);
  await options().hosts.route(target(), (await routesOf(office.db, "dc")).routes);
  const certificate = join(folder.path, "root.crt");
  await until("the proxy has an authority", () => {
    engine.docker("cp", `${proxyStack}-proxy:/data/caddy/pki/authorities/local/root.crt`, certificate);
    return true;
  });
  authority = await readFile(certificate);
  await until("it answers", async () => (await page())?.body === "halo");
}

const page = () => ask(engine.address, { name: application.revision.domainName, authority }).catch(() => undefined);
const container = () => `${stack}-web-a`;
const compare = () => compareStack({ stack }, options(), { signal });
const drift = async () => (await listDrift(office.db, stack)).map(({ name, property }) => `${name} ${property}`);
async function putBack(): Promise<void> {
  const by = office.people.dataCenter;
  accepted(await office.act((tx) => askToPutBack(tx, by, setting(new Date()), { stack })));
  await putBackStack({ stack, personId: by.id }, options(), { signal });
}
const foreign = () => listForeignStates(office.db, stack);

test("what was changed by hand is found by the look of the hour, each of it, and put back", async () => {
  await compare();
  expect(await drift()).toEqual([]);
  expect(await foreign()).toEqual([]);
  expect((await findWatched(office.db, stack))?.problem).toBe(null);

  engine.docker("rm", "--force", container());
  engine.docker("network", "create", "lain");
  const by = ["--detach", "--name", container(), "--network", stack, "--ip", application.address, "--memory", "96m"];
  engine.docker("run", ...by, "--publish", "9000:8080", "--volume", "lain:/srv", images.other);
  engine.docker("network", "connect", "lain", container());
  await compare();
  expect(await drift()).toEqual(
    expect.arrayContaining(
      ["container", "envs", "image", "memory", "mounts", "networks", "ports"].map((property) => `web-a ${property}`),
    ),
  );

  await putBack();
  expect(await drift()).toEqual([]);
  expect(await foreign()).toEqual([]);
  expect(await page()).toEqual({ status: 200, body: "halo" });
});

test("our own container is seen as changed, by what is planned, too, and as gone, and put back", async () => {
  engine.docker("update", "--memory", "96m", "--memory-swap", "96m", "--restart", "no", container());
  engine.docker("network", "create", "lain-lagi");
  engine.docker("network", "connect", "lain-lagi", container());
  expect(accepted(await previewStack(context, stack)).plan).not.toEqual([]);
  await compare();
  // How it is started again only Pulumi's refresh sees.
  expect(await drift()).toEqual(expect.arrayContaining(["web-a memory", "web-a networks", "web-a restart"]));
  await putBack();
  expect(await drift()).toEqual([]);

  engine.docker("rm", "--force", container());
  await compare();
  expect(await drift()).toEqual(["web-a existence"]);
  await putBack();
  expect(await drift()).toEqual([]);
  expect(await page()).toEqual({ status: 200, body: "halo" });
});

test("a pulumi up by hand is noticed, also one that changes nothing, and put back; a preview is none", async () => {
  const env = {
    SIMPUL_HOME: folder.path,
    DATABASE_URL: urlOf(state.config),
    PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile,
  };
  const given = ["--stack", stack, "--non-interactive"];
  expect(await npmRun("pulumi", ["preview", ...given], { env })).toMatchObject({ code: 0 });
  await compare();
  expect(await foreign()).toEqual([]);
  expect(await npmRun("pulumi", ["up", "--yes", "--skip-preview", ...given], { env })).toMatchObject({ code: 0 });
  expect(await page()).toEqual({ status: 200, body: "halo" });
  await compare();
  expect(await foreign()).toHaveLength(1);
  expect((await office.takeMail()).map(({ kind }) => kind)).toContain("foreign-state-found");

  const file = inputFileOf(folder.path, stack);
  const changed = (await readFile(file, "utf8")).replaceAll('"value":"halo"', '"value":"diubah"');
  await writeFile(file, changed);
  // Whoever may write the file may do so with what says that it is approved, too.
  await approveInput(folder.path, stack, sha256(changed));
  expect(await npmRun("pulumi", ["up", "--yes", "--skip-preview", ...given], { env })).toMatchObject({ code: 0 });
  const environment = () => engine.docker("inspect", "--format", "{{.Config.Env}}", container());
  expect(environment()).toContain("GREETING=diubah");
  expect(await page()).toEqual({ status: 200, body: "halo" });
  await compare();
  // The host is as the state says; only who wrote it says that it is not what was approved.
  expect(await drift()).toEqual([]);
  expect(await foreign()).toHaveLength(2);
  await putBack();
  expect(environment()).toContain("GREETING=halo");
  expect(await foreign()).toEqual([]);
});

test("what was isolated says so by its name, stands still, is kept as evidence, and comes back when it is lifted", async () => {
  const by = office.people.dataCenter;
  // What somebody put there, in memory only, and what the application said.
  const trace = () => engine.docker("exec", container(), "/bin/busybox", "cat", "/tmp/jejak");
  engine.docker(
    "exec",
    container(),
    "/bin/busybox",
    "sh",
    "-c",
    "echo jejak > /tmp/jejak; echo disusupi > /proc/1/fd/1",
  );
  expect(trace()).toBe("jejak");
  const input = { applicationId: application.id, answers: { reason: "Halaman depan diubah orang lain." } };
  const isolationId = accepted(await office.act((tx) => isolateApplication(tx, by, setting(new Date()), input)));
  await isolate({ isolationId }, options(), { signal });

  const closed = await page();
  expect(closed).toMatchObject({ status: 503 });
  expect(closed?.body).toContain("Layanan ini dihentikan sementara");
  expect(
    engine.docker("inspect", "--format", "{{.State.Paused}} {{.HostConfig.RestartPolicy.Name}}", container()),
  ).toBe("true no");
  expect(() => engine.docker("exec", container(), "/bin/busybox", "true")).toThrow(/paused/);
  expect(await findOpenIsolation(office.db, application.id)).toMatchObject({
    ...{ trouble: null, closedAt: expect.any(Date), containedAt: expect.any(Date), evidenceAt: expect.any(Date) },
  });
  const kept = engine.docker(
    "images",
    "--filter",
    `label=simpul.evidence=${isolationId}`,
    "--format",
    "{{.Repository}}:{{.Tag}}",
  );
  expect(kept).toBe(`simpul-evidence/${stack}:${isolationId}-${container()}`);
  const files = await listAttachments(office.db, application.ticketId, { withInternalNotes: true });
  const evidence = files.find(({ name }) => name === `${stack}-isolation-${isolationId}.txt`);
  const text = await readFile(join(folder.path, evidence?.sha256 ?? ""), "utf8");
  expect(text).toContain(`== ${container()}`);
  expect(text).toMatch(/Z disusupi$/m);

  // Neither a look nor the routes of others change that, nor a second try.
  await compare();
  await isolate({ isolationId }, options(), { signal });
  expect(await page()).toMatchObject({ status: 503 });
  expect(await drift()).toEqual([]);

  const lift = { isolationId, decision: "lifted", answers: { reason: "Celahnya sudah ditutup." } } as const;
  accepted(await office.act((tx) => decideIsolation(tx, office.people.leadership, setting(new Date()), lift)));
  await endIsolation({ isolationId }, options(), { signal });
  expect(await page()).toEqual({ status: 200, body: "halo" });
  expect(await findApplication(office.db, application.id)).toMatchObject({ state: "built" });
  expect(trace()).toBe("jejak");
  await compare();
  expect(await drift()).toEqual([]);
  expect(faults).toEqual([]);

  // Its image has become what the evidence was made of, and is found all the same.
  engine.docker("rm", "--force", container());
  await compare();
  await putBack();
  expect(await drift()).toEqual([]);
  expect(await page()).toEqual({ status: 200, body: "halo" });
});
