import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { assignAddress } from "../../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../../core/actions/ipam/prefixes.ts";
import { connect } from "../../../core/db/database.ts";
import { findApplicationOfTicket } from "../../../core/db/hosting/applications.ts";
import { preparePulumiState } from "../../../core/db/hosting/pulumi-state.ts";
import { findLatestPlan } from "../../../core/db/hosting/stack-plans.ts";
import { openTasks } from "../../../core/db/tasks.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import { renderPlatform } from "../../../core/domain/hosting/render-stack.ts";
import { platformOf, stackLabel, volumeOf } from "../../../core/domain/hosting/stack-names.ts";
import { openStacks } from "../../../infra/stacks/context.ts";
import { listSessions } from "../../../infra/stacks/run-pulumi.ts";
import { updateStack } from "../../../infra/stacks/update.ts";
import { openHosts } from "../../../worker/hosting/open-hosts.ts";
import { pathsOfHosting, usualAnswers } from "../../core/domain/procedures/hosting.paths.ts";
import type { TestDatabase } from "../../support/database.ts";
import { testHosting } from "../../support/hosting.ts";
import { accepted } from "../../support/ipam.ts";
import { openOffice } from "../../support/office.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { checkout, temporaryFolder } from "./folders.ts";
import { dataOfImage, makeProxyImage, makeWebImage } from "./images.ts";
import { processesOn } from "./processes.ts";
import { until } from "./until.ts";

/** Of the file as the register of a test office has it. */
const stored = "a".repeat(64);
const keptFolder = { name: "berkas", folder: "/data" };
const patienceMs = 150_000;
/** After which it is taken for one that does not converge. */
const mostPresses = 4;

/** What is built: an image that says hello, and the proxy's. */
export type YardImages = { file: string; proxy: string };

export type Yard = Awaited<ReturnType<typeof openYard>>;

/** What somebody hands in, in a file; the engine does not have it. */
export async function makeYardImages(engine: DockerEngine, folder: string): Promise<YardImages> {
  const file = join(folder, "image.tar");
  const base = await makeWebImage(engine, "halo");
  const serve = 'CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]';
  const container = engine.docker("create", base, "/bin/busybox");
  const image = engine.docker("commit", "--change", serve, container);
  engine.docker("save", "--output", file, image);
  engine.docker("rm", container);
  engine.docker("image", "rm", "--force", image, base);
  return { file, proxy: await makeProxyImage(engine) };
}

/**
 * An office whose applications are built by a worker in a process of its own, on an engine that others may use, too: names,
 * networks and ports are those of its number.
 */
export async function openYard(
  engine: DockerEngine,
  database: TestDatabase,
  { number, images }: { number: number; images: YardImages },
) {
  await using stack = new AsyncDisposableStack();
  const { path: home } = stack.use(await temporaryFolder());
  stack.defer(() => database.close());
  const hosting = hostingOn(engine, number, images);
  const [target] = hosting.targets;
  const queue = connect(database.config, { as: "application", max: 2 });
  stack.defer(() => queue.close());
  const tasks = await openTasks(queue.pool, () => undefined, { worksTasks: false });
  stack.defer(() => tasks.close());
  const office = await openOffice({
    ...{ database, hosting },
    enqueue: async (tx, name, data) => {
      if (/^(plan|build)-/.test(name)) await tasks.enqueue(tx, name, data);
    },
  });

  await mkdir(join(home, "stacks"));
  await mkdir(join(home, "files"));
  await copyFile(images.file, join(home, stored));
  const passphraseFile = join(home, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  const context = await openStacks({ home, passphraseFile, ...(await preparePulumiState(database.config)) });
  const hosts = openHosts(async () => context);
  await writeFile(join(home, "stacks", `${platformOf(target.name)}.json`), renderPlatform(target));
  accepted(await updateStack(context, platformOf(target.name)));
  await fillRegister();

  const surroundings = { config: database.config, home, passphraseFile, hosting };
  let worker = await startWorker(surroundings);
  stack.defer(() => worker.kill());
  let applications = 0;

  /** What the register needs to know before: the prefix of applications, and whose the proxy's address is. */
  async function fillRegister(): Promise<void> {
    const by = office.people.infrastructure;
    const add = (network: string, name: string) =>
      office.act((tx) => addPrefix(tx, by, office.setting(), { answers: { zone: "Utama", network, name } }));
    accepted(await add(target.prefix, "Aplikasi"));
    const prefixId = accepted(await add("10.213.0.0/16", "Host"));
    const wish = { prefixId, address: engine.address, officeId: by.officeId };
    const answers = { name: "Proxy", basis: "555/1/2026" };
    accepted(await office.act((tx) => assignAddress(tx, by, office.setting(), { ...wish, answers })));
  }

  /** A request that has come to right before it is planned. */
  async function file(): Promise<number> {
    const id = await office.file({ procedure: "hosting" });
    const path =
      pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
    for (const [name, role, , , , answers] of path) {
      if (name === "plan-application") break;
      await office.walk(id, [[name, role, answers ?? usualAnswers[name] ?? {}]]);
    }
    return id;
  }

  /** The data center has it planned, under a name of its own. */
  async function plan(ticketId: number): Promise<void> {
    applications += 1;
    const wish = { target: target.name, runtime: "image", size: "small", reach: "intranet" };
    const answers = { ...wish, "dns-name": `${nameOf(number)}-${syllablesOf(applications)}` };
    await office.walk(ticketId, [["plan-application", "data-center", answers]]);
  }

  async function stateOf(ticketId: number): Promise<string> {
    return (await office.ticket(ticketId)).state;
  }

  /** Until a machine has come to one of these. */
  function comes(ticketId: number, ...states: string[]): Promise<string> {
    const look = async () => {
      const state = await stateOf(ticketId);
      return states.includes(state) ? state : undefined;
    };
    return until(
      async () => `${ticketId} comes to ${states.join(" or ")}; it is ${await stateOf(ticketId)}`,
      look,
      patienceMs,
    );
  }

  /** Everybody presses what they would. @returns the buttons by which it was gone on after something had failed */
  async function drive(ticketId: number): Promise<string[]> {
    const pressed: string[] = [];
    let accepts = 0;
    while (pressed.length <= mostPresses) {
      const state = await comes(
        ticketId,
        ...["accepting-plan", "checking-hosting", "building-stopped", "reporting-application"],
      );
      if (state === "reporting-application") return pressed;
      if (state === "accepting-plan") {
        accepts += 1;
        if (accepts > 1) pressed.push("approve-plan");
        await approve(ticketId);
      } else if (state === "building-stopped") {
        pressed.push("continue-building");
        await office.walk(ticketId, [["continue-building", "data-center", {}]]);
      } else {
        pressed.push("plan-application");
        await checkAgain(ticketId);
        await plan(ticketId);
      }
    }
    throw new Error(`ticket ${ticketId} does not converge by ${pressed.join(", ")}`);
  }

  async function checkAgain(ticketId: number): Promise<void> {
    const path = pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"];
    for (const [name, role, , , , answers] of path ?? []) {
      if (name === "record-hosting-check") await office.walk(ticketId, [[name, role, answers ?? {}]]);
    }
  }

  async function approve(ticketId: number): Promise<void> {
    await office.walk(ticketId, [
      ["accept-plan", "infrastructure", {}],
      ["approve-plan", "leadership", {}],
    ]);
  }

  async function applicationOf(ticketId: number) {
    const application = await findApplicationOfTicket(office.db, ticketId);
    if (application === undefined) throw new Error(`ticket ${ticketId} has no application`);
    return application;
  }

  /** The status of its page by its name; undefined: nobody answers. */
  async function ask(ticketId: number): Promise<number | undefined> {
    const { revision } = await applicationOf(ticketId);
    return hosts.ask(engine.address, { port: target.proxy.httpsPort, name: revision.domainName, path: "/" });
  }

  /** Its ID on the engine, once something was planned. */
  async function image(): Promise<string> {
    const found = await office.db
      .selectFrom("stack_plan")
      .select("image_id")
      .where("image_id", "is not", null)
      .limit(1)
      .executeTakeFirstOrThrow();
    return found.image_id ?? "";
  }

  /** What the worker itself has begun meanwhile, as its look of the hour at all that stands, ends by itself; it is waited for. */
  async function processesLeft() {
    const look = async () => (await processesOn(home)).filter(({ pid }) => pid !== worker.pid);
    await until("all has ended", async () => (await look()).length === 0).catch(() => undefined);
    return look();
  }

  /** What is not as it is after an undisturbed building. */
  async function problemsOf(ticketId: number): Promise<string[]> {
    const application = await applicationOf(ticketId);
    const { stack: name } = application;
    const left = await processesLeft();
    const plan = await findLatestPlan(office.db, { ticketId, stack: name });
    const label = ["--filter", `label=${stackLabel}=${name}`];
    const containers = linesOf(engine.docker("ps", "--all", "--format", "{{.Names}} {{.State}}", ...label));
    const networks = linesOf(engine.docker("network", "ls", "--format", "{{.Name}}", ...label));
    const volumes = linesOf(engine.docker("volume", "ls", "--format", "{{.Name}}", ...label));
    const locks = await sql<{ name: string }>`
      select row_to_json(row)::text as name from pulumi.pulumi_state as row
      where row_to_json(row)::text like ${`%/locks/%${name}/%`}`.execute(database.owner);
    const leases = await office.db.selectFrom("stack_lease").select("stack").where("stack", "=", name).execute();
    const sessions = await listSessions(home, name);
    const again = await hosts.preview(name, plan?.input ?? "", new AbortController().signal);
    const differs = (what: string, found: unknown, wanted: unknown) =>
      JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`${what}: ${JSON.stringify(found)}`];
    return [
      ...differs("containers", containers, [`${name}-web-a running`]),
      ...differs("networks", networks, [name]),
      ...differs("volumes", volumes, [`${name}-${volumeOf(keptFolder.name)}`]),
      ...differs("what they hold", await Promise.all(volumes.map(dataOf)), [dataOfImage.text]),
      ...differs("locks of Pulumi", locks.rows, []),
      ...differs("leases", leases, []),
      ...differs("sessions", [...sessions.values()], []),
      ...differs("processes", left, []),
      ...differs("what an update would do", again.changes, []),
      ...differs("its page by its name", await ask(ticketId), 200),
    ];
  }

  /** What its image brought along. */
  function dataOf(volume: string): Promise<string | undefined> {
    const folder = engine.docker("volume", "inspect", "--format", "{{.Mountpoint}}", volume);
    return readFile(join(folder, dataOfImage.file), "utf8").catch(() => undefined);
  }

  /** Containers of a stack take no part in what comes after: asking each of many for its health, once a second, fills a processor. */
  function takeDown(name: string): void {
    const found = linesOf(engine.docker("ps", "--all", "--quiet", "--filter", `label=${stackLabel}=${name}`));
    if (found.length > 0) engine.docker("rm", "--force", ...found);
  }

  const kept = stack.move();
  return {
    ...{ home, office, hosting, context, hosts, target },
    ...{ file, plan, comes, approve, drive, ask, applicationOf, image, problemsOf, stateOf, takeDown },
    worker: () => worker,
    /** -9, and another one is started at once. */
    async killWorker(): Promise<void> {
      await worker.kill();
      worker = await startWorker(surroundings);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function linesOf(text: string): string[] {
  return text.split("\n").filter(Boolean).sort();
}

function nameOf(number: number): string {
  return ["satu", "dua", "tiga", "empat"][number - 1] ?? `yard-${number}`;
}

const [consonants, vowels] = ["bcdfghjkmnprstvwz", "aeou"];

/** Another word for each number. Names that end in digits may look alike (1 and 11), and would be refused. */
function syllablesOf(number: number): string {
  const all = consonants.length * vowels.length;
  const former = number < all ? "" : syllablesOf(Math.floor(number / all));
  return `${former}${consonants[Math.floor(number / vowels.length) % consonants.length]}${vowels[number % vowels.length]}`;
}

function hostingOn(engine: DockerEngine, number: number, { proxy: image }: YardImages) {
  const [given] = testHosting.targets;
  const ports = { httpPort: 8000 + number, httpsPort: 8400 + number };
  const proxy = { ...given.proxy, ...ports, addresses: [engine.address], image };
  const place = { name: `host-${number}`, prefix: `10.${40 + number}.0.0/16`, endpoint: engine.endpoint };
  const runtimes = testHosting.runtimes.map((each) => (each.name === "image" ? { ...each, kept: [keptFolder] } : each));
  return { ...testHosting, runtimes, targets: [{ ...given, ...place, proxy }] as const } satisfies HostingRules;
}

async function startWorker(surroundings: object) {
  const program = join(checkout, "test/e2e/support/hosting-worker.ts");
  const child = spawn(process.execPath, [program, JSON.stringify(surroundings)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close");
  await Promise.race([once(child.stdout, "data"), ended]);
  if (child.exitCode !== null) throw new Error("a worker ended when it was started");
  return {
    pid: child.pid ?? 0,
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
