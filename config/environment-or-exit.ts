import { homedir } from "node:os";
import { dirname } from "node:path";
import { describeProblems, type Environment, readEnvironment } from "./env.ts";

/** For entry points: what the process was told, or every problem on the terminal and an end with code 2. */
export function environmentOrExit(): Environment {
  const read = readEnvironment(process.env, {
    isRoot: process.getuid?.() === 0,
    homeDirectory: homedir(),
    checkout: dirname(import.meta.dirname),
  });
  if (read.ok) return read.environment;
  process.stderr.write(`${describeProblems(read.problems)}\n`);
  process.exit(2);
}
