import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { revokeAccess } from "../../core/actions/hosting/end-access.ts";
import { openSecret } from "../../core/actions/hosting/one-time-secret.ts";
import { assignAddress } from "../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../core/actions/ipam/prefixes.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { doStep } from "../../core/actions/ticket/do-step.ts";
import { fileTicket } from "../../core/actions/ticket/file-ticket.ts";
import { findApplication, findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { findAccess } from "../../core/db/hosting/vendor-accesses.ts";
import { findWatched } from "../../core/db/hosting/watched-stacks.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Application } from "../../core/domain/hosting/application.ts";
import type { HostingDatabase, HostingRules } from "../../core/domain/hosting/hosting-rules.ts";
import { renderPlatform } from "../../core/domain/hosting/render-stack.ts";
import type { VendorAccess } from "../../core/domain/hosting/vendor-access.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import { openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import { openHosts } from "../../worker/hosting/open-hosts.ts";
import { buildApplication } from "../../worker/tasks/build-application.ts";
import { closeAccess } from "../../worker/tasks/close-access.ts";
import { offerDatabaseAccount } from "../../worker/tasks/offer-database-account.ts";
import { planApplication } from "../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../core/domain/procedures/hosting.paths.ts";
import { emptyDatabase } from "../support/database.ts";
import { testHosting } from "../support/hosting.ts";
import { accepted } from "../support/ipam.ts";
import { openOffice, type TestOffice } from "../support/office.ts";
import { makeAccessBase, makeAccessImage } from "./support/access-image.ts";
import { databaseUser, makeDatabaseImage } from "./support/database-images.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, saveWebImage } from "./support/images.ts";
import { until } from "./support/until.ts";

const signal = new AbortController().signal;
/** Of the file that was handed in, as the register of a test office has it. */
const stored = "a".repeat(64);
const faults: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });

let folder: Folder;
let engine: DockerEngine;
let office: TestOffice;
let state: Awaited<ReturnType<typeof emptyDatabase>>;
let context: StackContext;
let hosts: Hosts;
let hosting: HostingRules;
let hosted: Application;

beforeAll(async () => {
  folder = await temporaryFolder();
  [engine, office, state] = [await openDockerEngine(), await openOffice(), await emptyDatabase()];
  await mkdir(join(folder.path, "stacks"));
  await saveWebImage(engine, "halo", join(folder.path, stored));
  const passphraseFile = join(folder.path, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  context = await openStacks({ home: folder.path, passphraseFile, ...(await preparePulumiState(state.config)) });
  hosts = openHosts(async () => context);
  const proxy = { ...testHosting.targets[0].proxy, addresses: [engine.address], image: await makeProxyImage(engine) };
  const target = { ...testHosting.targets[0], endpoint: engine.endpoint, proxy };
  const base = await makeAccessBase(engine);
  hosting = {
    ...testHosting,
    targets: [target],
    runtimes: testHosting.runtimes.map((each) => ({
      ...{ ...each, kept: [{ name: "berkas", folder: "/data" }], databases: ["postgresql"] },
    })),
    databases: [postgresql(await makeDatabaseImage(engine, base, "postgresql"))],
    access: { ...testHosting.access, image: await makeAccessImage(engine, base) },
  };
  await writeFile(join(folder.path, "stacks/platform-dc.json"), renderPlatform(target));
  expect(await updateStack(context, "platform-dc")).toMatchObject({ ok: true });
  await prepareRegister();
  hosted = await host();
  for (const name of ["vendor", "stranger"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "rudi@laptop", "-f", join(folder.path, name)]);
  }
}, 300_000);
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await office?.close();
  await state?.drop();
});

function postgresql(image: string): HostingDatabase {
  return {
    ...{ name: "postgresql", title: "PostgreSQL", engine: "postgresql", image, memoryMb: 256, cpus: 1 },
    ...{ user: databaseUser, folder: "/data", temporary: ["/tmp"] },
    healthTest: ["CMD", "pg_isready", "--host=127.0.0.1", "--quiet"],
  };
}

const setting = (now: Date): Setting => office.setting(now, { hosting });
const options = () => ({ db: office.db, setting, filesFolder: folder.path, hosts, log });

async function prepareRegister(): Promise<void> {
  const by = office.people.infrastructure;
  const now = setting(new Date());
  const ofApplications = { zone: "Utama", network: "10.40.0.0/16", name: "Aplikasi" };
  accepted(await office.act((tx) => addPrefix(tx, by, now, { answers: ofApplications })));
  const answers = { zone: "Utama", network: "10.213.0.0/16", name: "Host" };
  const prefixId = accepted(await office.act((tx) => addPrefix(tx, by, now, { answers })));
  const wish = { prefixId, address: engine.address, officeId: by.officeId };
  const grounds = { name: "Proxy", basis: "555/1/2026" };
  accepted(await office.act((tx) => assignAddress(tx, by, now, { ...wish, answers: grounds })));
}

/** Somebody does a step under the profile of this test, whose host is its own. */
async function step(ticketId: number, name: string, role: Role, answers: Answers = {}) {
  const { version } = await office.ticket(ticketId);
  const input = { ticketId, step: name, version, answers };
  accepted(await office.act((tx) => doStep(tx, office.doer(role), setting(new Date()), input)));
}

async function host(): Promise<Application> {
  const wish = { target: "dc", runtime: "image", size: "small", reach: "intranet", database: "postgresql" };
  const named = { ...wish, "dns-name": "situs-warga" };
  const path = pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"];
  const ticketId = await office.file({ procedure: "hosting" });
  for (const [name, role, , , , answers] of path ?? []) {
    if (name === "application-planned") await planApplication({ ticketId }, options(), { signal });
    else if (name === "application-built") break;
    else if (name === "plan-application") await step(ticketId, name, "data-center", named);
    else if (name === "approve-plan") await step(ticketId, name, "leadership");
    else await office.walk(ticketId, [[name, role, answers ?? usualAnswers[name] ?? {}]]);
  }
  await buildApplication({ ticketId }, options(), { signal });
  const application = await findApplicationOfTicket(office.db, ticketId);
  if (application?.state !== "built") throw new Error(`it was not hosted: ${faults.join("\n")}`);
  return application;
}

/** From the request of the application's office to its end. */
async function openAccess(answers: Answers): Promise<VendorAccess> {
  const asked = {
    ...{ "hosted-application": hosted.stack, vendor: "PT Karya Digital", "vendor-person": "Rudi Hartono" },
    "public-key": await readFile(join(folder.path, "vendor.pub"), "utf8"),
    ...{ until: "2 minggu lagi", description: "Memasang modul cuti.", "official-duty": "accepted" },
    ...answers,
  };
  const filed = await office.act((tx) =>
    fileTicket(tx, office.people.requester, setting(new Date()), {
      ...{ procedure: "vendor-access", answers: asked, draftId: 0 },
    }),
  );
  const ticketId = accepted(filed);
  await step(ticketId, "plan-access", "data-center");
  await planApplication({ ticketId }, options(), { signal });
  await step(ticketId, "accept-plan", "infrastructure");
  await step(ticketId, "approve-plan", "leadership");
  await buildApplication({ ticketId }, options(), { signal });
  const { access } = (await findApplication(office.db, hosted.id)) ?? {};
  if (access?.grantedAt == null) throw new Error(`there is no access: ${faults.join("\n")}`);
  return access;
}

async function revoke({ id: accessId }: VendorAccess): Promise<void> {
  const by = office.people.dataCenter;
  accepted(await office.act((tx) => revokeAccess(tx, by, setting(new Date()), { accessId })));
  await closeAccess({ accessId }, options(), { signal });
}

/** Another access may have had that port, by another key: to a key that changed nothing is forwarded. */
const trusting = ["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];

function ssh(program: "ssh" | "sftp", { port }: VendorAccess, key: string, rest: string[] = [], input = "") {
  const how = [...trusting, "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-i", join(folder.path, key)];
  const where = [program === "ssh" ? "-p" : "-P", String(port)];
  const before = rest.filter((each) => each.startsWith("-") || rest.indexOf(each) === 1);
  const after = rest.filter((each) => !before.includes(each));
  const args = [...how, ...where, ...before, `vendor@${engine.address}`, ...after];
  return spawnSync(program, args, { input, encoding: "utf8", timeout: 20_000 });
}

const onPage = (file: string) =>
  engine.docker("exec", `${hosted.stack}-web-a`, "/bin/busybox", "sh", "-c", `cat /data/${file}`);

test("the vendor's key gets in by SFTP and no further, another key does not, and revoked it is gone", async () => {
  const access = await openAccess({ "access-kind": "sftp", sources: `${engine.ours}/32` });

  const sent = ssh("sftp", access, "vendor", [], "cd berkas\nput /etc/hostname laporan.txt\nls -l\n");
  expect(sent.stderr).not.toContain("denied");
  expect(sent.status).toBe(0);
  expect(onPage("laporan.txt")).toBe((await readFile("/etc/hostname", "utf8")).trim());
  const [shown = ""] = await scanned(access);
  expect(shown).toContain(access.fingerprint);

  // Neither by a file of keys, nor by the memory of the program that ends it all.
  const key = join(folder.path, "stranger.pub");
  const intruding = ["/tmp/access/authorized-keys", "/tmp/access/authorized_keys", "/proc/1/mem"];
  const tried = ssh("sftp", access, "vendor", [], intruding.map((file) => `-put ${key} ${file}\n`).join(""));
  expect(tried.stderr).toContain('"/proc/1/mem": Permission denied');
  expect(ssh("sftp", access, "stranger", [], "ls\n")).toMatchObject({ status: 255 });
  expect(ssh("sftp", access, "vendor", [], "ls\n")).toMatchObject({ status: 0 });
  expect(ssh("ssh", access, "vendor", ["id"]).stdout).not.toContain("uid");
  expect(ssh("ssh", access, "vendor", ["-W", `${hosted.address}:8080`]).stderr).toContain("prohibited");
  const limits = engine.docker(
    ...["inspect", "--format", "{{.HostConfig.ReadonlyRootfs}} {{.Config.User}} {{.HostConfig.CapDrop}}"],
    `${hosted.stack}-access`,
  );
  expect(limits).toBe("true 10001:10001 [ALL]");
  expect(await previewStack(context, hosted.stack)).toMatchObject({ ok: true, value: { plan: [] } });
  expect(await findDrift(context, hosted.stack)).toEqual({ ok: true, value: [] });

  await revoke(access);

  expect(ssh("sftp", access, "vendor", [], "ls\n").stderr).toContain("Connection refused");
  expect(await findAccess(office.db, access.id)).toMatchObject({ endedBecause: "revoked", closedAt: expect.any(Date) });
  expect((await findWatched(office.db, hosted.stack))?.input).not.toContain('"access"');
  expect(await findDrift(context, hosted.stack)).toEqual({ ok: true, value: [] });
  expect(onPage("laporan.txt")).not.toBe("");
  expect(faults).toEqual([]);
});

async function scanned({ port }: VendorAccess): Promise<string[]> {
  const keys = execFileSync("ssh-keyscan", ["-p", String(port), engine.address], { stdio: "pipe" });
  return execFileSync("ssh-keygen", ["-l", "-f", "-"], { input: keys, encoding: "utf8" }).split("\n");
}

/** What somebody types within the server of databases. */
function inDatabase(statement: string, { as = hosted.stack.replaceAll("-", "_") } = {}): string {
  const secret = as === "postgres" ? "$POSTGRES_PASSWORD" : "$APPLICATION_PASSWORD";
  const query = `PGPASSWORD=${secret} psql -XAtq -h 127.0.0.1 -U ${as} -d ${hosted.stack.replaceAll("-", "_")}`;
  return engine.docker("exec", `${hosted.stack}-database`, "sh", "-c", `${query} -c "${statement}"`);
}

/** What the page shows once to who asked for the access. */
async function offeredAccount(accessId: number): Promise<Record<string, string>> {
  await office.takeMail();
  await offerDatabaseAccount({ applicationId: hosted.id, accessId }, options());
  const [offered] = (await office.takeMail()).filter(({ kind }) => kind === "secret-offered");
  const token = new URL(String(offered?.link)).pathname.split("/").at(-1) ?? "";
  const page = accepted(await office.act((tx) => openSecret(tx, setting(new Date()), { token })));
  return Object.fromEntries(page.secret.split("\n").map((line) => line.split("=")));
}

test("an account of the vendor's own reads the database through a tunnel that leads to nothing else, and goes with it", async () => {
  inDatabase("create table guest (name text); insert into guest values ('Siti')");
  // An application that would have the administrator, who makes the account, do more than that.
  const more = `if current_user = ''postgres'' then alter role ${hosted.stack.replaceAll("-", "_")} superuser; end if;`;
  inDatabase(
    `create function public.format(a text, b name, c text) returns text language plpgsql as 'begin ${more} return pg_catalog.format(a, b, c); end'`,
  );
  const access = await openAccess({ "access-kind": "database-read" });
  const account = await offeredAccount(access.id);
  expect(ssh("ssh", access, "vendor", ["id"]).stdout).not.toContain("uid");
  expect(ssh("sftp", access, "vendor", [], "ls\n").stderr).toContain("open failed");
  expect(ssh("ssh", access, "vendor", ["-W", `${hosted.address}:8080`]).stderr).toContain("prohibited");

  const forwarded = `${folder.path}/.s.PGSQL.5432:${hosted.databaseAddress}:5432`;
  const how = [...trusting, "-i", join(folder.path, "vendor"), "-p", String(access.port), `vendor@${engine.address}`];
  const tunnel = spawn("ssh", ["-N", "-L", forwarded, ...how], { stdio: "ignore" });
  const connect = async (database = account.DB_NAME) => {
    const own = { user: account.DB_USER, password: account.DB_PASSWORD, database };
    const client = new pg.Client({ host: folder.path, ...own });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
  try {
    const client = await until("the tunnel stands", () => connect().catch(() => undefined));
    expect((await client.query("select name from guest")).rows).toEqual([{ name: "Siti" }]);
    inDatabase("create table later (id int)");
    expect((await client.query("select * from later")).rows).toEqual([]);
    for (const refused of [
      "insert into guest values ('x')",
      "create table own (id int)",
      "create temp table t (id int)",
    ]) {
      await expect(client.query(refused)).rejects.toThrow("permission denied");
    }
    await expect(connect("postgres")).rejects.toThrow("permission denied");
    const ends = inDatabase(`select rolvaliduntil from pg_roles where rolname = '${account.DB_USER}'`);
    expect(new Date(ends)).toEqual(access.until);

    await revoke(access);
    await expect(client.query("select 1")).rejects.toThrow();
    expect(inDatabase("select rolname from pg_roles where rolname ~ 'vendor'", { as: "postgres" })).toBe("");
    expect(inDatabase("select usename from pg_user where usesuper", { as: "postgres" })).toBe("postgres");
    expect(inDatabase("select name from guest")).toBe("Siti");
    expect(await findAccess(office.db, access.id)).toMatchObject({ accountPassword: null, closedAt: expect.any(Date) });
  } finally {
    tunnel.kill();
  }
});

test("a shell is one beside the files, from nowhere but where it was asked for, and ends by itself when its time is over", async () => {
  const access = await openAccess({ "access-kind": "shell", sources: "203.0.113.0/24" });
  expect(ssh("ssh", access, "vendor", ["id"])).toMatchObject({ status: 255 });

  // The same container, whose line of keys says nothing of networks.
  const without = { ...access, port: access.port + 2 };
  runLike(`${hosted.stack}-access`, "without-from", without, (given) => given.replace(/,from="[^"]*"/, ""));
  const answered = await until("its server answers", () => {
    const { status, stderr } = ssh("ssh", without, "vendor", ["id"]);
    return status === 0 || stderr.includes("Permission denied") ? { status } : undefined;
  });
  expect(answered).toEqual({ status: 255 });

  // The same container, for who comes from here, whose time is over in some seconds: nobody else ends it.
  const port = access.port + 1;
  const untilThen = { port, until: new Date(Date.now() + 15_000) };
  runLike(`${hosted.stack}-access`, "by-itself", untilThen, (given) =>
    given.replaceAll("203.0.113.0/24", `${engine.ours}/32`),
  );
  await until("it lets somebody in", () => ssh("ssh", { ...access, port }, "vendor", ["id"]).status === 0);
  expect(ssh("ssh", { ...access, port }, "vendor", ["cat berkas/laporan.txt; id -u; ls /www"])).toMatchObject({
    stdout: expect.stringContaining("10001"),
    stderr: expect.stringContaining("No such file"),
  });
  const runs = () => engine.docker("inspect", "--format", "{{.State.Running}}", "by-itself") === "true";
  expect(runs()).toBe(true);
  await until("it ends by itself", () => !runs());
  engine.docker("start", "by-itself");
  await until("it does not begin again", () => engine.docker("logs", "by-itself").includes("this access has ended"));
});

/** @param configured what its server is told, made of what that of the container is told */
function runLike(
  container: string,
  name: string,
  { port, until }: Pick<VendorAccess, "port" | "until">,
  configured: (given: string) => string,
): void {
  const { Config, Image } = JSON.parse(engine.docker("inspect", container))[0];
  const ends = `ACCESS_UNTIL=${Math.floor(until.getTime() / 1000)}`;
  const environment = Config.Env.map((each: string) => (each.startsWith("ACCESS_UNTIL") ? ends : configured(each)));
  const given = environment.flatMap((each: string) => ["--env", each]);
  const limits = ["--user", Config.User, "--read-only", "--cap-drop", "ALL", "--tmpfs", "/tmp"];
  const reached = ["--publish", `${port}:2222`, "--volume", `${hosted.stack}-kept-berkas:/files/berkas`];
  const [program = "", ...args] = Config.Entrypoint;
  engine.docker(
    ...["run", "--detach", "--name", name, ...limits, ...given, ...reached],
    ...["--entrypoint", program, Image, ...args],
  );
}
