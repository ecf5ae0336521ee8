import { setTimeout as pause } from "node:timers/promises";
import { kill, processesOn } from "../../test/e2e/support/processes.ts";
import type { Check } from "./checks.ts";

/** PostgreSQL's processes see within that, that their postmaster is gone. */
const patienceMs = 15_000;

/** What still runs of a run that is over, and is ended then: it works in its folder, or has it in its environment. */
export async function checkOrphans(folder: string): Promise<Check> {
  const name = "no process is left";
  if (process.platform !== "linux") return { name, found: "not looked for: there is no /proc", problems: [] };
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const left = await processesOn(folder);
    const problems = left.map(({ pid, command }) => `${pid}: ${command}`);
    if (left.length > 0 && Date.now() < giveUpAt) {
      await pause(100);
      continue;
    }
    for (const { pid } of left) kill(pid, "SIGKILL");
    return { name, found: `${left.length} left`, problems };
  }
}
