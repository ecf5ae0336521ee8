import { existsSync } from "node:fs";
import { chown, mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginFiling, fileTicket, finishFiling } from "./support/filing.ts";
import { copyInstalledCheckout, type Folder, temporaryFolder } from "./support/folders.ts";
import { labura } from "./support/labura.ts";
import { ordinaryUser } from "./support/ordinary-user.ts";
import { playgroundAt } from "./support/playground.ts";
import { kill, processesOn } from "./support/processes.ts";
import { findMainProcess, type LaunchOptions, npmStart } from "./support/simpul.ts";
import { until } from "./support/until.ts";

describe("as root", () => {
  let folder: Folder;

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  startsAndStops(async () => {
    const home = await mkdtemp(join(folder.path, "home-"));
    return { home, env: { SIMPUL_HOME: home } };
  });
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

  startsAndStops(async () => {
    const home = await mkdtemp(join(folder.path, "home-"));
    await chown(home, user.uid, user.gid);
    return { home, env: { SIMPUL_HOME: home }, cwd, as: { ...user, home: folder.path } };
  });

  test("without any setting the state lies in the checkout", async () => {
    await using simpul = npmStart({ cwd, as: { ...user, home: folder.path } });
    await simpul.isReady();

    expect(existsSync(join(cwd, ".simpul/postgres"))).toBe(true);
  });
});

/** @param makePlace a state folder of its own, and how to start Simpul over it */
function startsAndStops(makePlace: () => Promise<LaunchOptions & { home: string }>): void {
  test.each(["Ctrl-C", "SIGTERM to npm"])(
    "%s stops everything cleanly, and the next start has what was filed",
    async (how) => {
      const { home, ...options } = await makePlace();
      await using first = npmStart(options);
      const before = playgroundAt(await first.isReady());
      await before.start(labura.user);
      await fileTicket(before);

      if (how === "Ctrl-C") first.interrupt();
      else kill(first.pid, "SIGTERM");

      expect(await first.hasEnded()).toEqual({ code: 0, signal: null });
      expect(await processesOn(home)).toEqual([]);
      expect(existsSync(join(home, "postgres/postmaster.pid"))).toBe(false);
      await using second = npmStart(options);
      const after = playgroundAt(await second.isReady());
      await after.say(labura.user, "/tiket T-0001");
      await after.asks(labura.user, "Baru, menunggu help desk");
    },
  );

  test("after a kill -9 the next start goes on where it was: the ticket is there, and so is the half-filled form", async () => {
    const { home, ...options } = await makePlace();
    await using first = npmStart(options);
    const before = playgroundAt(await first.isReady());
    await before.start(labura.user);
    await fileTicket(before);
    await beginFiling(before);

    kill(await findMainProcess(home), "SIGKILL");
    await first.hasEnded();

    await using second = npmStart(options);
    const after = playgroundAt(await second.isReady());
    await finishFiling(after, "Tidak bisa mencetak slip gaji.");
    expect(await after.sees(labura.user, "T-0002")).toContain("Tidak bisa mencetak slip gaji.");
    await after.say(labura.user, "/tiket T-0001");
    await after.asks(labura.user, "Layar putih setelah masuk.");
    second.interrupt();
    expect(await second.hasEnded()).toEqual({ code: 0, signal: null });
    await until("the database that the killed one had started is gone too", async () => {
      return (await processesOn(home)).length === 0;
    });
  });

  test("a second start over the same folder says that one runs already, and leaves it alone", async () => {
    const { home: _home, ...options } = await makePlace();
    await using first = npmStart(options);
    const address = await first.isReady();

    await using second = npmStart(options);
    const { code } = await second.hasEnded();

    expect(code).not.toBe(0);
    expect(second.output()).toContain("Simpul is already running over");
    expect((await fetch(new URL("healthz", address))).status).toBe(200);
  });
}
