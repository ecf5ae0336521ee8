import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type pg from "pg";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { AlreadyRunning, openEmbeddedPostgres } from "../../../../core/db/postgres/embedded-postgres.ts";
import { isAlive } from "../../../../core/db/postgres/postgres-cluster.ts";
import { makeTemporaryFolder, query, WITHOUT_SYNC } from "../../../support/server.ts";

const PROGRAM = join(import.meta.dirname, "../../../support/simpul-process.ts");
const isRoot = process.getuid?.() === 0;

/** Made once: most tests only need one that exists. */
let home: string;

beforeAll(async () => {
  const { folder, remove } = await temporaryFolder();
  home = folder;
  const { stop } = await openEmbeddedPostgres({ home, ...WITHOUT_SYNC });
  await stop();
  return remove;
});

describe("the embedded database", () => {
  it("is made at the first start and kept at the next", async () => {
    const empty = await makeFolder();
    const first = await open(empty);
    await query(first.config, "create table kept as select 42 as answer");
    await first.stop();

    const second = await open(empty);
    expect([first.attached, second.attached]).toEqual([false, false]);
    expect((await query(second.config, "select answer from kept")).rows).toEqual([{ answer: 42 }]);
  });

  it("lets nobody else in", async () => {
    const { config } = await open(home);
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(home)).toBe(isRoot ? "711" : "700");
    expect(await modeOf(join(home, "postgres"))).toBe("700");
    expect(await modeOf(join(home, "postgres.password"))).toBe("600");
    expect(await modeOf(join(home, "postgres.log"))).toBe("600");
    expect(await modeOf(String(config.host))).toBe("700");
    await expect(query({ ...config, password: "guessed" }, "select")).rejects.toMatchObject({ code: "28P01" });
    expect((await query(config, "show listen_addresses")).rows).toEqual([{ listen_addresses: "" }]);
  });

  it("leaves no process and no socket after stopping", async () => {
    const { stop } = await open(home);
    const pid = await serverOf(home);
    await stop();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(await readdir(join(home, "run"))).toEqual([]);
  });

  it("is refused to a second process", async () => {
    await open(home);
    const simpul = startSimpul(home);
    await expect(openEmbeddedPostgres({ home })).rejects.toThrow(AlreadyRunning);
    expect(await nextLine(simpul)).toBe("AlreadyRunning");
  });

  it("is made once when two processes start over an empty folder at once", async () => {
    const empty = await makeFolder();
    const said = await Promise.all([nextLine(startSimpul(empty)), nextLine(startSimpul(empty))]);
    expect(said.sort()).toEqual(["AlreadyRunning", "open"]);
    expect((await readdir(empty)).filter((name) => name.includes(".new-"))).toEqual([]);
  });

  it("comes back by itself when its server is killed, and keeps every row and its lock", async () => {
    const { config } = await open(home);
    await query(config, "create table written as select 42 as answer");
    process.kill(await serverOf(home), "SIGKILL");
    const rows = (statement: string) => query(config, statement).then((result) => result.rows);
    const answer = () => rows("select answer from written").catch(() => "away");
    await expect.poll(answer).toEqual([{ answer: 42 }]);
    await expect
      .poll(() => rows("select granted from pg_locks where locktype = 'advisory'"))
      .toEqual([{ granted: true }]);
  });

  it("is taken over when the process that had started it was killed, and lost no committed row", async () => {
    const { simpul, committed } = await writeNumbers(home);
    const server = await serverOf(home);
    await kill(simpul);

    const { attached, config } = await open(home);
    expect(attached).toBe(true);
    expect(await serverOf(home)).toBe(server);
    await expectNumbers(config, committed());
  });

  it("says so when its server was lost and does not come back", async () => {
    const simpul = startSimpul(home);
    await nextLine(simpul);
    await kill(simpul);
    const lost = Promise.withResolvers<Error>();
    const { stop } = await openEmbeddedPostgres({ home, patienceMs: 0, onLost: lost.resolve });
    onTestFinished(stop);
    process.kill(await serverOf(home), "SIGKILL");
    expect((await lost.promise).message).toContain(`starting the database in ${home}`);
  });

  it("recovers when everything was killed, and lost no committed row", async () => {
    const { simpul, committed } = await writeNumbers(home);
    process.kill(await serverOf(home), "SIGKILL");
    await kill(simpul);

    const { attached, config } = await open(home);
    expect(attached).toBe(false);
    await expectNumbers(config, committed());
  });

  it("removes what a process left that was killed while it made the folder", async () => {
    const gone = spawn(process.execPath, ["--version"]);
    await once(gone, "exit");
    await mkdir(join(home, `postgres.new-${gone.pid}`, "base"), { recursive: true });
    await open(home);
    expect((await readdir(home)).filter((name) => name.includes(".new-"))).toEqual([]);
  });

  it("works in a folder whose path a socket or a shell could not take", async () => {
    const odd = await makeFolder(`it's a folder, ${"x".repeat(100)}`);
    const { config, stop } = await open(odd);
    await query(config, "select");
    await stop();
    await expect(stat(String(config.host))).rejects.toThrow("ENOENT");
  });

  it("says the server's own words when it does not start", async () => {
    const settings = { nonsense: "1" };
    await expect(openEmbeddedPostgres({ home, settings, patienceMs: 300 })).rejects.toThrow(
      'unrecognized configuration parameter "nonsense"',
    );
  });
});

it.runIf(isRoot)("refuses root a folder below one that only root may enter, in a sentence", async () => {
  const closed = await makeFolder("closed");
  await mkdir(closed, { mode: 0o700 });
  await expect(openEmbeddedPostgres({ home: join(closed, "simpul") })).rejects.toThrow(`may not enter ${closed}`);
});

it.runIf(isRoot).each([
  ["with a database", ["postgres", "run"]],
  ["in which a first start is under way", ["postgres.new-1"]],
])("refuses root the folder of another account %s, and changes nothing there", async (_case, names) => {
  const foreign = await makeFolder("foreign");
  const places = [foreign, ...names.map((name) => join(foreign, name))];
  for (const place of places) {
    await mkdir(place, { mode: 0o700 });
    await chown(place, 1000, 1000);
  }

  await expect(openEmbeddedPostgres({ home: foreign })).rejects.toThrow(
    `${foreign} belongs to the user with id 1000: run this as the account that runs Simpul, for example sudo -u '#1000' npm`,
  );

  expect(await Promise.all(places.map(rightsOf))).toEqual(places.map(() => ["700", 1000, 1000]));
  expect((await readdir(foreign)).sort()).toEqual(names);
});

// As root only where others may read the checkout, since an ordinary user runs the program from there.
it.runIf(!isRoot || (await othersMayRead(PROGRAM)))(
  "works for an ordinary user below a folder of mode 0700",
  async () => {
    const inside = await makeFolder("closed/simpul");
    const closed = dirname(inside);
    await mkdir(closed, { mode: 0o700 });
    const user = isRoot ? await ordinaryUser() : undefined;
    if (user) await chown(closed, user.uid, user.gid);
    const simpul = startSimpul(inside, "stop", user);
    expect(await nextLine(simpul)).toBe("open");
    const [code] = simpul.exitCode === null ? await once(simpul, "exit") : [simpul.exitCode];
    expect(code).toBe(0);
  },
);

async function makeFolder(below?: string): Promise<string> {
  const { folder, remove } = await temporaryFolder(below);
  onTestFinished(remove);
  return folder;
}

/** `remove` ends a server over the folder first, which a failed test has left. */
async function temporaryFolder(below = "") {
  const temporary = await makeTemporaryFolder();
  if (isRoot) await chmod(temporary, 0o711);
  const folder = join(temporary, below);
  const remove = async () => {
    const pid = await serverOf(folder).catch(() => undefined);
    if (pid && isAlive(pid)) process.kill(pid, "SIGQUIT");
    await vi.waitFor(() => rm(temporary, { recursive: true }), { timeout: 20_000 });
  };
  return { folder, remove };
}

async function rightsOf(path: string): Promise<[mode: string, uid: number, gid: number]> {
  const { mode, uid, gid } = await stat(path);
  return [(mode & 0o777).toString(8), uid, gid];
}

async function open(home: string) {
  const opened = await openEmbeddedPostgres({ home, ...WITHOUT_SYNC });
  onTestFinished(opened.stop);
  return opened;
}

async function serverOf(home: string): Promise<number> {
  return Number.parseInt(await readFile(join(home, "postgres", "postmaster.pid"), "utf8"), 10);
}

type User = {
  uid: number;
  gid: number;
};

function startSimpul(home: string, task = "hold", user?: User) {
  const simpul = spawn(process.execPath, [PROGRAM, home, task], { stdio: ["ignore", "pipe", "inherit"], ...user });
  onTestFinished(() => kill(simpul));
  return simpul;
}

async function kill(simpul: ChildProcess) {
  if (simpul.exitCode !== null || simpul.signalCode !== null) return;
  simpul.kill("SIGKILL");
  await once(simpul, "exit");
}

async function nextLine({ stdout }: ReturnType<typeof startSimpul>): Promise<string> {
  for await (const line of createInterface({ input: stdout })) return line;
  return "";
}

/** A process that has committed some numbers and goes on; `committed` is the last one it told us. */
async function writeNumbers(home: string) {
  const simpul = startSimpul(home, "write");
  let last = 0;
  const enough = Promise.withResolvers<void>();
  createInterface({ input: simpul.stdout }).on("line", (line) => {
    if (Number(line) > 0) last = Number(line);
    if (last >= 50) enough.resolve();
  });
  await enough.promise;
  return { simpul, committed: () => last };
}

async function expectNumbers(config: pg.ClientConfig, committed: number) {
  const { rows } = await query(config, "select count(*)::int, max(number) from number");
  expect(rows[0].max).toBeGreaterThanOrEqual(committed);
  expect(rows[0].count).toBe(rows[0].max);
}

async function othersMayRead(path: string): Promise<boolean> {
  const reader = spawn("cat", [path], { ...(await ordinaryUser()), cwd: "/", stdio: "ignore" });
  const [code] = await once(reader, "exit");
  return code === 0;
}

/** The first one that the machine knows who is not the system's: `initdb` looks its name up. */
async function ordinaryUser(): Promise<User> {
  for (const line of (await readFile("/etc/passwd", "utf8")).split("\n")) {
    const [, , uid, gid] = line.split(":").map(Number);
    if (uid !== undefined && gid !== undefined && uid >= 1000) return { uid, gid };
  }
  throw new Error("/etc/passwd names no ordinary user");
}
