import { readdir, readFile, readlink } from "node:fs/promises";

export type RunningProcess = { pid: number; command: string };

/** Who works in that folder: has its path as working directory, among its arguments or in its environment. */
export async function processesOn(folder: string): Promise<RunningProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => readProcess(pid)));
  return found
    .filter((each) => each !== undefined)
    .filter(({ pid, traces }) => pid !== process.pid && traces.includes(folder))
    .map(({ pid, command }) => ({ pid, command }));
}

/** For good; they are known by the folder, so nobody else's process is meant. */
export async function killAllOn(folder: string): Promise<void> {
  for (const { pid } of await processesOn(folder)) kill(pid, "SIGKILL");
}

/** A process, or with a minus its group; one that is gone already is fine. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function readProcess(pid: number): Promise<(RunningProcess & { traces: string }) | undefined> {
  try {
    const [command, environment, workingDirectory] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, "utf8"),
      readFile(`/proc/${pid}/environ`, "utf8"),
      readlink(`/proc/${pid}/cwd`),
    ]);
    const words = command.replaceAll("\0", " ").trim();
    return { pid, command: words, traces: `${words}\n${environment}\n${workingDirectory}` };
  } catch {
    return undefined; // It ended while we looked, or is a zombie.
  }
}
