import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { claimInstallation } from "../../core/db/installation.ts";
import { connectionOf, findTool } from "../../runbooks/postgres-tools.ts";
import { runProgram } from "../support/command.ts";
import { freshDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";

vi.setConfig({ testTimeout: 60_000 });

/** The only folder of PATH besides the system's, with tools that we write. */
let tools: string;
beforeEach(async () => {
  tools = await mkdtemp(join(tmpdir(), "simpul-tools-"));
  return () => rm(tools, { recursive: true });
});

async function tool(name: string, script: string): Promise<void> {
  await writeFile(join(tools, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(tools, name), 0o755);
}
const versionOnly = (version: string) => `echo "pg_dump (PostgreSQL) ${version} (Debian ${version}-1)"`;

describe("a tool of the server", () => {
  const find = async (atLeast: string) => {
    vi.stubEnv("PATH", `${tools}:/bin`);
    try {
      return await findTool("pg_dump", atLeast);
    } finally {
      vi.unstubAllEnvs();
    }
  };

  it.each([
    ["15.18", "15.3", "15.18"],
    ["18.1", "15.3", "18.1"],
    ["15beta1", "15.0", "15"],
  ])("of version %s does for a server of %s", async (version, server, found) => {
    await tool("pg_dump", versionOnly(version));
    expect(await find(server)).toBe(found);
  });

  it("that is older than the server is refused, with the fix", async () => {
    await tool("pg_dump", versionOnly("15.18"));
    await expect(find("18.4")).rejects.toThrow(
      "The pg_dump on PATH is of version 15.18, and version 18 or newer is needed. Install the client programs of PostgreSQL 18 (Debian: apt-get install postgresql-client-18) and put them first on PATH, for example PATH=/usr/lib/postgresql/18/bin:$PATH.",
    );
  });
});

it("that is not there at all is refused with the same fix", async () => {
  vi.stubEnv("PATH", tools);
  await expect(findTool("pg_restore", "15.3")).rejects.toThrow(/^There is no pg_restore on PATH\. Install the client/);
  vi.unstubAllEnvs();
});

describe("the way to the server", () => {
  it.each([
    ["postgres://owner:s%2Fecret@db:5432/simpul", "postgres://owner@db:5432/simpul", "s/ecret"],
    [
      "postgresql:///simpul?host=/run&user=owner&password=secret",
      "postgresql:///simpul?host=%2Frun&user=owner",
      "secret",
    ],
    ["postgres://db/simpul?sslmode=require", "postgres://db/simpul?sslmode=require", undefined],
  ])("%s has its password apart", (databaseUrl, address, password) => {
    const connection = connectionOf(databaseUrl);
    expect(connection.address).toBe(address);
    expect(connection.env.PGPASSWORD).toBe(password);
  });
});

describe("a backup of the server of DATABASE_URL", () => {
  async function backUp(script: string) {
    const database = await freshDatabase();
    try {
      await claimInstallation(database.owner, { purpose: "playground", profile: "labura" });
      await tool("pg_dump", `[ "$1" = --version ] && { echo "pg_dump (PostgreSQL) 99.1"; exit; }\n${script}`);
      await mkdir(join(tools, "to"), { recursive: true });
      const ran = await runProgram("runbooks/run.ts", ["backup", join(tools, "to")], {
        SIMPUL_HOME: join(tools, "home"),
        DATABASE_URL: urlOf(database.config),
        PATH: `${tools}:${process.env.PATH}`,
      });
      return { ...ran, left: await readdir(join(tools, "to")) };
    } finally {
      await database.close();
    }
  }

  it("whose pg_dump fails is explained by its code, the place and its last lines, and leaves nothing", async () => {
    const { code, stderr, left } = await backUp('echo "first line" >&2; echo "the disk is full" >&2; exit 7');

    expect(code).toBe(1);
    expect(stderr).toContain('Stopped at the step "dump the database".');
    expect(stderr).toMatch(
      /A command ended with code 7, at \S*runbooks\/backup\.ts:\d+\. It said last:\n {2}first line\n {2}the disk is full\n/,
    );
    expect(left).toEqual([]);
  });

  it("gives pg_dump no password among its arguments, which everybody can read", async () => {
    const { code, stderr } = await backUp('echo "$@" >&2; [ -n "$PGPASSWORD" ] && echo "has it" >&2; exit 1');

    expect(code).toBe(1);
    expect(stderr).toContain("--format=custom --dbname=postgres");
    expect(stderr).toContain("has it");
    expect(stderr).not.toMatch(/password=|:[^/@\s]+@/);
  });
});
