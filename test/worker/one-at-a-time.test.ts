import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { holdStack } from "../../core/db/hosting/stack-leases.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import type { Hosts } from "../../worker/hosting/hosts.ts";
import { oneAtATime } from "../../worker/hosting/one-at-a-time.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { noHosts, testHosting } from "../support/hosting.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const [target] = testHosting.targets as [(typeof testHosting.targets)[0]];
const [postgresql] = testHosting.databases as [(typeof testHosting.databases)[0]];
const php = { base: "sha256:0a", folder: "/var/www/html", user: { uid: 33, gid: 33 }, kept: [] };
const limits = { largestMegabytes: 1, freeBytes: 1, promisedBytes: 0 };
const renewEveryMs = 2_000;
const { signal } = new AbortController();

const usual = { on: target as HostingTarget, signal };

type Act = (hosts: Hosts, file: string, how: typeof usual) => Promise<unknown>;
const acts: [string, Act][] = [
  [
    "an image of an archive is made",
    (hosts, sha256, how) => hosts.makeImage(how.on, php, { path: "/files/x", sha256 }, how.signal),
  ],
  [
    "an image of a registry is saved",
    (hosts, file, how) => hosts.saveImage(how.on, `${file}@sha256:0a`, "/files/x", limits, how.signal),
  ],
  [
    "an image of a registry is looked for",
    (hosts, file, how) => hosts.needImage(how.on, `${file}@sha256:0a`, how.signal),
  ],
  [
    "a dump is tried",
    (hosts, sha256, how) => hosts.tryDump(how.on, postgresql, { path: "/files/x", sha256 }, how.signal),
  ],
];

/** One at a time by the test's database. @param work on a file, which is one letter here, on the target of that name */
function hostsThat(work: (file: string, on: string, held: AbortSignal) => Promise<void>): Hosts {
  return oneAtATime(
    {
      ...noHosts,
      makeImage: async ({ name }, _image, { sha256 }, held) => {
        await work(sha256, name, held);
        return sha256;
      },
      saveImage: ({ name }, reference, _path, _limits, held) => work(reference.slice(0, 1), name, held),
      needImage: ({ name }, image, held) => work(image.slice(0, 1), name, held),
      tryDump: ({ name }, _database, { sha256 }, held) => work(sha256, name, held),
    },
    database.db,
  );
}

afterEach(async () => {
  vi.useRealTimers();
  await database.db.deleteFrom("stack_lease").execute();
});

it.each(acts)("%s by one worker at a time, and another one beside it, also on another target", async (_, act) => {
  const asked: string[] = [];
  const mayEnd = Promise.withResolvers<void>();
  const hasBegun = Promise.withResolvers<void>();
  const hosts = hostsThat(async (file, on) => {
    asked.push(`begin ${file} on ${on}`);
    hasBegun.resolve();
    if (file === "a" && on === "dc") await mayEnd.promise;
    asked.push(`end ${file} on ${on}`);
  });

  const first = act(hosts, "a", usual);
  await hasBegun.promise;
  const second = act(hosts, "a", usual);
  await act(hosts, "b", usual);
  await act(hosts, "a", { ...usual, on: { ...target, name: "dr" } });
  mayEnd.resolve();
  await Promise.all([first, second]);

  const beside = ["begin b on dc", "end b on dc", "begin a on dr", "end a on dr"];
  expect(asked).toEqual(["begin a on dc", ...beside, "end a on dc", "begin a on dc", "end a on dc"]);
});

it.each(acts)("%s no more where it was to stop while somebody else was waited for", async (_, act) => {
  const mayEnd = Promise.withResolvers<void>();
  const hasBegun = Promise.withResolvers<void>();
  let begun = 0;
  const hosts = hostsThat(async () => {
    begun += 1;
    hasBegun.resolve();
    await mayEnd.promise;
  });
  const first = act(hosts, "a", usual);
  await hasBegun.promise;
  const stop = new AbortController();
  const second = act(hosts, "a", { ...usual, signal: stop.signal });

  stop.abort();

  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  mayEnd.resolve();
  await first;
  expect(begun).toBe(1);
});

it.each(acts)("%s, and told to stop with its task", async (_, act) => {
  const stop = new AbortController();
  const hosts = hostsThat(async (_file, _on, held) => {
    stop.abort(new Error("the worker stops"));
    held.throwIfAborted();
  });
  await expect(act(hosts, "a", { ...usual, signal: stop.signal })).rejects.toThrow("the worker stops");
});

it.each(acts)("nothing comes of it where %s and somebody else takes it over meanwhile", async (_, act) => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  let isTold = false;
  const hosts = hostsThat(async (_file, _on, held) => {
    await database.db
      .updateTable("stack_lease")
      .set({ until: new Date(0) })
      .execute();
    const { stack } = await database.db.selectFrom("stack_lease").select("stack").executeTakeFirstOrThrow();
    expect(await holdStack(database.db, { stack, holder: crypto.randomUUID(), seconds: 60 })).toBe(true);
    vi.advanceTimersByTime(renewEveryMs);
    if (!held.aborted) await once(held, "abort");
    isTold = true;
    // What is stopped too late ends as if nothing had been.
  });

  await expect(act(hosts, "a", usual)).rejects.toThrow("another worker took it over");

  expect(isTold).toBe(true);
  // What is the other's stays the other's.
  expect(await database.db.selectFrom("stack_lease").select("stack").execute()).toHaveLength(1);
});
