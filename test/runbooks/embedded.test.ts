import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { findHead } from "../../core/db/journal/journal.ts";
import type { Db } from "../../core/db/tables.ts";
import { openCheckedArchive } from "../../runbooks/archive/read-archive.ts";
import { type Ran, runProgram } from "../support/command.ts";
import { addJournalRow, type OpenInstallation, temporaryFolder, whileOpen } from "../support/installation.ts";

// Whole programs and servers, one after the other.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const isRoot = process.getuid?.() === 0;

/** A state folder with a journal and an attachment, and its backup, made while nothing ran. */
let folder: string;
let home: string;
let backup: string;
let said: string;
let installation: string;

const place = (name: string) => join(folder, name);
const runbook = (given: readonly string[], env: Record<string, string> = {}) =>
  runProgram("runbooks/run.ts", given, { SIMPUL_HOME: home, ...env });
const restoreTo = (name: string, archive = backup) => runbook(["restore", archive], { SIMPUL_HOME: place(name) });
const attachment = "ab".repeat(32);

beforeAll(async () => {
  const temporary = await temporaryFolder();
  folder = temporary.path;
  home = place("home");
  installation = await whileOpen(home, async (open) => {
    await addJournalRow(open.db, 1, { isSealed: true });
    await addJournalRow(open.db, 2, { isSealed: true });
    await addJournalRow(open.db, 3, { isSealed: false });
    return open.installation;
  });
  const files = join(home, "files", installation);
  await mkdir(join(files, "incoming"), { recursive: true });
  await writeFile(join(files, attachment), "a picture");
  await writeFile(join(files, "incoming", "half"), "half a picture");
  const chats = join(home, "telegram-server", installation);
  await mkdir(chats, { recursive: true });
  await writeFile(join(chats, "journal.jsonl"), "[]\n");
  await writeFile(join(home, "pulumi.passphrase"), "secret");
  const { code, stdout, stderr } = await runbook(["backup"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  said = stdout;
  [backup = ""] = (await readdir(join(home, "backups"))).map((name) => join(home, "backups", name));
  return temporary.remove;
});

/** @returns the archive's path */
async function backedUp(to: string): Promise<string> {
  await mkdir(to, { recursive: true });
  const { code, stderr } = await runbook(["backup", to]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [name = ""] = await readdir(to);
  return join(to, name);
}

const numbers = async (db: Db) =>
  (await sql<{ number: number }>`select number from written order by number`.execute(db)).rows.map(
    ({ number }) => number,
  );

describe("a backup of the embedded database", () => {
  it("is one archive for its owner, in the state folder unless another one is named, named by profile and time, with everything that belongs to the installation", async () => {
    expect(backup).toMatch(/\/simpul-labura-\d{8}T\d{6}Z\.tar$/);
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, "backups"))).mode & 0o777).toBe(0o700);
    await using archive = await openCheckedArchive(backup);
    const paths: string[] = [];
    for await (const { path } of archive.members()) paths.push(path);

    expect(archive.manifest).toMatchObject({ profile: "labura", purpose: "playground", installation });
    expect(archive.manifest.journal.number).toBe(2);
    expect(archive.manifest.folders).toContain("postgres/pg_notify");
    expect(paths).toEqual(expect.arrayContaining(["postgres/global/pg_control", "postgres/backup_label"]));
    expect(paths).toEqual(expect.arrayContaining(["postgres.password", "pulumi.passphrase"]));
    expect(paths).toContain(`telegram-server/${installation}/journal.jsonl`);
    expect(paths.filter((path) => path.startsWith("files/"))).toEqual([`files/${installation}/${attachment}`]);
    expect(paths.filter((path) => /postmaster|pg_replslot\/|pg_wal\/(?![0-9A-F]{24}$)/.test(path))).toEqual([]);
  });

  it("leaves the database as it was: not running, without a slot", async () => {
    expect(await readdir(join(home, "postgres"))).not.toContain("postmaster.pid");
    await whileOpen(home, async ({ db }) => expect(await slots(db)).toEqual([]));
  });

  it("says its steps, that it is a secret, and how it is restored", () => {
    expect(said).toMatch(
      /^ 1\. reach the database in .*\n 2\. begin the backup in the server\n 3\. copy the data directory\n/,
    );
    expect(said).toContain("It is a secret: it holds people's data and the database's password.");
    expect(said).toMatch(/SIMPUL_HOME=\/an\/empty\/folder npm run runbook -- restore \S+\.tar\n$/);
  });

  it("made while rows are written holds all that was committed before it, and nothing torn", async () => {
    const { made, before } = await whileOpen(home, async (open) => {
      const stop = writeUntilStopped(open);
      await stop.hasWritten(200);
      const before = stop.written();
      const made = await backedUp(place("busy"));
      await stop.hasWritten(before + 200);
      await stop.now();
      return { made, before };
    });

    expect(await restoreTo("busy-restored", made)).toMatchObject({ code: 0, stderr: "" });

    await whileOpen(place("busy-restored"), async ({ db }) => {
      const found = await numbers(db);
      expect(found.length).toBeGreaterThanOrEqual(before);
      expect(found).toEqual(Array.from(found, (_, index) => index + 1));
    });
  });

  it("that is killed leaves neither a slot nor an archive that looks whole, and the next one works", async () => {
    const path = join(place("killed"), "simpul-labura-20261125T000000Z.tar");
    await whileOpen(home, async ({ db }) => {
      const child = spawn(process.execPath, ["test/support/backup-process.ts", home, path], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(child.stdout, "data");
      expect(await slots(db)).toEqual([`simpul_backup_${child.pid}`]);
      expect(await readdir(place("killed"))).toEqual([`simpul-labura-20261125T000000Z.tar.unfinished-${child.pid}`]);

      child.kill("SIGKILL");
      await once(child, "exit");

      await expect.poll(() => slots(db)).toEqual([]);
      const next = await backedUp(place("killed"));
      expect(await readdir(place("killed"))).toEqual([next.slice(place("killed").length + 1)]);
    });
  });

  it("is refused for a folder that is not there: a disk that is not mounted fills no other one", async () => {
    const { code, stderr } = await runbook(["backup", place("unmounted")]);
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no folder ${place("unmounted")}: make it first`);
    await expect(stat(place("unmounted"))).rejects.toThrow("ENOENT");
  });

  it("is refused where there is nothing to back up, and makes nothing there", async () => {
    const { code, stderr } = await runbook(["backup"], { SIMPUL_HOME: place("nowhere") });
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no database in ${place("nowhere")}: set SIMPUL_HOME`);
    await expect(stat(place("nowhere"))).rejects.toThrow("ENOENT");
  });
});

const slots = async (db: Db) =>
  (await sql<{ name: string }>`select slot_name as name from pg_replication_slots`.execute(db)).rows.map(
    ({ name }) => name,
  );

/** Numbers from 1 on, each committed by itself. */
function writeUntilStopped({ db }: OpenInstallation) {
  let written = 0;
  let isStopped = false;
  const writing = (async () => {
    await sql`drop table if exists written`.execute(db);
    await sql`create table written (number int primary key, filling text default repeat('x', 500))`.execute(db);
    while (!isStopped) {
      await sql`insert into written (number) values (${written + 1})`.execute(db);
      written += 1;
    }
  })();
  return {
    written: () => written,
    hasWritten: (count: number) => expect.poll(() => written).toBeGreaterThanOrEqual(count),
    async now() {
      isStopped = true;
      await writing;
    },
  };
}

async function rightsOf(path: string): Promise<[mode: string, uid: number]> {
  const { mode, uid } = await stat(path);
  return [(mode & 0o777).toString(8), uid];
}

describe("a restore of the embedded database", () => {
  let restored: Ran;
  beforeAll(async () => {
    await mkdir(place("restored"), { mode: 0o700 }); // an empty one; absent ones are in the other tests
    restored = await restoreTo("restored");
  });

  it("says what is in it, and the next command", async () => {
    const head = await whileOpen(home, ({ db }) => findHead(db));
    const { code, stdout, stderr } = restored;

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`journal         2 rows, head ${head.hash}`);
    expect(stdout).toMatch(/tickets {9}0\n {2}people {10}0\n/);
    expect(stdout).toMatch(/newest message {2}none\n/);
    expect(stdout).toContain(`SIMPUL_HOME=${place("restored")} SIMPUL_PROFILE=labura npm start`);
  });

  it("makes the same installation, with its files, and leaves nothing running", async () => {
    const head = await whileOpen(home, ({ db }) => findHead(db));
    expect(await readdir(join(place("restored"), "postgres"))).not.toContain("postmaster.pid");
    await whileOpen(place("restored"), async (open) => {
      expect(open.installation).toBe(installation);
      expect(await findHead(open.db)).toEqual(head);
    });
    expect(await readFile(join(place("restored"), "files", installation, attachment), "utf8")).toBe("a picture");
  });

  it("gives everything the modes and the account that a start gives it", async () => {
    const rightsIn = (of: string) => {
      const names = ["", "postgres", "postgres/base", "postgres/global/pg_control", "postgres.password", "run"];
      return Promise.all(names.map(async (name) => [name, ...(await rightsOf(join(of, name)))]));
    };

    expect(await rightsIn(place("restored"))).toEqual(await rightsIn(home));
    const file = join(place("restored"), "files", installation, attachment);
    expect(await rightsOf(file)).toEqual(["600", process.getuid?.()]);
    if (isRoot) expect(await rightsOf(join(place("restored"), "postgres"))).toEqual(["700", 65534]);
  });

  it("is refused over anything that is there, and leaves it alone", async () => {
    await mkdir(place("taken"));
    await writeFile(join(place("taken"), "somebody's"), "own");
    const { code, stderr } = await restoreTo("taken");
    expect(code).toBe(1);
    expect(stderr).toContain(`${place("taken")} is not empty: set SIMPUL_HOME to an empty folder`);
    expect(await readdir(place("taken"))).toEqual(["somebody's"]);
  });

  it("is refused over a Simpul that runs", async () => {
    await whileOpen(home, async () => {
      const { code, stderr } = await runbook(["restore", backup]);
      expect(code).toBe(1);
      expect(stderr).toContain(`Simpul is running over ${home}`);
    });
  });

  it("is refused from a damaged archive, and makes nothing", async () => {
    const bytes = await readFile(backup);
    bytes.writeUInt8(bytes.readUInt8(20_000_000) ^ 1, 20_000_000);
    await writeFile(place("damaged.tar"), bytes, { mode: 0o600 });

    const { code, stderr } = await restoreTo("damaged", place("damaged.tar"));

    expect(code).toBe(1);
    expect(stderr).toMatch(/is no whole backup: postgres\/\S+ was changed\./);
    await expect(stat(place("damaged"))).rejects.toThrow("ENOENT");
  });

  it("is refused when DATABASE_URL is set: that server cannot take it", async () => {
    const { code, stderr } = await runbook(["restore", backup], {
      SIMPUL_HOME: place("server"),
      DATABASE_URL: "postgres://owner@127.0.0.1:1/simpul",
    });
    expect(code).toBe(1);
    expect(stderr).toContain("leave DATABASE_URL unset");
  });

  it("fails when the journal in it was changed before the backup", async () => {
    const change = (event: string) =>
      whileOpen(home, ({ db }) => sql`update journal set event = ${event} where id = 1`.execute(db));
    await change("forged");
    const forged = await backedUp(place("forged"));
    await change("tested");

    const { code, stderr } = await restoreTo("forged-restored", forged);

    expect(code).toBe(1);
    expect(stderr).toContain("The restored journal does not hold: hash-differs at row 1.");
  });
});

describe("the runner", () => {
  it.each<[string, string[]]>([
    ["no name", []],
    ["a wrong name", ["destroy"]],
    ["a name that every object has", ["constructor"]],
    ["no archive", ["restore"]],
    ["too much", ["restore", "a", "b"]],
    ["an option", ["backup", "--force"]],
  ])("lists the runbooks, one in a line, when given %s", async (_case, given) => {
    const { code, stdout, stderr } = await runbook(given);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^Runbooks:\n {2}npm run runbook -- backup \[TO_FOLDER\] {2,}\S.*\n {2}npm run runbook -- prepare-host \[USER@HOST\] {2,}\S.*\n {2}npm run runbook -- restore BACKUP {2,}\S.*\n/,
    );
  });

  it.each(["root@10.1.0.5 -oProxyCommand=x", "root@host;reboot", "@host"])(
    "prepares no host called %o",
    async (host) => {
      const { code, stderr } = await runbook(["prepare-host", host]);
      expect(code).toBe(1);
      expect(stderr).toContain(`${host} is no destination for ssh: give user and host, for example root@10.1.0.5.`);
    },
  );

  it("says at which step it stopped", async () => {
    const { stderr } = await restoreTo("missing", place("missing.tar"));
    expect(stderr).toContain(`Stopped at the step "check every byte of ${place("missing.tar")}".`);
    expect(stderr).toContain("cannot be opened: ENOENT.");
  });
});
