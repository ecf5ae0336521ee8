import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ProgramRun, runProgram } from "../../../infra/stacks/run-program.ts";
import { endSession, residentBytesOf, type Session, sessionLedBy } from "../../../infra/stacks/session.ts";
import { temporaryFolder } from "../../e2e/support/folders.ts";

const mb = 2 ** 20;
const node = (script: string, given: Partial<ProgramRun> = {}): ProgramRun => ({
  program: process.execPath,
  args: ["-e", script],
  cwd: "/",
  env: {},
  doing: "trying",
  limits: { memoryBytes: 1024 * mb, patienceMs: 60_000 },
  ...given,
});

/** In the same session; Pulumi's plug-ins have a group of their own besides, which Node gives with a session only. */
const startsAnother = `
  const { spawn } = require("node:child_process");
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log(other.pid);
`;

test("what it printed and its code are there, each line as it came", async () => {
  const lines: string[] = [];
  const run = node("console.log('satu'); console.log('dua'); console.error('tiga'); process.exitCode = 3", {
    onLine: (line) => lines.push(line),
  });
  expect(await runProgram(run)).toEqual({ code: 3, stdout: "satu\ndua\n", stderr: "tiga\n" });
  expect(lines).toEqual(["satu", "dua"]);
});

test("nothing of what it started is left", async () => {
  let session: Session | undefined;
  const run = node(`${startsAnother} other.unref()`, {
    onStart: async (begun) => {
      session = begun;
    },
  });
  const { stdout } = await runProgram(run);
  expect(isThere(Number(stdout))).toBe(false);
  expect(session && residentBytesOf(session)).toBe(0);
});

describe("it is ended, with what it started", () => {
  test.each<[string, string, Partial<ProgramRun>]>([
    ["too-slow", startsAnother, { limits: { memoryBytes: 1024 * mb, patienceMs: 300 } }],
    ["memory-exceeded", startsAnother, { limits: { memoryBytes: mb, patienceMs: 60_000 } }],
  ])("where it is %s", async (reason, script, given) => {
    let other = 0;
    const run = node(script, { ...given, onLine: (line) => (other = Number(line)) });
    await expect(runProgram(run)).rejects.toMatchObject({ name: "StackFault", reason });
    expect(isThere(other)).toBe(false);
  });

  test("in good order where it is told to stop, also by a program that only starts the real one", async () => {
    await using folder = await temporaryFolder();
    const real = `process.on("SIGINT", () => {
      require("node:fs").writeFileSync("ended", "in good order");
      process.exit();
    });
    setInterval(() => {}, 1000);
    console.log("begun");`;
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(real)}], { stdio: "inherit" });`;
    const stop = new AbortController();
    const run = node(script, { cwd: folder.path, signal: stop.signal, onLine: () => stop.abort() });
    await expect(runProgram(run)).rejects.toMatchObject({ reason: "stopped" });
    expect(readFileSync(join(folder.path, "ended"), "utf8")).toBe("in good order");
  });

  test("where it is told to stop before it has begun", async () => {
    const stop = new AbortController();
    const ended = runProgram(node(startsAnother, { signal: stop.signal }));
    stop.abort();
    await expect(ended).rejects.toMatchObject({ reason: "stopped" });
  });

  test("where it is told to stop", async () => {
    const stop = new AbortController();
    const run = node(startsAnother, { signal: stop.signal, onLine: () => stop.abort() });
    await expect(runProgram(run)).rejects.toMatchObject({ reason: "stopped" });
  });
});

test("a program that somebody ended is said to be killed, and nothing of it is left", async () => {
  let other = 0;
  const run = node(startsAnother, {
    onLine: (line) => {
      other = Number(line);
      process.kill(leader, "SIGKILL");
    },
    onStart: async ({ pid }) => {
      leader = pid;
    },
  });
  let leader = 0;
  await expect(runProgram(run)).rejects.toMatchObject({ name: "StackFault", reason: "killed" });
  expect(isThere(other)).toBe(false);
});

test("a program that is not there is said to be missing", async () => {
  const run = node("", { program: "/nonexistent/pulumi" });
  await expect(runProgram(run)).rejects.toMatchObject({ reason: "pulumi-missing" });
});

test("a session whose number was given to another process is left alone", async () => {
  const another = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  await once(another, "spawn");
  const session = sessionLedBy(another.pid ?? 0) ?? { pid: 0, startedAt: 0 };
  await endSession({ ...session, startedAt: session.startedAt - 1 });
  expect(isThere(session.pid)).toBe(true);
  await endSession(session);
  expect(isThere(session.pid)).toBe(false);
});

/** One that has ended and is not yet waited for by its parent is not there any more. */
function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
