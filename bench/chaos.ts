import { randomInt } from "node:crypto";
import { procedures } from "../core/domain/procedures/index.ts";
import { ticketNumber } from "../core/domain/ticket/ticket.ts";
import { type ChaosResult, runChaos } from "./chaos/chaos.ts";
import { ticketOf } from "./chaos/telephone.ts";
import { numberIn } from "./number-in.ts";
import type { Row } from "./report.ts";

const fullKills = 1_000;

/**
 * Offices at work while everything is killed. `CHAOS_SEED` repeats a plan of kills, faults and choices; with `CHAOS_SECONDS` or
 * `CHAOS_KILLS` it is a short one, which publishes no figures.
 *
 * @returns undefined: nothing to publish. Where something did not hold the process ends with code 1
 */
export async function chaos(): Promise<Row[] | undefined> {
  const seed = numberIn("CHAOS_SEED") ?? randomInt(2 ** 31);
  const [seconds, kills] = [numberIn("CHAOS_SECONDS"), numberIn("CHAOS_KILLS")];
  const until = seconds === undefined ? { kills: kills ?? fullKills } : { seconds };
  console.log(`chaos: CHAOS_SEED=${seed}, ${"seconds" in until ? `${until.seconds} s` : `${until.kills} kills`}`);
  const result = await runChaos({ seed, until, withRedis: true, say: (line) => console.log(`chaos: ${line}`) });
  tellChecks(result);
  const rows = rowsOf(result, seed);
  if (result.checks.some(({ problems }) => problems.length > 0)) {
    console.error(`chaos: something did not hold; CHAOS_SEED=${seed} repeats the plan`);
    process.exitCode = 1;
    return undefined;
  }
  if (seconds === undefined && kills === undefined) return rows;
  for (const { what, figure, compared = "" } of rows) console.log(`${what}: ${figure} (${compared})`);
  return undefined;
}

function tellChecks({ checks, book }: ChaosResult): void {
  for (const { name, found, problems } of checks) {
    console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name}${found === "" ? "" : ` (${found})`}`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
  const named = new Set(checks.flatMap(({ problems }) => problems.map((text) => ticketOf({ text }))));
  for (const { id, diary } of book.tickets.values()) {
    if (named.has(id)) console.log(`${ticketNumber(id)}\n  ${diary.join("\n  ")}`);
  }
}

function rowsOf(result: ChaosResult, seed: number): Row[] {
  const { kills, seconds, book, telephones, repetitions, messages, faults, ownEndings, checks } = result;
  const recoveries = kills.flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [answeredAt - at]));
  const steps = [...book.steps.values()].reduce((sum, count) => sum + count, 0);
  const all = procedures.flatMap((of) => of.steps.filter(({ by }) => by !== "clock"));
  return [
    { what: "kills (-9)", figure: `${kills.length}`, compared: countsOf(kills.map(({ what }) => what)) },
    { what: "time", figure: `${(seconds / 60).toFixed(1)} min`, compared: `seed ${seed}` },
    { what: "tickets filed", figure: `${book.tickets.size}`, compared: listed(book.filed) },
    { what: "steps done", figure: `${steps}`, compared: `${book.steps.size} different ones of ${all.length}` },
    {
      what: "messages and edits delivered",
      figure: `${messages}`,
      compared: `${faults} faults of the Bot API meanwhile`,
    },
    {
      what: "messages that came twice",
      figure: `${repetitions}`,
      compared: `${(repetitions / kills.length).toFixed(3)} a kill`,
    },
    { what: "from a kill to the next message to anybody", ...times(recoveries) },
    { what: "a person's wait for an answer", ...times(telephones.flatMap(({ waits }) => waits)) },
    { what: "parts that ended by themselves", figure: `${ownEndings}`, compared: "while the database was away" },
    { what: "checked afterwards", figure: `${checks.length}`, compared: checks.map(({ name }) => name).join("; ") },
  ];
}

function times(ms: readonly number[]): { figure: string; compared: string } {
  const sorted = ms.toSorted((one, other) => one - other);
  const at = (part: number) => {
    const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
    return `${(found / 1000).toFixed(2)} s`;
  };
  return { figure: `p50 ${at(0.5)}, p99 ${at(0.99)}`, compared: `longest ${at(1)}` };
}

function countsOf(names: readonly string[]): string {
  return listed(new Map([...Map.groupBy(names, (name) => name)].map(([name, of]) => [name, of.length])));
}

function listed(counts: ReadonlyMap<string, number>): string {
  const most = [...counts].sort(([, one], [, other]) => other - one);
  return most.map(([name, count]) => `${name} ${count}`).join(", ");
}
