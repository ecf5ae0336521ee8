import { chown, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../core/db/tables.ts";
import { runProgram } from "../support/command.ts";
import { addJournalRow, temporaryFolder, whileOpen } from "../support/installation.ts";

/** A state folder with a journal of three rows, of which the last one is not sealed; no Simpul runs over it. */
let home: string;
let folder: string;

const journal = (given: readonly string[], env: Record<string, string> = {}) =>
  runProgram("cli/journal.ts", given, { SIMPUL_HOME: home, ...env });
const file = (name: string) => join(folder, name);
const isRunning = async () => (await readdir(join(home, "postgres"))).includes("postmaster.pid");

beforeAll(async () => {
  const { path, remove } = await temporaryFolder();
  folder = path;
  home = join(folder, "home");
  await openedOnce(async (owner) => {
    await addJournalRow(owner, 1, { isSealed: true });
    await addJournalRow(owner, 2, { isSealed: true });
    await addJournalRow(owner, 3, { isSealed: false });
  });
  return remove;
});

const openedOnce = <Result>(work: (owner: Db) => Promise<Result>) => whileOpen(home, ({ db }) => work(db));

describe("export", () => {
  it("starts the database for its time, and says how much there is and what waits", async () => {
    const { code, stdout, stderr } = await journal(["export", file("alone.jsonl")]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/rows {5}2\n {2}head {5}[0-9a-f]{64}\n {2}waiting {2}1 committed/);
    expect((await stat(file("alone.jsonl"))).mode & 0o777).toBe(0o600);
    expect((await readFile(file("alone.jsonl"), "utf8")).trimEnd().split("\n")).toHaveLength(3);
    expect(await isRunning()).toBe(false);
  });

  it("works beside the Simpul that runs, and leaves its database running", async () => {
    await openedOnce(async (owner) => {
      expect(await journal(["export", file("beside.jsonl")])).toMatchObject({ code: 0, stderr: "" });
      expect((await sql`select 1 as one`.execute(owner)).rows).toEqual([{ one: 1 }]);
    });
    expect(await journal(["verify", file("beside.jsonl")])).toMatchObject({ code: 0 });
  });

  it("refuses, naming the rows, when some are neither sealed nor waiting", async () => {
    await openedOnce((owner) => sql`delete from journal_unsealed`.execute(owner));
    const refused = await journal(["export", file("lost.jsonl")]);
    await openedOnce((owner) => sql`insert into journal_unsealed values (3)`.execute(owner));

    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("neither sealed nor waiting for the sealer, by id: 3.");
    expect(await readdir(folder)).not.toContain("lost.jsonl");
  });

  it("refuses when the chain in the database does not hold", async () => {
    await openedOnce((owner) => sql`update journal set event = 'forged' where id = 2`.execute(owner));
    const refused = await journal(["export", file("forged.jsonl")]);
    await openedOnce((owner) => sql`update journal set event = 'tested' where id = 2`.execute(owner));

    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("does not hold at row 2. A row was changed");
    expect((await readdir(folder)).filter((name) => name.startsWith("forged"))).toEqual([]);
  });

  it("refuses when the chain is not the one that was pinned", async () => {
    await openedOnce((owner) =>
      sql`insert into journal_pin (chat_id, day, number, hash, at)
        values (-1, '2026-11-25', 1, ${Buffer.alloc(32)}, '2026-11-25T00:00:00Z')`.execute(owner),
    );
    const refused = await journal(["export", file("other.jsonl")]);
    await openedOnce((owner) => sql`delete from journal_pin`.execute(owner));

    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("What was pinned is not in the chain: row 1, pinned 2026-11-25T00:00:00.000Z.");
  });

  it("makes no database where there is none, and says what to set", async () => {
    const nowhere = file("nowhere");
    const { code, stderr } = await journal(["export", file("none.jsonl")], { SIMPUL_HOME: nowhere });

    expect(code).toBe(1);
    expect(stderr).toContain(`There is no database in ${nowhere}: set SIMPUL_HOME`);
    expect(await readdir(folder)).not.toContain("nowhere");
  });

  it.runIf(process.getuid?.() === 0)(
    "is refused to root over the folder of another account, and changes nothing",
    async () => {
      const foreign = file("foreign");
      await mkdir(join(foreign, "postgres"), { recursive: true });
      await chown(join(foreign, "postgres"), 1000, 1000);

      const { code, stderr } = await journal(["export", file("none.jsonl")], { SIMPUL_HOME: foreign });

      expect(code).toBe(1);
      expect(stderr).toContain("belongs to the user with id 1000: run this as the account that runs Simpul");
      expect(await readdir(foreign)).toEqual(["postgres"]);
    },
  );

  it("says in a sentence that a folder for the file is missing", async () => {
    const { code, stderr } = await journal(["export", file("no/such/folder.jsonl")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ENOENT: no such file or directory, open .*\n$/);
  });

  it("says so when the server of DATABASE_URL does not answer", async () => {
    const { code, stderr } = await journal(["export", file("none.jsonl")], {
      DATABASE_URL: "postgres://owner:secret@127.0.0.1:1/simpul",
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Connecting to the server of DATABASE_URL: .*ECONNREFUSED.*\n$/);
  });
});

describe("verify", () => {
  let head: string;
  beforeAll(async () => {
    await journal(["export", file("journal.jsonl")]);
    [head = ""] = /[0-9a-f]{64}/.exec(await readFile(file("journal.jsonl"), "utf8")) ?? [];
  });
  afterAll(() => rm(file("journal.jsonl"), { force: true }));

  /** Nothing but the file: neither a database nor a right environment is there. */
  const verify = (...given: string[]) => journal(["verify", ...given], { SIMPUL_HOME: "/nowhere", PORT: "wrong" });

  it("says without a head what it cannot know", async () => {
    const { code, stdout } = await verify(file("journal.jsonl"));
    expect(code).toBe(0);
    expect(stdout).toContain(`Complete only if the head is ${head}`);
  });

  it("says with the head, in whichever case, that nothing is missing", async () => {
    const { code, stdout } = await verify(file("journal.jsonl"), "--head", head.toUpperCase());
    expect(code).toBe(0);
    expect(stdout).toContain("nothing is missing");
    expect(stdout).not.toContain("only if");
  });

  it("fails with another head", async () => {
    const { code, stderr } = await verify(file("journal.jsonl"), "--head", "ab".repeat(32));
    expect(code).toBe(1);
    expect(stderr).toContain("does NOT hold. The head that you gave is not in it");
  });

  it("fails in a sentence where there is no file", async () => {
    const { code, stderr } = await verify(file("missing.jsonl"));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ENOENT: .*\n$/);
  });
});

it.each<[string, string[]]>([
  ["nothing", []],
  ["an unknown word", ["publish", "x.jsonl"]],
  ["no file", ["export"]],
  ["two files", ["verify", "a", "b"]],
  ["an unknown option", ["verify", "a", "--tail", "b"]],
  ["a head that is none", ["verify", "a", "--head", "123"]],
  ["a head for an export", ["export", "a", "--head", "ab".repeat(32)]],
])("shows how it is used when given %s", async (_case, given) => {
  const { code, stdout, stderr } = await journal(given);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("npm run journal -- verify /tmp/journal.jsonl --head");
});
