import { type ChildProcess, spawn } from "node:child_process";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { StackFault } from "../../infra/stacks/fault.ts";
import { Unreadable } from "../checks/limits.ts";
import { limitedNode } from "../checks/look-in-child.ts";
import type { Unpacked, UnpackJob } from "./unpack-child.ts";

const child = fileURLToPath(new URL("unpack-child.ts", import.meta.url));

/** A child that has said nothing yet may have said so much of why. */
const longestComplaint = 4_000;

/**
 * Unpacks a file of somebody in a process without rights, as it is looked at, and gives what comes out to `take`.
 *
 * @param patienceMs for both; what takes it writes it to a disk, too
 * @throws Unreadable it cannot be read to its end: what was taken is not all; StackFault too-slow
 */
export async function unpackInChild<Taken>(
  path: string,
  job: UnpackJob,
  take: (bytes: Readable) => Promise<Taken>,
  { patienceMs = 2 * job.limits.longestMs }: { patienceMs?: number } = {},
): Promise<Taken> {
  await using file = await open(path, "r");
  const { file: program, args, options } = limitedNode(job.limits, [child]);
  const process = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe", "ipc", file.fd] });
  const { stdout } = process;
  if (stdout === null) throw new Error("starting a process that unpacks a file: it has no output");
  const answer = answerOf(process);
  let isTooSlow = false;
  const hangs = setTimeout(() => {
    isTooSlow = true;
    process.kill("SIGKILL");
  }, patienceMs);
  try {
    process.send(job);
    const taking = take(stdout);
    // It would wait for ever for somebody to read on.
    taking.catch(() => process.kill("SIGKILL"));
    const [unpacked, taken] = await Promise.allSettled([answer, taking]);
    if (unpacked.status === "fulfilled" && unpacked.value.unreadable) throw new Unreadable(unpacked.value.unreadable);
    // Before what took it says of an end in the middle.
    if (isTooSlow) throw new StackFault("too-slow", "unpacking a file", `it took longer than ${patienceMs / 1000} s`);
    // Who takes it may have ended first, which breaks the pipe: its own words say why.
    if (taken.status === "rejected") throw taken.reason;
    if (unpacked.status === "rejected") throw unpacked.reason;
    return taken.value;
  } finally {
    clearTimeout(hangs);
    process.kill("SIGKILL");
  }
}

function answerOf(process: ChildProcess): Promise<Unpacked> {
  const { promise, resolve, reject } = Promise.withResolvers<Unpacked>();
  let complaint = "";
  process.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-longestComplaint);
  });
  process.on("message", (said: Unpacked) => {
    resolve(said);
    // Who takes it waits for its end.
    if (said.unreadable) process.kill("SIGKILL");
  });
  process.on("error", (cause) => reject(new Error("starting a process that unpacks a file", { cause })));
  process.on("exit", (code, signal) => {
    reject(new Error(`unpacking a file: the process ended with ${signal ?? `code ${code}`}: ${complaint}`));
  });
  return promise;
}
