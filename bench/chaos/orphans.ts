import { setTimeout as pause } from "node:timers/promises";
import { processesOn, type RunningProcess } from "../../test/e2e/support/processes.ts";

/** PostgreSQL's processes see within that, that their postmaster is gone. */
const patienceMs = 15_000;

/** What still runs of a run that is over: everything of it works in its folder, or has it in its environment. */
export async function findOrphans(folder: string): Promise<RunningProcess[]> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const found = await processesOn(folder);
    if (found.length === 0 || Date.now() > giveUpAt) return found;
    await pause(100);
  }
}
