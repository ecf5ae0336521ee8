import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { atMost } from "../../../core/domain/at-most.ts";
import type { StackContext } from "../../../infra/stacks/context.ts";
import { putBackStack } from "../../../infra/stacks/put-back.ts";
import { recoverStack } from "../../../infra/stacks/recover.ts";
import { temporaryFolder } from "../../e2e/support/folders.ts";
import { anApplication } from "../../support/stack-inputs.ts";

const stack = "app-bappeda";
/** As Docker calls them: "created" was made and never ran. */
type Status = "created" | "running" | "exited" | "paused";
type Container = { id: string; name: string; status: Status; stack: string };

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Docker's client over a file of containers. It knows what is asked of it here. */
const dockerClient = `
const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
const [, , , , kind, what, ...args] = process.argv;
const all = JSON.parse(readFileSync("FOLDER/containers", "utf8"));
const isWanted = (filter, { status, stack }) => filter === "status=" + status || filter === "label=simpul.stack=" + stack;
const filters = args.filter((_, at) => args[at - 1] === "--filter");
const listed = all.filter((each) => filters.every((filter) => isWanted(filter, each)));
const shown = ({ id, name }) => args.includes("--quiet") ? id : JSON.stringify({ ID: id, Names: name });
const looked = ({ id, name, status }) => ({
  Id: id, Name: "/" + name, Image: "", State: { Running: status === "running" }, Config: { Image: "" },
  HostConfig: { Memory: 0, NetworkMode: "" }, Mounts: [], NetworkSettings: { Networks: {} },
});
if (kind === "container" && what === "ls") console.log(listed.map(shown).join("\\n"));
if (kind === "container" && what === "inspect") console.log(JSON.stringify(all.filter(({ id }) => args.includes(id)).map(looked)));
if (kind === "container" && what === "rm") {
  appendFileSync("FOLDER/asked", "remove " + args.slice(1).join(" ") + "\\n");
  writeFileSync("FOLDER/containers", JSON.stringify(all.filter(({ id }) => !args.includes(id))));
}
`;

/** Pulumi, whose state knows each container of the stack. */
const pulumi = `#!/bin/sh
echo "$1" >> FOLDER/asked
if [ "$1" = stack ]; then cat FOLDER/state; fi
`;

/** A host with these containers, and what is done there. */
async function hostWith(folder: string, containers: readonly Container[]) {
  const put = (name: string, text: string, mode = 0o600) =>
    writeFile(join(folder, name), text.replaceAll("FOLDER", folder), { mode });
  const resources = containers
    .filter((each) => each.stack === stack)
    .map(({ id, name }) => ({
      urn: `urn:pulumi:${stack}::simpul::docker:index/container:Container::${name}`,
      ...{ id, inputs: { name, image: "" } },
    }));
  await put("containers", JSON.stringify(containers));
  await put("state", JSON.stringify({ deployment: { resources } }));
  await put("docker", `#!${process.execPath}\n${dockerClient}`, 0o700);
  await put("program", pulumi, 0o700);
  await mkdir(join(folder, "stacks"));
  await put(`stacks/${stack}.json`, JSON.stringify(anApplication()));
  vi.stubEnv("PATH", [folder, process.env.PATH].join(delimiter));
  const context: StackContext = {
    home: folder,
    tool: { program: join(folder, "program"), env: process.env, project: folder },
    inTurn: atMost(1),
    ...{
      limits: { memoryBytes: 2 ** 30, patienceMs: 60_000 },
      passphrase: "only-for-this-test",
      knownHashes: new Map(),
    },
  };
  return {
    context,
    left: () =>
      (JSON.parse(readFileSync(join(folder, "containers"), "utf8")) as Container[]).map(({ id }) => id).toSorted(),
    asked: () => readFileSync(join(folder, "asked"), "utf8").trim().split("\n"),
  };
}

const container = (id: string, status: Status, given: Partial<Container> = {}): Container => ({
  ...{ id, status, name: `${stack}-${id}`, stack },
  ...given,
});
const standing = [container("runs", "running", { name: `${stack}-web-a` }), container("ran", "exited")];
const others = container("of-another", "created", { stack: "app-dinkes" });

it.each([
  ["recovering", recoverStack],
  ["putting back", putBackStack],
])("what was made and never ran is removed by %s, and the state forgets it", async (_, act) => {
  await using folder = await temporaryFolder();
  const made = [container("made-first", "created"), container("made-then", "created")];
  const host = await hostWith(folder.path, [...standing, ...made, others]);

  expect(await act(host.context, stack)).toMatchObject({ ok: true });

  expect(host.left()).toEqual(["of-another", "ran", "runs"]);
  const removed = host.asked().indexOf("remove made-first made-then");
  expect(host.asked().slice(0, removed)).toContain("refresh");
  expect(host.asked()[removed + 1]).toBe("refresh");
});

it.each([
  ["recovering", recoverStack],
  ["putting back", putBackStack],
])("where all runs or ran, nothing is removed by %s", async (_, act) => {
  await using folder = await temporaryFolder();
  const host = await hostWith(folder.path, [...standing, container("paused", "paused"), others]);

  expect(await act(host.context, stack)).toMatchObject({ ok: true });

  expect(host.left()).toEqual(["of-another", "paused", "ran", "runs"]);
  expect(host.asked().filter((each) => each === "refresh")).toHaveLength(1);
});

it.each([
  ["recovering", recoverStack],
  ["putting back", putBackStack],
])("who lost the stack removes nothing of it any more by %s", async (_, act) => {
  await using folder = await temporaryFolder();
  const host = await hostWith(folder.path, [container("made", "created"), others]);
  await expect(act(host.context, stack, { signal: AbortSignal.abort(new Error("it is another's")) })).rejects.toThrow();
  expect(host.left()).toEqual(["made", "of-another"]);
});
