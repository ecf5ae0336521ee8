import { randomInt } from "node:crypto";
import { type ChaosResult, runChaos } from "./chaos/chaos.ts";
import type { Row } from "./report.ts";

const fullKills = 1_000;

/**
 * Offices at work while everything is killed. `CHAOS_SEED` repeats a plan of kills, faults and choices; `CHAOS_SECONDS` makes it a
 * short one, which publishes no figures, and so does `CHAOS_KILLS`.
 *
 * @returns undefined: nothing to publish
 * @throws Error something did not hold
 */
export async function chaos(): Promise<Row[] | undefined> {
  const seed = numberIn("CHAOS_SEED") ?? randomInt(2 ** 31);
  const [seconds, kills] = [numberIn("CHAOS_SECONDS"), numberIn("CHAOS_KILLS")];
  const until = seconds === undefined ? { kills: kills ?? fullKills } : { seconds };
  console.log(`chaos: CHAOS_SEED=${seed}, ${"seconds" in until ? `${until.seconds} s` : `${until.kills} kills`}`);
  const result = await runChaos({ seed, until, withRedis: true, say: (line) => console.log(`chaos: ${line}`) });
  tellOf(result);
  if (result.checks.some(({ problems }) => problems.length > 0))
    throw new Error(`chaos: CHAOS_SEED=${seed} did not hold`);
  return undefined;
}

function tellOf({ checks, kills, seconds }: ChaosResult): void {
  console.log(`chaos: ${kills.length} kills in ${Math.round(seconds)} s`);
  for (const { name, found, problems } of checks) {
    console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name} (${found})`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
}

function numberIn(variable: string): number | undefined {
  const given = process.env[variable];
  if (given === undefined || given === "") return undefined;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`${variable} must be a whole number, for example 42`);
  return number;
}
