import { randomInt } from "node:crypto";
import {
  killAt,
  killEngineAt,
  type Point,
  spread,
  timeUndisturbed,
  victims,
} from "../test/e2e/support/hosting-kills.ts";
import { Draws } from "./chaos/draws.ts";
import { openGround } from "./hosting/ground.ts";
import { numberIn } from "./number-in.ts";
import type { Row } from "./report.ts";

const fullPoints = 20;
const width = 3;
/** Issue 8: so many come about unaided, the others by their own button. */
const aim = 0.95;

/**
 * Applications are built while worker, Pulumi or engine are killed, each at so many points of the building. `CHAOS_SEED` repeats the
 * points; with `CHAOS_POINTS` there are fewer, and no figures are published.
 *
 * @returns undefined: nothing to publish. Where something did not hold the process ends with code 1
 */
export async function chaosHosting(): Promise<Row[] | undefined> {
  const seed = numberIn("CHAOS_SEED") ?? randomInt(2 ** 31);
  const count = numberIn("CHAOS_POINTS") ?? fullPoints;
  console.log(`chaos-hosting: CHAOS_SEED=${seed}, ${count} points each`);
  const begin = performance.now();
  const points = await killAll(seed, count);
  const rows = [
    ...victims.map((victim) =>
      rowOf(
        victim,
        points.filter((point) => point.victim === victim),
      ),
    ),
    rowOf("all", points),
    { what: "time", figure: `${((performance.now() - begin) / 60_000).toFixed(1)} min`, compared: `seed ${seed}` },
  ];
  const broken = points.filter(({ problems }) => problems.length > 0);
  for (const point of broken) console.error(`chaos-hosting: did not hold: ${JSON.stringify(point)}`);
  const isShort = unaidedOf(points).length < aim * points.length;
  if (isShort) console.error(`chaos-hosting: fewer than ${aim * 100} % came about unaided`);
  if (broken.length > 0 || isShort) process.exitCode = 1;
  else if (count === fullPoints) return rows;
  for (const { what, figure, compared = "" } of rows) console.log(`${what}: ${figure} (${compared})`);
  return undefined;
}

async function killAll(seed: number, count: number): Promise<Point[]> {
  await using stack = new AsyncDisposableStack();
  const { engine, yards } = await openGround(stack, { yards: width });
  const wholeMs = Math.min(...(await Promise.all(yards.map(timeUndisturbed))));
  const points: Point[] = [];
  for (const victim of victims) {
    const fractions = spread(new Draws(seed, victim), count);
    for (let first = 0; first < count; first += width) {
      const round = fractions.slice(first, first + width);
      const present = yards.slice(0, round.length);
      const killed =
        victim === "docker"
          ? await killEngineAt(engine, present, round, wholeMs)
          : await Promise.all(present.map((yard, index) => killAt(yard, victim, round[index] ?? 0, wholeMs)));
      points.push(...killed);
      for (const point of killed) console.log(`chaos-hosting: ${JSON.stringify(point)}`);
    }
  }
  return points;
}

function unaidedOf(points: readonly Point[]): Point[] {
  return points.filter(({ pressed }) => pressed.length === 0);
}

function rowOf(what: string, points: readonly Point[]): Row {
  const unaided = unaidedOf(points).length;
  const seconds = points.map((point) => point.seconds).sort((one, other) => one - other);
  const median = seconds[Math.floor(seconds.length / 2)] ?? Number.NaN;
  const share = ((100 * unaided) / points.length).toFixed(0);
  return {
    what: `${what} killed, -9: came about unaided`,
    figure: `${unaided} of ${points.length} (${share} %)`,
    compared: `aim: ${aim * 100} %, the others by their button; built ${median.toFixed(0)} s after the kill, longest ${(seconds.at(-1) ?? Number.NaN).toFixed(0)} s`,
  };
}
