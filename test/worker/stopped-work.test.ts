import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { HoldLost } from "../../worker/hosting/hold-stack.ts";
import { loadImage } from "../../worker/hosting/load-image.ts";
import { makeImage } from "../../worker/hosting/make-image.ts";
import { saveImage } from "../../worker/hosting/save-image.ts";
import { tryDump } from "../../worker/hosting/try-dump.ts";
import { type Folder, temporaryFolder } from "../e2e/support/folders.ts";
import { tarOf } from "../support/archives.ts";
import { testHosting } from "../support/hosting.ts";

const archive = { path: "", sha256: "0a".repeat(32) };
const dump = { path: "", sha256: "0b".repeat(32) };
const reference = `registry.go.id/simpeg@sha256:${"0c".repeat(32)}`;
const php = { base: "sha256:0a", folder: "/var/www/html", user: { uid: 33, gid: 33 }, kept: [] };
const [mariadb] = testHosting.databases as [(typeof testHosting.databases)[0]];
const limits = { largestMegabytes: 1, freeBytes: 2 ** 40, promisedBytes: 0 };

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
  [archive.path, dump.path] = [join(folder.path, "archive"), join(folder.path, "dump.sql")];
  writeFileSync(archive.path, await tarOf([{ path: "index.php", content: "x".repeat(2 ** 20) }]));
  writeFileSync(dump.path, "CREATE TABLE people (name text);\n");
});
afterAll(() => folder[Symbol.asyncDispose]());

/** A host in memory. What takes long there waits until its signal ends it, as Docker's client is. */
class TestHost implements DockerHost {
  containers: string[] = [];
  images: string[] = [];
  asked: { args: readonly string[]; variables: Record<string, string> }[] = [];
  readonly #slow: string;
  readonly #reached = Promise.withResolvers<void>();

  /** @param slow how the command begins that takes long */
  constructor(slow: string) {
    this.#slow = slow;
  }

  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  run: DockerHost["run"] = async (args, { signal, stdin, variables = {} } = {}) => {
    this.asked.push({ args, variables });
    const command = args.join(" ");
    const [last = ""] = args.slice(-1);
    const name = args[args.indexOf("--name") + 1] ?? "";
    if (command.startsWith("container ls")) return this.#listed(last).join("\n");
    if (command.startsWith("container rm")) this.containers = this.containers.filter((each) => !args.includes(each));
    if (command.startsWith("container create") || args[0] === "run") this.containers.push(name);
    if (command.startsWith("image pull")) this.images.push(last);
    if (command.startsWith("image rm")) this.images = this.images.filter((each) => each !== last);
    if (command.startsWith(this.#slow)) await this.#untilStopped(signal);
    if (stdin instanceof Readable) await stdin.toArray();
    if (!command.startsWith("image inspect")) return "";
    if (!this.images.includes(last)) throw new StackFault("image-missing", "looking", "no such image");
    return "sha256:1 8";
  };

  /** As `name=^/simpul-` filters. */
  #listed(filter: string): string[] {
    const wanted = new RegExp(filter.replace("name=", ""));
    return this.containers.filter((each) => wanted.test(`/${each}`));
  }

  async #untilStopped(signal: AbortSignal | undefined): Promise<void> {
    const stopped = Promise.withResolvers<void>();
    signal?.addEventListener("abort", () => stopped.resolve());
    this.#reached.resolve();
    await stopped.promise;
    throw new StackFault("stopped", "doing something slow", "it was told to end");
  }
}

type Work = (host: DockerHost, signal: AbortSignal) => Promise<unknown>;
const makes: Work = (host, signal) => makeImage(host, php, archive, { passphrase: "only-for-this-test", signal });
const tries: Work = (host, signal) => tryDump(host, mariadb, dump, signal);
const loads: Work = (host, signal) => loadImage(host, archive.path, signal);
const saves: Work = (host, signal) => saveImage(host, reference, "/files/x", limits, signal);

describe("what is stopped", () => {
  it.each<[string, Work, string]>([
    ["an image being made", makes, "container create"],
    ["an archive being unpacked", makes, "container cp"],
    ["an image being kept", makes, "container commit"],
    ["a database being started", tries, "run"],
    ["a database being asked whether it is ready", tries, "exec"],
    ["a dump being loaded", tries, "exec --interactive"],
  ])("leaves no container of its own, and lets be what another worker has begun: %s", async (_, work, slow) => {
    const host = new TestHost(slow);
    const stop = new AbortController();
    const working = work(host, stop.signal);
    await host.reached;
    const [own = ""] = host.containers;
    const ofAnother = own.replace(/-[^-]+$/, "-another");
    host.containers.push(ofAnother);

    stop.abort();

    await expect(working).rejects.toMatchObject({ name: "StackFault", reason: "stopped" });
    expect(host.containers).toEqual([ofAnother]);
  });

  it.each<[string, Work, string]>([
    ["an image being loaded", loads, "image load"],
    ["an image being pulled", saves, "image pull"],
  ])("is no refusal of the host: %s", async (_, work, slow) => {
    const host = new TestHost(slow);
    const stop = new AbortController();
    const working = work(host, stop.signal);
    await host.reached;
    stop.abort();
    await expect(working).rejects.toMatchObject({ name: "StackFault", reason: "stopped" });
  });

  it.each([
    ["takes an image that it had fetched off the host again", new Error("the worker stops"), []],
    ["leaves it to whoever has taken it over", new HoldLost("another worker took it over"), [reference]],
  ])("%s", async (_, why, left) => {
    const host = new TestHost("image save");
    const stop = new AbortController();
    const saving = saves(host, stop.signal);
    await host.reached;
    stop.abort(why);
    await expect(saving).rejects.toMatchObject({ reason: "stopped" });
    expect(host.images).toEqual(left);
  });
});

it("a database that is thrown away has its passwords from nobody's arguments", async () => {
  const host = new TestHost("nothing");
  await tries(host, new AbortController().signal);
  const run = host.asked.find(({ args }) => args[0] === "run");
  const { MARIADB_ROOT_PASSWORD: root, APPLICATION_PASSWORD: password } = run?.variables ?? {};
  expect([root?.length, password?.length]).toEqual([32, 32]);
  for (const { args } of host.asked) expect(args.join(" ")).not.toMatch(/PASSWORD=/);
  expect(run?.args.filter((_, at, all) => all[at - 1] === "--env")).toEqual(Object.keys(run?.variables ?? {}));
});

it("what a crash has left of the same is thrown away", async () => {
  const host = new TestHost("nothing");
  host.containers = [`simpul-trying-${dump.sha256}-before`, `simpul-trying-${"0d".repeat(32)}-of-another-dump`];
  await tries(host, new AbortController().signal);
  expect(host.containers).toEqual([`simpul-trying-${"0d".repeat(32)}-of-another-dump`]);
});
