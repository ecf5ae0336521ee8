import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Pulumi puts its language host into a process group of its own, so ending the group of the command leaves that one and the
 * providers behind. All of them stay in the command's session, which is what is ended and measured here.
 */
export type Session = {
  /** of the process that leads it */
  pid: number;
  /** in clock ticks since the machine's start; with the id it names one process for good */
  startedAt: number;
};

type Member = { pid: number; session: number; startedAt: number; rssBytes: number };

const pageBytes = 4096;

/** @returns undefined: it is gone already */
export function sessionLedBy(pid: number): Session | undefined {
  const leader = readMember(pid);
  return leader && { pid, startedAt: leader.startedAt };
}

export function residentBytesOf({ pid }: Session): number {
  return membersOf(pid).reduce((sum, { rssBytes }) => sum + rssBytes, 0);
}

/** Ends every process of it at once, also where its leader is gone. Nothing of a later session of the same number is touched. */
export async function endSession(session: Session): Promise<void> {
  // Without /proc its processes are not known; its group is.
  if (process.platform !== "linux") return killIfThere(-session.pid);
  for (;;) {
    const living = membersOf(session.pid).filter(({ startedAt }) => startedAt >= session.startedAt);
    if (living.length === 0) return;
    if (isAnotherOne(session)) return;
    for (const { pid } of living) killIfThere(pid);
    await pause(20);
  }
}

/** The number was given to somebody else since. */
function isAnotherOne({ pid, startedAt }: Session): boolean {
  const leader = readMember(pid);
  return leader !== undefined && leader.startedAt !== startedAt;
}

function membersOf(session: number): Member[] {
  return pidsOf("/proc")
    .map(readMember)
    .filter((member) => member !== undefined)
    .filter((member) => member.session === session);
}

function pidsOf(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return []; // Not Linux.
  }
}

/** source: proc(5), /proc/[pid]/stat; undefined: gone, or a zombie, which holds nothing */
function readMember(pid: number): Member | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name before may hold anything, brackets too.
    const [state, , , session, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    return { pid, session: Number(session), startedAt: Number(rest[15]), rssBytes: Number(rest[17]) * pageBytes };
  } catch {
    return undefined;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ESRCH") throw fault;
  }
}
