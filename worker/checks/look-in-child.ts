import { type ChildProcess, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type ApplicationFileKind, checksOf, type Finding, finding } from "../../core/domain/hosting/check.ts";
import type { Limits } from "./limits.ts";
import type { Job, Look } from "./look.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const child = fileURLToPath(new URL("child.ts", import.meta.url));

/** Sets what the kernel grants to a process and becomes the command. Nothing that comes from people is part of it. */
const limited = 'ulimit -c 0 && ulimit -f 0 && ulimit -d "$0" && ulimit -t "$1" && shift && exec "$@"';

/** A child that has said nothing yet may have said so much of why. */
const longestComplaint = 4_000;

/**
 * Looks at a file in a process of its own, which may be broken by what it reads: it has no environment, may read the program and
 * the open file and write nothing, start nothing, and has limits of memory and of time.
 *
 * @param onBreak is told of a child that broke, which is a fault of ours
 * @returns where it did not end well, why nothing was checked
 */
export async function lookInChild(path: string, job: Job, onBreak: (fault: Error) => void): Promise<Look> {
  await using file = await open(path, "r");
  const process = start(file.fd, job.limits);
  try {
    return await answerOf(process, job, onBreak);
  } finally {
    process.kill("SIGKILL");
  }
}

export type LimitedProgram = { file: string; args: string[]; options: { cwd: string; env: Record<string, string> } };

/**
 * A program of ours with little rights and the kernel's limits.
 *
 * @param program what Node runs
 */
export function limitedNode(limits: Limits, program: readonly string[]): LimitedProgram {
  const { memoryMegabytes, heapMegabytes, longestMs } = limits;
  const kernel = [String(memoryMegabytes * 1024), String(Math.ceil(longestMs / 1000))];
  const rights = ["core", "worker", "node_modules", "package.json"].map((name) => `--allow-fs-read=${root}${name}`);
  const node = [process.execPath, "--permission", ...rights, `--max-old-space-size=${heapMegabytes}`];
  return { file: "/bin/sh", args: ["-c", limited, ...kernel, ...node, ...program], options: { cwd: "/", env: {} } };
}

function start(descriptor: number, limits: Limits): ChildProcess {
  const { file, args, options } = limitedNode(limits, [child]);
  return spawn(file, args, { ...options, stdio: ["ignore", "ignore", "pipe", "ipc", descriptor] });
}

function answerOf(child: ChildProcess, job: Job, onBreak: (fault: Error) => void): Promise<Look> {
  const { promise, resolve, reject } = Promise.withResolvers<Look>();
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-longestComplaint);
  });
  let isAnswered = false;
  const none = (found: Finding) => resolve(everywhere(job.kind, found));
  const seconds = job.limits.longestMs / 1000;
  const hangs = setTimeout(() => none(finding("took-too-long", { seconds })), job.limits.longestMs);
  child.on("message", (found: Look) => {
    isAnswered = true;
    resolve(found);
  });
  child.on("error", (cause) => reject(new Error("starting a process that checks a file", { cause })));
  child.on("exit", (code, signal) => {
    if (isAnswered) return;
    if (signal === "SIGXCPU" || signal === "SIGKILL") return none(finding("took-too-long", { seconds }));
    if (/heap out of memory|allocation failed|ENOMEM/i.test(complaint)) return none(finding("took-too-much-memory"));
    onBreak(new Error(`checking a file: the process ended with ${signal ?? `code ${code}`}: ${complaint}`));
    none(finding("check-broke"));
  });
  child.send(job, (fault) => {
    if (fault !== null) complaint += fault.message;
  });
  return promise.finally(() => clearTimeout(hangs));
}

function everywhere(kind: ApplicationFileKind = "archive", found: Finding): Look {
  return { kind, found: Object.fromEntries(checksOf(kind).map((check) => [check, [found]])) };
}
