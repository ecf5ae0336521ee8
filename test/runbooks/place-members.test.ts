import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { genesisHash } from "../../core/domain/journal/chain.ts";
import type { Manifest } from "../../runbooks/archive/manifest.ts";
import { openCheckedArchive } from "../../runbooks/archive/read-archive.ts";
import { openArchive } from "../../runbooks/archive/write-archive.ts";
import { checkMembers, placeMembers } from "../../runbooks/place-members.ts";
import { runProgram } from "../support/command.ts";

const installation = "0b8a3a53-7c55-4a5e-8a4f-7f4a4d8a9f10";
const another = "11111111-2222-4333-8444-555555555555";
const databases = {
  embedded: { kind: "embedded", server: "18.4" },
  dump: { kind: "dump", server: "15.3", pgDump: "15.3" },
} as const;
const kinds = ["embedded", "dump"] as const;
type Kind = (typeof kinds)[number];

let folder: string;
let home: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "simpul-place-"));
  home = join(folder, "home");
  path = join(folder, "simpul-labura-20261125T000000Z.tar");
});
afterEach(() => rm(folder, { recursive: true }));

/** An archive whose members hold their own names. */
async function write(kind: Kind, members: readonly string[]): Promise<void> {
  await using archive = await openArchive(path);
  for (const name of members) await archive.addBytes(name, Buffer.from(name));
  await archive.finish(aboutOf(kind));
}

function aboutOf(kind: Kind): Omit<Manifest, "members"> {
  return {
    format: "simpul-backup",
    version: 1,
    madeAt: "2026-11-25T00:00:00.000Z",
    profile: "labura",
    purpose: "playground",
    installation,
    database: databases[kind],
    journal: { number: 0, hash: genesisHash },
    folders: [],
  };
}

async function place(): Promise<void> {
  await using archive = await openCheckedArchive(path);
  await placeMembers(home, archive);
}

test("a file that was there before stays, and what was placed beside it goes again", async () => {
  await write("dump", [`files/${installation}/first`, `files/${installation}/second`]);
  await mkdir(join(home, "files", installation), { recursive: true });
  await writeFile(join(home, "files", installation, "second"), "was there before");

  await expect(place()).rejects.toThrow("EEXIST");

  expect(await readdir(join(home, "files", installation))).toEqual(["second"]);
  expect(await readFile(join(home, "files", installation, "second"), "utf8")).toBe("was there before");
});

describe("an archive", () => {
  const check =
    (kind: Kind, member: string, folders: string[] = []) =>
    () =>
      checkMembers({ ...aboutOf(kind), folders, members: [{ path: member, sizeBytes: 0, sha256: genesisHash }] });

  it.each<[Kind, string]>([
    ["embedded", "postgres/global/pg_control"],
    ["embedded", "postgres.password"],
    ["embedded", "pulumi.passphrase"],
    ["dump", "pulumi.passphrase"],
    ["dump", "database.dump"],
    ...kinds.flatMap((kind): [Kind, string][] => [
      [kind, `files/${installation}/ab`],
      [kind, `telegram-server/${installation}/chats/1.jsonl`],
    ]),
  ])("of the kind %s may hold %s", (kind, member) => {
    expect(check(kind, member)).not.toThrow();
  });

  it.each<[Kind, string]>([
    ["embedded", "database.dump"],
    ["dump", "postgres/global/pg_control"],
    ["dump", "postgres.password"],
    ...kinds.flatMap((kind): [Kind, string][] => [
      [kind, `files/${another}/ab`],
      [kind, `files/${installation}`],
      [kind, `telegram-server/${another}/journal.jsonl`],
      [kind, "postgres"],
      [kind, "postgres.new-1/global/pg_control"],
      [kind, "run/.s.PGSQL.5432"],
      [kind, "backups/simpul.tar"],
    ]),
  ])("of the kind %s may not hold %s", (kind, member) => {
    expect(check(kind, member)).toThrow(`${member} does not belong into`);
  });

  it("may not bring an empty folder of another place either", () => {
    expect(check("embedded", "postgres.password", ["postgres/pg_notify"])).not.toThrow();
    expect(check("embedded", "postgres.password", ["run"])).toThrow("run does not belong into");
    expect(check("dump", "database.dump", ["postgres/pg_notify"])).toThrow("postgres/pg_notify does not belong into");
  });

  it("with a member of the other kind is refused before anything is made", async () => {
    await write("dump", ["database.dump", "postgres.password"]);

    const { code, stderr } = await runProgram("runbooks/run.ts", ["restore", path], { SIMPUL_HOME: home });

    expect(code).toBe(1);
    expect(stderr).toContain("postgres.password does not belong into a backup of the kind dump");
    expect(await readdir(folder)).toEqual(["simpul-labura-20261125T000000Z.tar"]);
  });
});
