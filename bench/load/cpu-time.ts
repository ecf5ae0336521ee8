import { readFile } from "node:fs/promises";
import { processesOn } from "../../test/e2e/support/processes.ts";

/** Milliseconds of a processor: of a process, and of its children that have ended. */
export type CpuTime = { ownMs: number; childrenMs: number };

/** Fields of `/proc/PID/stat` after the name: user and system of its own, then of its children; in hundredths of a second. */
const [fieldOfOwn, fieldOfChildren, tickMs] = [11, 13, 10];

export async function cpuTimeOf(pid: number | "self"): Promise<CpuTime> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ofBoth = (first: number) => ((fields[first] ?? 0) + (fields[first + 1] ?? 0)) * tickMs;
  return { ownMs: ofBoth(fieldOfOwn), childrenMs: ofBoth(fieldOfChildren) };
}

/** Of PostgreSQL: who serves connections and vacuums, and who writes to disk in the background. */
export type PostgresTime = { backendsMs: number; writersMs: number };

const writers = /^postgres: (checkpointer|background writer|walwriter)/;

/** @param home of the server */
export async function cpuTimeOfPostgres(home: string): Promise<PostgresTime> {
  const time = { backendsMs: 0, writersMs: 0 };
  for (const { pid, command } of await processesOn(home)) {
    const { ownMs, childrenMs } = await cpuTimeOf(pid);
    if (writers.test(command)) time.writersMs += ownMs;
    // The children that have ended are the first process's: connections that were closed.
    else time.backendsMs += ownMs + childrenMs;
  }
  return time;
}
