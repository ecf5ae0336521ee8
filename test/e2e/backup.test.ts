import { chown, mkdir, mkdtemp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileTicket } from "./support/filing.ts";
import { copyInstalledCheckout, type Folder, temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { ordinaryUser } from "./support/ordinary-user.ts";
import { type Playground, playgroundAt } from "./support/playground.ts";
import { openPostgres15, postgres15Folder } from "./support/postgres-15.ts";
import { killAllOn } from "./support/processes.ts";
import { npmRun } from "./support/runbook.ts";
import { type LaunchOptions, npmStart } from "./support/simpul.ts";

/** Where an installation is, and how to start Simpul over it. */
type Place = LaunchOptions & { home: string };

describe("a desk that was backed up while it worked, killed, and restored into an empty place goes on", () => {
  test("as root, on the embedded database", async () => {
    await using folder = await temporaryFolder();
    const placeIn = (name: string): Place => {
      const home = join(folder.path, name);
      return { home, env: { SIMPUL_HOME: home } };
    };

    await backsUpAndGoesOn(folder.path, placeIn("first"), placeIn("second"));
  });

  describe("as an ordinary user, whose home is closed to everybody else", () => {
    const user = ordinaryUser();
    let folder: Folder;
    let cwd: string;

    beforeAll(async () => {
      folder = await temporaryFolder({ owner: user });
      cwd = join(folder.path, "simpul");
      await mkdir(cwd);
      await copyInstalledCheckout(cwd, user);
    });
    afterAll(() => folder[Symbol.asyncDispose]());

    test("on the embedded database", async () => {
      const placeIn = (name: string): Place => {
        const home = join(folder.path, name);
        return { home, env: { SIMPUL_HOME: home }, cwd, as: { ...user, home: folder.path } };
      };

      await backsUpAndGoesOn(folder.path, placeIn("first"), placeIn("second"));
    });
  });

  test("on PostgreSQL 15, by its own tools", async () => {
    await using folder = await temporaryFolder();
    await using former = await openPostgres15();
    await using other = await openPostgres15();
    const placeOn = (name: string, url: string): Place => {
      const home = join(folder.path, name);
      const path = `${postgres15Folder}:${process.env.PATH}`;
      return { home, env: { SIMPUL_HOME: home, DATABASE_URL: url, PATH: path } };
    };

    await backsUpAndGoesOn(folder.path, placeOn("first", former.url), placeOn("second", other.url));
  });
});

/** @param folder of both places, where archive and export go too */
async function backsUpAndGoesOn(folder: string, first: Place, second: Place): Promise<void> {
  const archives = await mkdtemp(join(folder, "archives-"));
  if (first.as) await chown(archives, first.as.uid, first.as.gid);
  await using former = npmStart(first);
  const before = playgroundAt(await former.isReady());
  await before.start(labura.user);
  await before.start(labura.helpDesk);
  await fileTicket(before);

  expect(await npmRun("runbook", ["backup", archives], first)).toMatchObject({ code: 0, stderr: "" });
  await fileTicket(before);
  await seesTicket(before, "T-0002");
  await killAllOn(first.home);
  await former.hasEnded();

  const [archive = ""] = await readdir(archives);
  const restored = await npmRun("runbook", ["restore", join(archives, archive)], second);
  expect(restored).toMatchObject({ code: 0, stderr: "" });
  expect(restored.stdout).toMatch(/tickets {9}1\n/);
  const head = /journal {9}\d+ rows, head ([0-9a-f]{64})/.exec(restored.stdout)?.[1] ?? "";

  await using later = npmStart(second);
  const after = playgroundAt(await later.isReady());
  await seesTicket(after, "T-0001");
  await after.say(labura.user, "/tiket T-0002");
  await after.asks(labura.user, "Tiket itu tidak ada");
  await after.press(labura.helpDesk, "Terbitkan WO");
  await after.press(labura.helpDesk, "Belum diketahui");
  await after.press(labura.helpDesk, "Lewati");
  await after.sees(labura.helpDesk, "menerbitkan perintah kerja (WO) untuk IT Support");

  const file = join(archives, "journal.jsonl");
  expect(await npmRun("journal", ["export", file], second)).toMatchObject({ code: 0, stderr: "" });
  // What was restored is the beginning of what there is now.
  const verified = await npmRun("journal", ["verify", file, "--head", head], second);
  expect(verified).toMatchObject({ code: 0, stderr: "" });
  expect(verified.stdout).toContain("up to there nothing was changed");
}

async function seesTicket(playground: Playground, number: string): Promise<void> {
  await playground.say(labura.user, `/tiket ${number}`);
  await playground.asks(labura.user, "Layar putih setelah masuk.");
}
