import { ProcessOutput } from "zx";
import type { Environment } from "../config/env.ts";
import { environmentOrExit } from "../config/environment-or-exit.ts";
import { explainFault } from "../core/domain/operator-fault.ts";
import * as backup from "./backup.ts";
import * as prepareHost from "./prepare-host.ts";
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

const runbooks: Record<string, Runbook> = { backup, "prepare-host": prepareHost, restore };

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
    process.stderr.write(
      `\nStopped at the step "${presentStep()}".\n${fault instanceof ProcessOutput ? explainCommand(fault) : explainFault(fault)}\n`,
    );
    process.exitCode = 1;
  }
}

function usage(): string {
  const lines = Object.entries(runbooks).map(
    ([name, { parameters, summary }]) => `  npm run runbook -- ${`${name} ${parameters}`.padEnd(26)}  ${summary}`,
  );
  return `${[
    "Runbooks:",
    ...lines,
    "For example:",
    "  npm run runbook -- backup /srv/backups",
    "  SIMPUL_HOME=/var/lib/simpul-restored npm run runbook -- restore /srv/backups/simpul-labura-20261125T141500Z.tar",
  ].join("\n")}\n`;
}

/** Where it broke, and its last words. */
function explainCommand({ exitCode, signal, stderr, message }: ProcessOutput): string {
  const place = /\bat .*?(\/[^\s:]+:\d+):\d+/.exec(message)?.[1] ?? "an unknown place";
  const lines = stderr.trimEnd().split("\n").slice(-8);
  return [`A command ended with ${signal ?? `code ${exitCode}`}, at ${place}. It said last:`, ...lines].join("\n  ");
}
