import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { explainOutput, StackFault } from "../../infra/stacks/fault.ts";
import { askDatabase, fillDatabase } from "../../worker/hosting/fill-database.ts";
import { HostFailed } from "../../worker/hosting/hosts.ts";
import { temporaryFolder } from "../e2e/support/folders.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  writeFileSync(join(folder.path, "dump.sql"), "insert into people values ('rahasia');\n");
});
afterEach(() => vi.useRealTimers());
afterAll(() => folder[Symbol.asyncDispose]());

const { signal } = new AbortController();
const server = { container: "app-simpeg-database", engine: "mariadb" } as const;
const fill = (docker: DockerHost) => fillDatabase(docker, server, join(folder.path, "dump.sql"), signal);

/** What loading comes to where Docker's client prints that. */
async function loading(printed: string): Promise<{ why: string; message: string; cause: unknown }> {
  const docker = {
    run: async (args: readonly string[]) => {
      if (!args.includes("--interactive")) return "";
      throw explainOutput("docker exec --interactive on unix:///run/docker.sock", printed);
    },
  };
  const fault = await fill(docker).catch((each: unknown) => each);
  if (fault instanceof HostFailed) return { ...fault, why: fault.why, message: fault.message, cause: fault.cause };
  if (fault instanceof StackFault) return { why: fault.reason, message: fault.message, cause: fault.cause };
  throw fault;
}

it.each([
  ["ERROR 1064 (42000) at line 3: syntax to use near 'rahasia'", "dump-unreadable"],
  ["ERROR 1064 (42000) at line 3: syntax to use near 'rahasia: connection refused'", "dump-unreadable"],
  ["psql:<stdin>:3: ERROR:  syntax error\nLINE 1: rahasia no such image", "dump-unreadable"],
  ["psql:<stdin>:3: ERROR:  syntax error\nLINE 1: rahasia\nError: rahasia connection refused", "dump-unreadable"],
  ["ERROR 1114 (HY000) at line 3: The table 'rahasia' is full", "disk-full"],
  ['psql:<stdin>:3: ERROR:  could not extend file "rahasia": No space left on device', "disk-full"],
])("what a server says of a dump stays out of the reason and the log: %s", async (printed, why) => {
  const told = await loading(printed);
  expect(told).toMatchObject({ why, message: expect.stringContaining("line 3"), cause: undefined });
  expect(told.message).not.toContain("rahasia");
});

it("a psql that cannot be kept from commands of its own is told as that", async () => {
  const told = await loading("psql:<stdin>:1: error: invalid command \\restrict");
  expect(told).toMatchObject({ why: "psql-outdated", cause: undefined });
});

it.each([
  "error during connect: Post http://rahasia: connection refused",
  "Error response from daemon: Container rahasia is not running",
])("a host that goes away meanwhile is told as that: %s", async (printed) => {
  const told = await loading(printed);
  expect(told).toMatchObject({ why: "host-unreachable", cause: undefined });
  expect(told.message).not.toContain("rahasia");
});

it.each([
  [29, "is loaded whole", undefined],
  [
    31,
    "was too slow, whatever its server says of its end",
    { reason: "too-slow", message: "loading a dump: line unknown" },
  ],
])("a dump for which a server has taken %i minutes %s", async (minutes, _, told) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let loaded = "";
  const docker: DockerHost = {
    run: async (args, { stdin } = {}) => {
      if (!args.includes("--interactive")) return "";
      vi.advanceTimersByTime(minutes * 60_000);
      for await (const chunk of stdin as Readable) loaded += chunk;
      if (loaded.endsWith("\n")) return "";
      throw explainOutput("docker exec", "ERROR 1064 (42000) at line 1: syntax to use near ''");
    },
  };
  const fault = await fill(docker).catch((each: unknown) => each);
  if (told === undefined) expect([fault, loaded]).toEqual([undefined, "insert into people values ('rahasia');\n"]);
  else expect(fault).toMatchObject(told);
});

it.each([
  ["mariadb", "ERROR 2002 (HY000): Can't connect to server on '10.40.0.5' (111)"],
  ["postgresql", 'psql: error: connection to server at "10.40.0.5", port 5432 failed: Connection refused'],
] as const)("a %s that listens within its own container only is silent", async (engine, printed) => {
  const asked: string[][] = [];
  const docker: DockerHost = {
    run: async (args) => {
      asked.push([...args]);
      throw explainOutput("docker exec --env on unix:///run/docker.sock", printed);
    },
  };

  const fault = await askDatabase(docker, { ...server, engine }, "10.40.0.5").catch((each: unknown) => each);

  expect(asked).toEqual([expect.arrayContaining(["--env", "DATABASE_ADDRESS=10.40.0.5"])]);
  expect(fault).toMatchObject({ why: "database-silent", message: expect.stringContaining("at 10.40.0.5") });
});

it("a host that goes away while its database is asked is told as that", async () => {
  const run = () => Promise.reject(explainOutput("docker exec", "error during connect: connection refused"));
  const fault = await askDatabase({ run }, server, "10.40.0.5").catch((each: unknown) => each);
  expect(fault).toMatchObject({ reason: "host-unreachable" });
});
