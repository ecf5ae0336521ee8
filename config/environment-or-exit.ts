import { homedir } from "node:os";
import { dirname } from "node:path";
import {
  describeProblems,
  type Environment,
  type PartEnvironment,
  type Problem,
  readEnvironment,
  readPartEnvironment,
} from "./env.ts";

export type { PartEnvironment } from "./env.ts";

/** For entry points: what the process was told, or every problem on the terminal and an end with code 2. */
export function environmentOrExit(): Environment {
  const read = readEnvironment(process.env, {
    isRoot: process.getuid?.() === 0,
    homeDirectory: homedir(),
    checkout: dirname(import.meta.dirname),
  });
  if (read.ok) return read.environment;
  exitWith(read.problems);
}

/** The same for a part of Simpul. */
export function environmentOfPartOrExit(): PartEnvironment {
  const read = readPartEnvironment(environmentOrExit());
  if (read.ok) return read.environment;
  exitWith(read.problems);
}

function exitWith(problems: Problem[]): never {
  process.stderr.write(`${describeProblems(problems)}\n`);
  process.exit(2);
}
