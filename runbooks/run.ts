import { ProcessOutput } from "zx";
import type { Environment } from "../config/env.ts";
import { environmentOrExit } from "../config/environment-or-exit.ts";
import { UnsupportedServer } from "../core/db/database.ts";
import { AlreadyRunning } from "../core/db/embedded-postgres.ts";
import { MigrationRefused } from "../core/db/migrate.ts";
import { ServerUnreachable } from "../core/db/only-one.ts";
import { NoDatabase } from "../core/db/reach-database.ts";
import * as backup from "./backup.ts";
import { Refused } from "./refused.ts";
import * as restore from "./restore.ts";
import { presentStep } from "./step.ts";

/** One procedure: what it does in a line, what it is given, and its steps. */
type Runbook = {
  summary: string;
  /** as a usage names them */
  parameters: string;
  leastParameters?: number;
  mostParameters: number;
  run(environment: Environment, given: readonly string[]): Promise<void>;
};

const runbooks: Record<string, Runbook> = { backup, restore };

await main(process.argv.slice(2));

/** `npm run runbook -- NAME …` does one procedure, step by step. */
async function main([name = "", ...given]: readonly string[]): Promise<void> {
  const runbook = Object.hasOwn(runbooks, name) ? runbooks[name] : undefined;
  const isRight =
    runbook !== undefined &&
    given.length >= (runbook.leastParameters ?? 0) &&
    given.length <= runbook.mostParameters &&
    !given.some((each) => each === "" || each.startsWith("-"));
  if (!isRight) {
    process.stderr.write(usage());
    process.exitCode = 2;
    return;
  }
  try {
    await runbook.run(environmentOrExit(), given);
  } catch (fault) {
    process.stderr.write(`\nStopped at the step "${presentStep()}".\n${explain(fault)}\n`);
    process.exitCode = 1;
  }
}

function usage(): string {
  const lines = Object.entries(runbooks).map(
    ([name, { parameters, summary }]) => `  npm run runbook -- ${`${name} ${parameters}`.padEnd(20)}  ${summary}`,
  );
  return `${[
    "Runbooks:",
    ...lines,
    "For example:",
    "  npm run runbook -- backup /srv/backups",
    "  SIMPUL_HOME=/var/lib/simpul-restored npm run runbook -- restore /srv/backups/simpul-labura-20261125T141500Z.tar",
  ].join("\n")}\n`;
}

/** A refusal is its sentence; a command that failed its exit code, place and last lines; anything else a defect. */
function explain(fault: unknown): string {
  if (fault instanceof ProcessOutput) return explainCommand(fault);
  if (!(fault instanceof Error)) return String(fault);
  const plain = [Refused, NoDatabase, ServerUnreachable, AlreadyRunning, MigrationRefused, UnsupportedServer];
  const isOfFile = "syscall" in fault && "path" in fault;
  const isPlain = isOfFile || plain.some((kind) => fault instanceof kind);
  return isPlain ? fault.message : (fault.stack ?? fault.message);
}

function explainCommand({ exitCode, signal, stderr, message }: ProcessOutput): string {
  const place = /\bat .*?(\/[^\s:]+:\d+):\d+/.exec(message)?.[1] ?? "an unknown place";
  const lines = stderr.trimEnd().split("\n").slice(-8);
  return [`A command ended with ${signal ?? `code ${exitCode}`}, at ${place}. It said last:`, ...lines].join("\n  ");
}
