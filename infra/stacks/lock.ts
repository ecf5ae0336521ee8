import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a stack, as Pulumi notes it: it has no lease, and stays after a crash. */
export type LockHolder = { user: string; host: string; pid: number; since: string };

/** @returns undefined: the output speaks of no lock */
export function lockHolderIn(output: string): LockHolder | undefined {
  const found = /: created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/.exec(output);
  if (!/is currently locked by/.test(output) || found === null) return undefined;
  const [, user = "", host = "", pid = "", since = ""] = found;
  return { user, host, pid: Number(pid), since };
}

/** What of this machine tells whether a holder lives. */
export type Machine = {
  host: string;
  /** name of the program with that id; undefined: there is none */
  programOf(pid: number): string | undefined;
};

/** Somebody of another machine may live, whatever is seen here; a process id may be another program's by now. */
export function isDead({ host, pid }: LockHolder, machine: Machine): boolean {
  if (host !== machine.host) return false;
  return machine.programOf(pid) !== "pulumi";
}

export const thisMachine: Machine = {
  host: hostname(),
  programOf(pid) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const [, name, state] = /\((.*)\) (\w)/s.exec(stat) ?? [];
      // A zombie has ended, whether anybody has noticed or not.
      return state === "Z" || state === "X" ? undefined : name;
    } catch {
      return programOfElsewhere(pid);
    }
  },
};

/** Without /proc all that can be asked is whether there is such a process. */
function programOfElsewhere(pid: number): string | undefined {
  if (process.platform === "linux") return undefined;
  try {
    process.kill(pid, 0);
    return "pulumi";
  } catch {
    return undefined;
  }
}
