import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Draws } from "../../bench/chaos/draws.ts";
import { freshDatabase } from "../support/database.ts";
import { type DockerEngine, openDockerEngine } from "./support/docker-engine.ts";
import { temporaryFolder } from "./support/folders.ts";
import {
  killAt,
  killEngineAt,
  killEngineAtStart,
  type Point,
  spread,
  timeUndisturbed,
} from "./support/hosting-kills.ts";
import { makeYardImages, openYard, type Yard } from "./support/hosting-yard.ts";

const stack = new AsyncDisposableStack();
/** As many points of each kind as there are yards, which are disturbed side by side: HOSTING_SEED plays them again. */
const seed = Number(process.env.HOSTING_SEED ?? randomInt(2 ** 31));

let engine: DockerEngine;
let yards: Yard[];
let wholeMs: number;

beforeAll(async () => {
  console.log(`HOSTING_SEED=${seed}`);
  const folder = stack.use(await temporaryFolder());
  engine = stack.use(await openDockerEngine());
  const images = await makeYardImages(engine, folder.path);
  const opening = [1, 2, 3].map(async (number) => openYard(engine, await freshDatabase(), { number, images }));
  yards = (await Promise.all(opening)).map((yard) => stack.use(yard));
  const [first] = yards;
  if (first === undefined) throw new Error("there is no yard");
  // All at once take about twice as long on two processors. What is drawn too late is drawn again.
  wholeMs = 2 * (await timeUndisturbed(first));
});
afterAll(() => stack.disposeAsync());

/** It came about, once, and nothing is left of what was killed. */
function expectConverged(points: readonly Point[]): void {
  for (const point of points) console.log(JSON.stringify(point));
  expect(points.flatMap(({ problems }) => problems)).toEqual([]);
  expect(points.flatMap(({ pressed }) => pressed).filter((button) => button === "approve-plan")).toEqual([]);
}

test.each(["worker", "pulumi"] as const)(
  "a %s that is killed at any time leaves an application that comes about",
  async (victim) => {
    const fractions = spread(new Draws(seed, victim), yards.length);
    const killed = yards.map((yard, index) => killAt(yard, victim, fractions[index] ?? 0, wholeMs));
    expectConverged(await Promise.all(killed));
  },
);

test("so does an engine that is killed, of which all its applications come about", async () => {
  const fractions = spread(new Draws(seed, "docker"), yards.length);
  expectConverged(await killEngineAt(engine, yards, fractions, wholeMs));
});

test("and one whose container the engine was starting when it was killed", async () => {
  const [yard] = yards;
  if (yard === undefined) throw new Error("there is no yard");
  expectConverged([await killEngineAtStart(engine, yard)]);
});
