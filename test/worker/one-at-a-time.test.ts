import { afterAll, beforeAll, expect, it } from "vitest";
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

it.each<[string, (hosts: Hosts, file: string) => Promise<unknown>]>([
  ["an image of an archive is made", (hosts, sha256) => hosts.makeImage(target, php, { path: "/files/x", sha256 })],
  ["an image of a registry is saved", (hosts, file) => hosts.saveImage(target, file, "/files/x", limits)],
  ["an image of a registry is looked for", (hosts, file) => hosts.needImage(target, `${file}@sha256:0a`)],
  ["a dump is tried", (hosts, sha256) => hosts.tryDump(target, postgresql, { path: "/files/x", sha256 })],
])("%s by one worker at a time, and another one beside it", async (_, act) => {
  const asked: string[] = [];
  const mayEnd = Promise.withResolvers<void>();
  const hasBegun = Promise.withResolvers<void>();
  const work = async (file: string): Promise<string> => {
    asked.push(`begin ${file}`);
    hasBegun.resolve();
    if (file === "a") await mayEnd.promise;
    asked.push(`end ${file}`);
    return file;
  };
  const hosts = oneAtATime(
    {
      ...noHosts,
      makeImage: (_target, _image, { sha256 }) => work(sha256),
      saveImage: async (_target, reference) => void (await work(reference)),
      needImage: async (_target, image) => void (await work(image.slice(0, 1))),
      tryDump: async (_target, _database, { sha256 }) => void (await work(sha256)),
    },
    database.db,
  );

  const first = act(hosts, "a");
  await hasBegun.promise;
  const second = act(hosts, "a");
  await act(hosts, "b");
  mayEnd.resolve();
  await Promise.all([first, second]);

  expect(asked).toEqual(["begin a", "begin b", "end b", "end a", "begin a", "end a"]);
});
