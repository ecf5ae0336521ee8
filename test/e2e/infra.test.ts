import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preparePulumiState } from "../../core/db/hosting/pulumi-state.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { loadRoutes } from "../../infra/proxy/load-routes.ts";
import type { Probe, Route } from "../../infra/proxy/routes.ts";
import { inputFileOf } from "../../infra/stack-files.ts";
import type { ApplicationInput, StackInput } from "../../infra/stack-input.ts";
import { approveInput, openStacks, type StackContext } from "../../infra/stacks/context.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { findDrift } from "../../infra/stacks/drift.ts";
import { previewStack } from "../../infra/stacks/preview.ts";
import { hashOfState, hashOfWriting } from "../../infra/stacks/state.ts";
import type { PulumiSettings } from "../../infra/stacks/tool.ts";
import { updateStack } from "../../infra/stacks/update.ts";
import { emptyDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";
import { anApplication, aPlatform, aSlot } from "../support/stack-inputs.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { type Folder, temporaryFolder } from "./support/folders.ts";
import { makeProxyImage, makeWebImage } from "./support/images.ts";
import { npmRun } from "./support/runbook.ts";
import { ask, startLoad } from "./support/secure-client.ts";
import { until } from "./support/until.ts";

const passphrase = "only-for-this-test";
const secret = "kata-sandi-basis-data";
const planning = "app-bappeda";
const health = "app-dinkes";

let folder: Folder;
let engine: DockerEngine;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let settings: PulumiSettings;
let context: StackContext;
let images: { web: string; next: string; proxy: string };
let authority: Buffer;

beforeAll(async () => {
  folder = await temporaryFolder();
  const home = folder.path;
  [engine, database] = [await openDockerEngine(), await emptyDatabase()];
  const [web, next] = [await makeWebImage(engine, "halo"), await makeWebImage(engine, "halo lagi")];
  images = { web, next, proxy: await makeProxyImage(engine) };
  await mkdir(join(home, "stacks"));
  const passphraseFile = join(home, "passphrase");
  await writeFile(passphraseFile, passphrase);
  settings = { home, passphraseFile, ...(await preparePulumiState(database.config)) };
  context = await openStacks(settings);

  await write(aPlatform({ proxy: { image: images.proxy, memoryMb: 256, cpus: 1 } }));
  await write(anApplication({ name: planning, web: [aSlot({ image: images.web })] }));
  await write(ofHealth());
  for (const updated of await Promise.all(["platform", planning, health].map((stack) => updateStack(context, stack))))
    expect(updated).toMatchObject({ ok: true });
  await giveRoutes();
  const certificate = join(home, "root.crt");
  await until("the proxy has an authority", () => {
    engine.docker("cp", "platform-proxy:/data/caddy/pki/authorities/local/root.crt", certificate);
    return true;
  });
  authority = await readFile(certificate);
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
  await database?.drop();
});

describe("what was built", () => {
  test("answers by its name through the proxy, and no other name does, also after a restart", async () => {
    expect(await askFor("bappeda.test")).toEqual({ status: 200, body: "halo" });
    engine.docker("restart", "platform-proxy");
    await until("the proxy answers again", () =>
      askFor("bappeda.test").then(
        ({ body }) => body === "halo",
        () => false,
      ),
    );
    await expect(askFor("lain.test")).rejects.toThrow();
  });

  test("is left alone by a second update, and differs in nothing from its host", async () => {
    const looks = [previewStack(context, health), previewStack(context, health)] as const;
    const drifts = [findDrift(context, health), findDrift(context, "platform")];
    const [one, other] = await Promise.all(looks);
    expect(one).toMatchObject({ ok: true, value: { plan: [] } });
    expect(one.ok && one.value.hashes).toEqual(other.ok && other.value.hashes);
    expect(JSON.stringify(one)).not.toContain(secret);
    for (const drift of await Promise.all(drifts)) expect(drift).toEqual({ ok: true, value: [] });

    const state = await hashOfState(context, health);
    // Of a state that PULUMI_BACKEND_URL has elsewhere Pulumi is asked.
    const elsewhere = { ...context, hashOfWritten: undefined };
    const writings = async () => [await hashOfWriting(context, health), await hashOfWriting(elsewhere, health)];
    const before = await writings();
    expect(await writings()).toEqual(before);
    const lines: string[] = [];
    await updateStack(context, health, { onLine: (line) => lines.push(line) });
    expect(lines.join("\n")).toMatch(/Resources:\n\s+6 unchanged/);
    expect(await hashOfState(context, health)).toBe(state);
    const after = await writings();
    expect(after.filter((writing) => before.includes(writing))).toEqual([]);
    expect(await hashOfWriting(elsewhere, "app-nobody")).toBe("");
  });

  test("is reached by npm run pulumi, too, and is not destroyed by hand", async () => {
    expect(await upByHand(health)).toMatchObject({ code: 0, stdout: expect.stringMatching(/6 unchanged/) });

    const destroyed = await pulumiByHand("destroy", "--stack", health);
    expect(destroyed).not.toMatchObject({ code: 0 });
    expect(destroyed.stdout + destroyed.stderr).toContain("protect");
    expect(namesOnHost(health)).toEqual([`${health}-database`, `${health}-web-a`]);
  });
});

describe("from inside of an application", () => {
  test("only its own containers can be reached, and the proxy still reaches it", async () => {
    const prepared = engine.onMachine("npm", "run", "--silent", "runbook", "--", "prepare-host");
    expect(prepared).toContain("put the rules there");
    engine.onMachine("npm", "run", "--silent", "runbook", "--", "prepare-host");
    const service = spawn("nsenter", [...engine.machine, "/bin/busybox", "httpd", "-f", "-p", "9999"], {
      stdio: "ignore",
    });
    const listening = () => engine.onMachine("/bin/busybox", "netstat", "-ltn");
    await until("the machine's own service is there", () => listening().includes(":9999 "));
    const simpul = createServer().listen(8080, engine.ours);
    try {
      await once(simpul, "listening");
      const reached = reachedFrom(`${health}-web-a`, [
        "10.45.0.4:5432",
        "10.44.0.2:8080",
        "10.44.0.1:9999",
        "10.45.0.1:9999",
        `${engine.address}:9999`,
        `${engine.address}:443`,
        `${engine.ours}:8080`,
      ]);
      expect(reached).toEqual(["10.45.0.4:5432"]);
      const ofOthers = ["10.45.0.4:5432", "10.45.0.2:8080", "10.45.0.1:9999"];
      expect(reachedFrom(`${planning}-web-a`, ["10.44.0.2:8080", ...ofOthers])).toEqual(["10.44.0.2:8080"]);
      expect(await askFor("bappeda.test")).toEqual({ status: 200, body: "halo" });
    } finally {
      service.kill();
      simpul.close();
    }
  });
});

test("routes are changed under load on a host that was prepared, and nobody who is about to be let in is refused", async () => {
  const load = startLoad(100, () => askFor("www.bappeda.test"));
  for (let times = 1; times <= 20; times++) await giveRoutes({ intranet: ["10.0.0.0/8", `192.0.2.${times}/32`] });
  const { asked, wrong } = await load.end();
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(100);
});

test("who is not of the intranet is refused what is of the intranet only, and sees what is of the internet", async () => {
  await giveRoutes({ intranet: ["192.0.2.0/24"] });
  expect(await askFor("bappeda.test")).toMatchObject({ status: 403 });
  expect(await askFor("www.bappeda.test")).toEqual({ status: 200, body: "halo" });
  await giveRoutes();
  expect(await askFor("bappeda.test")).toEqual({ status: 200, body: "halo" });
});

test("what is to take over is asked by who knows the value, and by nobody else", async () => {
  const next = aSlot({ image: images.next, slot: "b" });
  await write(anApplication({ name: planning, web: [aSlot({ image: images.web }), next] }));
  expect(await updateStack(context, planning)).toMatchObject({ ok: true });
  await giveRoutes({ probe: { upstream: "10.44.0.3:8080", value: "drawn" } });
  const asked = (value: string) => askFor("bappeda.test", "/", { "Simpul-Probe": value });
  expect(await asked("drawn")).toEqual({ status: 200, body: "halo lagi" });
  expect(await asked("guessed")).toEqual({ status: 200, body: "halo" });
  expect(await askFor("bappeda.test")).toEqual({ status: 200, body: "halo" });
});

test("an update by hand waits for its approval, and into the other slot, of which nobody tells the proxy, ends reachable", async () => {
  await giveRoutes();
  const text = await write(anApplication({ name: planning, web: [aSlot({ image: images.next, slot: "b" })] }));
  const before = namesOnHost(planning);
  expect(await pulumiByHand("preview", "--stack", planning)).toMatchObject({ code: 0 });
  const refused = await upByHand(planning);
  expect(refused).not.toMatchObject({ code: 0 });
  expect(refused.stdout + refused.stderr).toContain("its file is not what was approved");
  expect(namesOnHost(planning)).toEqual(before);

  await approveInput(folder.path, planning, sha256(text));
  expect(await upByHand(planning)).toMatchObject({ code: 0 });
  expect(namesOnHost(planning)).toEqual([`${planning}-web-b`]);
  expect(await askFor("bappeda.test")).toEqual({ status: 200, body: "halo lagi" });
});

function ofHealth(given: Partial<ApplicationInput> = {}): ApplicationInput {
  const sealed = sealSecret(passphrase, secret, new Uint8Array(12).fill(7));
  const { slot: _slot, port: _port, ...container } = aSlot({ image: images.web });
  const check = ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:5432/"];
  return anApplication({
    name: health,
    network: { subnet: "10.45.0.0/29", gateway: "10.45.0.1" },
    web: [aSlot({ image: images.web, address: "10.45.0.2", environment: [{ name: "DB_PASSWORD", sealed }] })],
    database: {
      ...container,
      engine: "postgresql",
      address: "10.45.0.4",
      command: ["/bin/busybox", "httpd", "-f", "-p", "5432", "-h", "/www"],
      healthCheck: { ...container.healthCheck, test: check },
    },
    ...given,
  });
}

/** @returns the file's text */
async function write(input: StackInput): Promise<string> {
  const text = JSON.stringify({ ...input, host: { endpoint: engine.endpoint } });
  await writeFile(inputFileOf(folder.path, input.name), text);
  return text;
}

function upByHand(stack: string) {
  return pulumiByHand("up", "--skip-preview", "--stack", stack);
}

function pulumiByHand(command: string, ...args: readonly string[]) {
  const env = {
    SIMPUL_HOME: folder.path,
    DATABASE_URL: urlOf(database.config),
    PULUMI_CONFIG_PASSPHRASE_FILE: settings.passphraseFile,
  };
  const yes = command === "preview" ? [] : ["--yes"];
  return npmRun("pulumi", [command, ...args, ...yes, "--non-interactive"], { env });
}

/** To both slots of one application, by a name of the intranet, and by one of the internet. */
function giveRoutes({ intranet = ["10.0.0.0/8"], probe }: { intranet?: string[]; probe?: Probe } = {}): Promise<void> {
  const upstreams = ["10.44.0.2:8080", "10.44.0.3:8080"];
  const routes: Route[] = [
    { names: ["bappeda.test"], upstreams, reach: "intranet", ...(probe && { probe }) },
    { names: ["www.bappeda.test"], upstreams, reach: "internet" },
  ];
  const proxy = { httpPort: 80, httpsPort: 443, intranet, acmeDirectory: undefined };
  return loadRoutes(openDockerHost({ endpoint: engine.endpoint }), "platform", routes, proxy);
}

function askFor(name: string, path = "/", headers: Record<string, string> = {}) {
  return ask(engine.address, { name, path, headers, authority });
}

function namesOnHost(stack: string): string[] {
  const names = engine.docker("ps", "--all", "--format", "{{.Names}}", "--filter", `name=^${stack}-`);
  return names.split("\n").filter(Boolean).sort();
}

/** Which of the addresses a program in that container can connect to. */
function reachedFrom(container: string, addresses: readonly string[]): string[] {
  const tries = addresses.map((each) => `(nc -w 2 ${each.replace(":", " ")} -e /bin/busybox true && echo ${each}) &`);
  const script = `alias nc='/bin/busybox nc'\n${tries.join("\n")}\nwait`;
  const output = engine.docker("exec", container, "/bin/busybox", "sh", "-c", script);
  return output.split("\n").filter((line) => addresses.includes(line));
}
