import { setTimeout as pause } from "node:timers/promises";
import { stackLabel } from "../../../core/domain/hosting/stack-names.ts";
import { listSessions } from "../../../infra/stacks/run-pulumi.ts";
import type { DockerEngine } from "./docker-engine.ts";
import type { Yard } from "./hosting-yard.ts";
import { kill, processesOn } from "./processes.ts";
import { until } from "./until.ts";

export const victims = ["worker", "pulumi", "docker"] as const;
/** Where the ticket stands when a machine has nothing to do for it any more. */
const done = "reporting-application";
export type Victim = (typeof victims)[number];

const listAll = ["ps", "--all", "--no-trunc", "--quiet"];

/** What became of an application while something was killed. */
export type Point = {
  victim: Victim;
  /** of the time that an undisturbed one takes from its planning on */
  fraction: number;
  /** where its ticket stood at the kill */
  at: string;
  /** by which it was gone on with; none: it converged unaided */
  pressed: string[];
  /** from the kill until it was built */
  seconds: number;
  problems: string[];
};

/** How long one takes from its planning until it is built, when nobody disturbs it. */
export async function timeUndisturbed(yard: Yard): Promise<number> {
  const ticketId = await yard.file();
  const begin = performance.now();
  await yard.plan(ticketId);
  await yard.drive(ticketId);
  const lasted = performance.now() - begin;
  yard.takeDown((await yard.applicationOf(ticketId)).stack);
  return lasted;
}

/** A point at which there was nothing to kill any more is drawn again, so much earlier. */
const earlier = 0.8;

/** The worker or Pulumi of one application is killed at that point of its building. */
export async function killAt(
  yard: Yard,
  victim: "worker" | "pulumi",
  fraction: number,
  wholeMs: number,
): Promise<Point> {
  for (let drawn = fraction; ; drawn *= earlier) {
    const point = await killOnce(yard, victim, drawn, wholeMs);
    if (point !== "too-late") return point;
    console.log(`killing ${victim}: all was done at ${drawn.toFixed(2)} of the whole, drawn again`);
  }
}

async function killOnce(
  yard: Yard,
  victim: "worker" | "pulumi",
  fraction: number,
  wholeMs: number,
): Promise<Point | "too-late"> {
  const ticketId = await yard.file();
  await yard.plan(ticketId);
  const driven = yard.drive(ticketId);
  await pause(fraction * wholeMs);
  const at = await yard.stateOf(ticketId);
  const killedAt = performance.now();
  const isDone = at === done || (victim === "pulumi" && !(await killPulumi(yard, ticketId)));
  if (isDone) {
    await driven;
    return "too-late";
  }
  if (victim === "worker") await yard.killWorker();
  return { victim, fraction, at, ...(await outcomeOf(yard, ticketId, driven, killedAt)) };
}

/** The engine of several is killed once, when each is at a point of its own. @param fractions of each yard, at most 1 */
export async function killEngineAt(
  engine: DockerEngine,
  yards: readonly Yard[],
  fractions: readonly number[],
  wholeMs: number,
): Promise<Point[]> {
  const last = Math.max(...fractions);
  const killed = Promise.withResolvers<number>();
  const restarted = Promise.withResolvers<void>();
  const points = yards.map(async (yard, index): Promise<Point> => {
    const fraction = fractions[index] ?? 0;
    const ticketId = await yard.file();
    await pause((last - fraction) * wholeMs);
    await yard.plan(ticketId);
    const driven = yard.drive(ticketId);
    const killedAt = await killed.promise;
    const at = await yard.stateOf(ticketId);
    await restarted.promise;
    return { victim: "docker", fraction, at, ...(await outcomeOf(yard, ticketId, driven, killedAt)) };
  });
  await pause(last * wholeMs);
  killed.resolve(performance.now());
  await engine.kill();
  await engine.restart();
  restarted.resolve();
  return Promise.all(points);
}

const mostTries = 5;

/** The engine is killed while it starts a container: it says afterwards that this one never ran, and does not start it again. */
export async function killEngineAtStart(engine: DockerEngine, yard: Yard): Promise<Point> {
  for (let tries = 0; tries < mostTries; tries++) {
    const ticketId = await yard.file();
    await yard.plan(ticketId);
    const driven = yard.drive(ticketId);
    const { stack } = await yard.applicationOf(ticketId);
    const ofStack = ["--filter", `label=${stackLabel}=${stack}`];
    const made = () => engine.docker(...listAll, ...ofStack);
    // What runs a container has its whole id among its arguments.
    await until("a container is being started", async () => made() !== "" && (await processesOn(made())).length > 0);
    const at = await yard.stateOf(ticketId);
    const killedAt = performance.now();
    await engine.kill();
    await engine.restart();
    const neverRan = engine.docker(...listAll, ...ofStack, "--filter", "status=created");
    const point = {
      victim: "docker" as const,
      fraction: 0,
      at,
      ...(await outcomeOf(yard, ticketId, driven, killedAt)),
    };
    if (neverRan !== "") return point;
    console.log("killing docker: the container ran already, drawn again");
  }
  throw new Error(`the engine was not killed while it started a container, ${mostTries} times`);
}

/** The next one that runs on its stack, where none runs just now. @returns false: all was done before one ran */
async function killPulumi(yard: Yard, ticketId: number): Promise<boolean> {
  const { stack } = await yard.applicationOf(ticketId);
  const [session] = await until(
    `Pulumi works on ${stack}`,
    async () => {
      const sessions = [...(await listSessions(yard.home, stack)).values()];
      return sessions.length > 0 ? sessions : (await yard.stateOf(ticketId)) === done && [];
    },
    60_000,
  );
  if (session !== undefined) kill(session.pid, "SIGKILL");
  return session !== undefined;
}

async function outcomeOf(yard: Yard, ticketId: number, driven: Promise<string[]>, killedAt: number) {
  const pressed = await driven;
  const seconds = (performance.now() - killedAt) / 1000;
  const problems = await yard.problemsOf(ticketId);
  yard.takeDown((await yard.applicationOf(ticketId)).stack);
  return { pressed, seconds, problems };
}

/** A kill that comes later may find everything done: no two runs take the same time. */
const latest = 0.85;

/** As many points as that, one in each part of the whole, in any order. */
export function spread(
  draws: { fraction(): number; shuffled<Item>(items: readonly Item[]): Item[] },
  count: number,
): number[] {
  return draws.shuffled(Array.from({ length: count }, (_, number) => (latest * (number + draws.fraction())) / count));
}
