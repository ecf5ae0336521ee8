import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beTheOnlyOne } from "../../core/db/only-one.ts";
import { genesisHash } from "../../core/domain/journal/chain.ts";
import { openArchive } from "../../runbooks/archive/write-archive.ts";
import { runProgram } from "../support/command.ts";
import { emptyDatabase, freshDatabase } from "../support/database.ts";
import { urlOf } from "../support/database-url.ts";

// The restore itself needs a pg_restore of the server's version: test/e2e/backup.test.ts.
vi.setConfig({ testTimeout: 60_000 });

const installation = "0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10";
let folder: string;
let archivePath: string;
let home: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-dump-"));
  archivePath = join(folder, "simpul-labura-20261125T000000Z.tar");
  home = join(folder, "home");
  await using archive = await openArchive(archivePath);
  await archive.addBytes("database.dump", Buffer.from("a dump"));
  await archive.finish({
    format: "simpul-backup",
    version: 1,
    madeAt: "2026-11-25T00:00:00.000Z",
    profile: "labura",
    purpose: "telegram",
    installation,
    database: { kind: "dump", server: "15.3", pgDump: "99.1" },
    journal: { number: 0, hash: genesisHash },
    folders: [],
  });
});
afterEach(() => rm(folder, { recursive: true }));

const restore = (env: Record<string, string> = {}) =>
  runProgram("runbooks/run.ts", ["restore", archivePath], { SIMPUL_HOME: home, ...env });

describe("a restore of a dump is refused", () => {
  it("without a server", async () => {
    const { code, stderr } = await restore();
    expect(code).toBe(1);
    expect(stderr).toContain("set DATABASE_URL to an empty database.");
  });

  it("into a database in which something is", async () => {
    const database = await freshDatabase();
    const { code, stderr } = await restore({ DATABASE_URL: urlOf(database.config) });
    await database.close();
    expect(code).toBe(1);
    expect(stderr).toContain("The database of DATABASE_URL is not empty: make a new one");
  });

  it("while a Simpul starts on that database", async () => {
    const { config, drop } = await emptyDatabase();
    const simpul = await beTheOnlyOne(config, () => undefined);
    const { code, stderr } = await restore({ DATABASE_URL: urlOf(config) });
    await simpul.close();
    await drop();
    expect(code).toBe(1);
    expect(stderr).toContain("Simpul is already running on the database of DATABASE_URL");
  });

  it("where the files of that installation are", async () => {
    await mkdir(join(home, "files", installation), { recursive: true });
    const { config, drop } = await emptyDatabase();
    const { code, stderr } = await restore({ DATABASE_URL: urlOf(config) });
    await drop();
    expect(code).toBe(1);
    expect(stderr).toContain(`${join(home, "files", installation)} is there already: move it away`);
  });

  it("with a pg_restore that is older than the dump, and then nothing was made", async () => {
    const { config, drop } = await emptyDatabase();
    const { code, stderr } = await restore({ DATABASE_URL: urlOf(config) });
    await drop();
    expect(code).toBe(1);
    expect(stderr).toMatch(/pg_restore on PATH.*PostgreSQL 99 /);
    expect(await readdir(folder)).toEqual(["simpul-labura-20261125T000000Z.tar"]);
  });
});
