import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const checkMs = 20_000;
const longestProblem = 400;

/** What the check found; `unchecked`: the program is not on this machine. */
export type ZoneCheck = "good" | "unchecked" | { problem: string };

/**
 * Asks BIND's `named-checkzone` whether a name server would take that file. It looks at nothing beside it: names of others are
 * not looked up.
 */
export async function checkZone(zone: string, path: string, program = "named-checkzone"): Promise<ZoneCheck> {
  try {
    await run(program, ["-i", "local", zone, path], { timeout: checkMs });
    return "good";
  } catch (fault) {
    const { code, stdout } = fault as { code?: string | number; stdout?: string };
    if (code === "ENOENT") return "unchecked";
    if (typeof code !== "number") throw new Error(`checking zone ${zone} by ${program}`, { cause: fault });
    return { problem: (stdout ?? "").replaceAll(path, zone).trim().slice(0, longestProblem) || `exit ${code}` };
  }
}
