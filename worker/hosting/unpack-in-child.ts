import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Limits, Unreadable } from "../checks/limits.ts";
import { limitedNode } from "../checks/look-in-child.ts";
import type { Unpacked, UnpackJob } from "./unpack-child.ts";

const child = fileURLToPath(new URL("unpack-child.ts", import.meta.url));

/** A child that has said nothing yet may have said so much of why. */
const longestComplaint = 4_000;

/**
 * Unpacks a file of somebody in a process without rights, as it is looked at, and gives what comes out to `take`.
 *
 * @throws Unreadable it cannot be read to its end: what was taken is not all
 */
export async function unpackInChild<Taken>(
  path: string,
  job: UnpackJob,
  take: (bytes: Readable) => Promise<Taken>,
): Promise<Taken> {
  await using file = await open(path, "r");
  const { file: program, args, options } = limitedNode(job.limits, [child]);
  const process = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe", "ipc", file.fd] });
  const { stdout, stderr } = process;
  if (stdout === null || stderr === null) throw new Error("starting a process that unpacks a file: it has no output");
  const { promise: answer, resolve, reject } = Promise.withResolvers<Unpacked>();
  let complaint = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
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
  const hangs = setTimeout(() => process.kill("SIGKILL"), longestMsOf(job.limits));
  try {
    process.send(job);
    const taking = take(stdout);
    // It would wait for ever for somebody to read on.
    taking.catch(() => process.kill("SIGKILL"));
    const [unpacked, taken] = await Promise.allSettled([answer, taking]);
    if (unpacked.status === "fulfilled" && unpacked.value.unreadable) throw new Unreadable(unpacked.value.unreadable);
    // Who takes it may have ended first, which breaks the pipe: its own words say why.
    if (taken.status === "rejected") throw taken.reason;
    if (unpacked.status === "rejected") throw unpacked.reason;
    return taken.value;
  } finally {
    clearTimeout(hangs);
    process.kill("SIGKILL");
  }
}

/** What takes it writes it to a disk, too. */
function longestMsOf({ longestMs }: Limits): number {
  return 2 * longestMs;
}
