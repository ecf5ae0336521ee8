import { setTimeout as pause } from "node:timers/promises";
import { processesOn } from "../../test/e2e/support/processes.ts";
import type { Check } from "./checks.ts";

/** PostgreSQL's processes see within that, that their postmaster is gone. */
const patienceMs = 15_000;

/** What still runs of a run that is over: everything of it works in its folder, or has it in its environment. */
export async function checkOrphans(folder: string): Promise<Check> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const left = await processesOn(folder);
    const problems = left.map(({ pid, command }) => `${pid}: ${command}`);
    if (left.length === 0 || Date.now() > giveUpAt)
      return { name: "no process is left", found: `${left.length} left`, problems };
    await pause(100);
  }
}
