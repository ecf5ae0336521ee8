import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { StackFault, type StackFaultReason, toldToEnd } from "./fault.ts";
import { endSession, residentBytesOf, type Session, sessionLedBy } from "./session.ts";

export type Limits = {
  /** of all its processes together */
  memoryBytes: number;
  /** from its start to its end */
  patienceMs: number;
};

export type ProgramRun = {
  program: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** "updating stack app-bappeda", for faults */
  doing: string;
  limits: Limits;
  /** each line, as it comes */
  onLine?: (line: string) => void;
  /** the session is there from now on, and has ended with the promise */
  onStart?: (session: Session) => Promise<void>;
  /** asks it to end in good order, then ends it */
  signal?: AbortSignal | undefined;
};

export type Ended = { code: number; stdout: string; stderr: string };

const lookEveryMs = 500;
const goodOrderMs = 20_000;
/** A preview of a large stack has some hundred kilobytes. */
const mostOutputBytes = 32 * 2 ** 20;

/**
 * Runs a program with whatever it starts in a session of its own, and leaves nothing of it behind.
 *
 * @throws StackFault pulumi-missing, memory-exceeded, too-slow, stopped, killed
 */
export async function runProgram(run: ProgramRun): Promise<Ended> {
  run.signal?.throwIfAborted();
  const child = await start(run);
  const hasClosed = once(child, "close");
  const session = sessionLedBy(child.pid ?? 0);
  let why: StackFault | undefined;
  const end = (reason: StackFaultReason, detail: string) => {
    why ??= new StackFault(reason, run.doing, detail);
    if (session !== undefined) void endSession(session);
  };
  const output = collect(child, run.onLine, () => end("other", "it says more than can be read"));
  const unwatch = watch(child, session, run, end);
  try {
    if (session !== undefined) await run.onStart?.(session);
    const [code] = await hasClosed;
    if (why !== undefined) throw why;
    if (run.signal?.aborted) throw new StackFault("stopped", run.doing, toldToEnd);
    if (code === null) throw new StackFault("killed", run.doing, "somebody ended its process");
    return { code, ...output };
  } finally {
    unwatch();
    if (session !== undefined) await endSession(session);
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;
type End = (reason: StackFaultReason, detail: string) => void;

async function start({ program, args, cwd, env, doing }: ProgramRun): Promise<Child> {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  await once(child, "spawn").catch((cause) => {
    throw new StackFault("pulumi-missing", doing, `${program} cannot be started`, { cause });
  });
  return child;
}

/** @returns what it has printed so far */
function collect(child: Child, onLine: ProgramRun["onLine"], onTooMuch: () => void): Omit<Ended, "code"> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      if (output[name].length > mostOutputBytes) onTooMuch();
    });
  }
  if (onLine) createInterface({ input: child.stdout }).on("line", onLine);
  return output;
}

/** @returns what ends it */
function watch(child: Child, session: Session | undefined, { limits, signal }: ProgramRun, end: End): () => void {
  const lookAtMemory = () => {
    if (session === undefined || residentBytesOf(session) <= limits.memoryBytes) return;
    end("memory-exceeded", `it took more than ${limits.memoryBytes / 2 ** 20} MB`);
  };
  const tooSlow = () => end("too-slow", `it took longer than ${limits.patienceMs / 1000} s`);
  const timers = [setInterval(lookAtMemory, lookEveryMs), setTimeout(tooSlow, limits.patienceMs)];
  const stop = () => {
    // Pulumi finishes what it just makes, and writes its state. The npm package's is a program that starts the real one.
    interrupt(child);
    timers.push(setTimeout(() => end("stopped", toldToEnd), goodOrderMs));
  };
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  return () => {
    signal?.removeEventListener("abort", stop);
    for (const timer of timers) clearTimeout(timer);
  };
}

/** It and what it started in its own group, as a terminal does; it may have ended just now. */
function interrupt({ pid, exitCode, signalCode }: Child): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGINT");
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ESRCH") throw fault;
  }
}
