import { writeFile } from "node:fs/promises";
import { findLatestPlan } from "../core/db/hosting/stack-plans.ts";
import { addressOfSlot } from "../core/domain/hosting/application.ts";
import { sha256 } from "../core/domain/hosting/canonical.ts";
import { inputFileOf } from "../infra/stack-files.ts";
import { approveInput } from "../infra/stacks/context.ts";
import { runPulumi } from "../infra/stacks/run-pulumi.ts";
import type { DockerEngine } from "../test/e2e/support/docker-engine.ts";
import type { Yard } from "../test/e2e/support/hosting-yard.ts";
import { until } from "../test/e2e/support/until.ts";
import { accepted } from "../test/support/ipam.ts";
import { openGround } from "./hosting/ground.ts";
import { numberIn } from "./number-in.ts";
import { median, type Row } from "./report.ts";

/** So many builds a worker has under way at once. */
const width = 3;
const fullCrowd = 20;
const times = 3;
/** Issue 8: one with its re-check, and many at the same width, against Pulumi alone. */
const aim = 1.3;
const patienceMs = 600_000;

/**
 * From the approval to a page by its name, for one application and for many, beside Pulumi alone over the same files and Docker alone.
 * `PROVISION_COUNT` is how many the many are; with it no figures are published.
 */
export async function provision(): Promise<Row[] | undefined> {
  const given = numberIn("PROVISION_COUNT");
  await using stack = new AsyncDisposableStack();
  const { engine, yards } = await openGround(stack, { yards: 1 });
  const [yard] = yards;
  if (yard === undefined) throw new Error("measuring: there is no yard");
  const rows = [...(await measureOne(engine, yard)), ...(await measureMany(engine, yard, given ?? fullCrowd))];
  if (given === undefined) return rows;
  for (const { what, figure, compared = "" } of rows) console.log(`${what}: ${figure} (${compared})`);
  return undefined;
}

async function measureOne(engine: DockerEngine, yard: Yard): Promise<Row[]> {
  const ours: number[] = [];
  const raw: number[] = [];
  const plain: number[] = [];
  for (let time = 0; time < times; time++) {
    const ticketId = await planned(yard);
    ours.push(await timed(() => approveAndReach(yard, [ticketId])));
    await takeDown(yard, [ticketId]);
    const [stack = ""] = await rawStacks(yard, 1);
    raw.push(await timed(() => update(yard, stack)));
    yard.takeDown(stack);
    const image = await yard.image();
    plain.push(await timed(() => runPlainly(engine, image, `plain-one-${time}`)));
    console.log(`provision: one took ${seconds(ours.at(-1) ?? 0)}, Pulumi alone ${seconds(raw.at(-1) ?? 0)}`);
  }
  const compared = `Pulumi alone: ${seconds(median(raw))}; docker run: ${seconds(median(plain))}`;
  return [
    rowOf("one application, approved to HTTP 200 by its name", median(ours), median(raw), compared),
    { what: "of it", ...(await measureParts(yard)) },
  ];
}

async function measureMany(engine: DockerEngine, yard: Yard, count: number): Promise<Row[]> {
  const tickets: number[] = [];
  for (let number = 0; number < count; number++) tickets.push(await planned(yard));
  const ours = await timed(() => approveAndReach(yard, tickets));
  await takeDown(yard, tickets);
  const stacks = await rawStacks(yard, count);
  const raw = await timed(() => together(stacks, (stack) => update(yard, stack)));
  for (const stack of stacks) yard.takeDown(stack);
  console.log(`provision: ${count} took ${seconds(ours)}, Pulumi alone ${seconds(raw)}`);
  const image = await yard.image();
  const plain = await timed(() => together(stacks, (stack) => runPlainly(engine, image, `plain-${stack}`)));
  const compared = `Pulumi alone: ${seconds(raw)}; docker run: ${seconds(plain)}; ${width} at once each`;
  return [rowOf(`${count} applications, approved together, to the last one's page`, ours, raw, compared)];
}

/** A ticket whose plan waits for its approval. */
async function planned(yard: Yard): Promise<number> {
  const ticketId = await yard.file();
  await yard.plan(ticketId);
  await yard.comes(ticketId, "accepting-plan");
  return ticketId;
}

async function approveAndReach(yard: Yard, tickets: readonly number[]): Promise<void> {
  for (const ticketId of tickets) await yard.approve(ticketId);
  const reached = (ticketId: number) =>
    until(`the page of ticket ${ticketId}`, async () => (await yard.ask(ticketId)) === 200, patienceMs);
  await Promise.all(tickets.map(reached));
}

/** So that what is measured next has the engine to itself. */
async function takeDown(yard: Yard, tickets: readonly number[]): Promise<void> {
  for (const ticketId of tickets) yard.takeDown((await yard.applicationOf(ticketId)).stack);
}

/** How long each part of a building takes that nobody else disturbs. */
async function measureParts(yard: Yard): Promise<Pick<Row, "figure" | "compared">> {
  const { signal } = new AbortController();
  const ticketId = await planned(yard);
  const application = await yard.applicationOf(ticketId);
  const { stack: name, port, reach, revision } = application;
  const plan = await findLatestPlan(yard.office.db, { ticketId, stack: name });
  const upstreams = [`${addressOfSlot(application, revision.slot)}:${port}`];
  const preview = await timed(() => yard.hosts.preview(name, plan?.input ?? "", signal));
  const update = await timed(() => yard.hosts.update(name, plan?.input ?? "", signal));
  const route = await timed(() => yard.hosts.route(yard.target, [{ names: [revision.domainName], upstreams, reach }]));
  const ask = await timed(() => yard.ask(ticketId));
  return {
    figure: `update ${seconds(update)}, preview before it ${seconds(preview)}`,
    compared: `routes ${seconds(route)}, asking by its name ${seconds(ask)}; the rest is waiting for the queue, which looks twice a second`,
  };
}

let rawCount = 0;

/** Stacks that nobody has planned, of the same file but for their names and networks; they are there, and empty. */
async function rawStacks(yard: Yard, count: number): Promise<string[]> {
  const ticketId = await planned(yard);
  const { stack } = await yard.applicationOf(ticketId);
  const plan = await findLatestPlan(yard.office.db, { ticketId, stack });
  const input = JSON.parse(plan?.input ?? "{}") as { web: object[] };
  const names = Array.from({ length: count }, () => `app-raw-${++rawCount}`);
  for (const name of names) {
    const at = (last: number) => `10.90.${name.slice("app-raw-".length)}.${last}`;
    const network = { subnet: `${at(0)}/29`, gateway: at(1) };
    const web = input.web.map((slot) => ({ ...slot, address: at(2) }));
    const text = JSON.stringify({ ...input, name, network, web });
    await writeFile(inputFileOf(yard.home, name), text);
    await approveInput(yard.home, name, sha256(text));
  }
  await together(names, async (name) => {
    accepted(await runPulumi(yard.context, name, ["stack", "init"], { doing: `making stack ${name}` }));
  });
  return names;
}

/** As an engineer types it. */
async function update(yard: Yard, stack: string): Promise<void> {
  const args = ["up", "--yes", "--refresh", "--suppress-progress"];
  accepted(await runPulumi(yard.context, stack, args, { doing: `updating stack ${stack}` }));
}

/** A network and a container, until it answers. */
async function runPlainly(engine: DockerEngine, image: string, name: string): Promise<void> {
  engine.docker("network", "create", name);
  engine.docker("run", "--detach", "--name", name, "--network", name, "--memory", "64m", image);
  const page = ["/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"];
  await until(`${name} answers`, () => {
    try {
      engine.docker("exec", name, ...page);
      return true;
    } catch {
      return false;
    }
  });
}

/** As many at once as a worker does. */
async function together<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const take = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, take));
}

function rowOf(what: string, ours: number, raw: number, compared: string): Row {
  const ratio = (ours / raw).toFixed(2);
  return { what, figure: seconds(ours), compared: `${compared}; ${ratio} times Pulumi alone, aim: ${aim}` };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
