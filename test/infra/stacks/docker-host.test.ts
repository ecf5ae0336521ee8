import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type DockerHost, openDockerHost } from "../../../infra/stacks/docker-host.ts";
import { type Folder, temporaryFolder } from "../../e2e/support/folders.ts";

let folder: Folder;
let docker: DockerHost;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());
beforeEach(() => {
  vi.stubEnv("PATH", [folder.path, process.env.PATH].join(delimiter));
  docker = openDockerHost({ endpoint: "unix:///run/docker.sock" });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Docker's client is that script. */
const clientIs = (script: string) => writeFile(join(folder.path, "docker"), `#!/bin/sh\n${script}\n`, { mode: 0o700 });

it("what a signal stops is ended, and said to be stopped, with why", async () => {
  const file = join(folder.path, "pid");
  await clientIs(`echo $$ > ${file}.new && mv ${file}.new ${file}; exec sleep 1000`);
  const stop = new AbortController();
  const pulling = docker.run(["image", "pull", "x"], { signal: stop.signal });
  await expect.poll(() => existsSync(file)).toBe(true);

  stop.abort(new Error("another worker took it over"));

  await expect(pulling).rejects.toMatchObject({
    ...{ name: "StackFault", reason: "stopped", message: expect.stringContaining("docker image pull") },
    cause: { message: "another worker took it over" },
  });
  await expect.poll(() => isThere(Number(readFileSync(file, "utf8")))).toBe(false);
});

it("what was stopped before is not begun", async () => {
  const file = join(folder.path, "begun");
  await clientIs(`touch ${file}`);
  await expect(docker.run(["ps"], { signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: "stopped" });
  expect(existsSync(file)).toBe(false);
});

it("variables reach it by its environment", async () => {
  await clientIs('echo "$SECRET, $*"');
  const printed = await docker.run(["run", "--env", "SECRET"], { variables: { SECRET: "rahasia" } });
  expect(printed).toBe("rahasia, --host unix:///run/docker.sock run --env SECRET\n");
});

/** One that has ended and is not yet waited for by its parent is not there any more. */
function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
