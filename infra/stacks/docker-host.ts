import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import { stackLabel } from "../../core/domain/hosting/stack-names.ts";
import type { HostInput } from "../stack-input.ts";
import { explainOutput, StackFault, toldToEnd } from "./fault.ts";

export type DockerHost = {
  /** @returns what it printed @throws StackFault; `stopped` where its signal ended it */
  run(
    args: readonly string[],
    options?: {
      stdin?: string | Readable;
      patienceMs?: number;
      /** what it printed as errors, too, after the rest: what a container says goes both ways */
      withErrors?: true;
      /** it writes a file on this machine */
      writesHere?: true;
      /** ends the client; what it has asked the engine for may come about all the same */
      signal?: AbortSignal | undefined;
      /** of the client's environment, for `--env NAME`: arguments are seen by whoever lists processes */
      variables?: Record<string, string>;
    },
  ): Promise<string>;
};

const answerWithinMs = 60_000;
const mostOutputBytes = 32 * 2 ** 20;
const strictSsh = join(import.meta.dirname, "strict-ssh");

/** Docker's own client; what comes from people reaches it as arguments only. */
export function openDockerHost({ endpoint, certificates }: HostInput): DockerHost {
  const tls = certificates === undefined ? [] : tlsArguments(certificates);
  return {
    run(args, { stdin, patienceMs = answerWithinMs, withErrors, writesHere, signal, variables } = {}) {
      const doing = `docker ${args.slice(0, 2).join(" ")} on ${endpoint}`;
      return new Promise((settle, fail) => {
        const stopped = () => new StackFault("stopped", doing, toldToEnd, { cause: signal?.reason });
        if (signal?.aborted) return fail(stopped());
        const env = { ...process.env, ...variables, PATH: [strictSsh, process.env.PATH].join(delimiter) };
        const options = { env, timeout: patienceMs, maxBuffer: mostOutputBytes, signal };
        const child = execFile("docker", ["--host", endpoint, ...tls, ...args], options, (fault, stdout, stderr) => {
          if (fault === null) return settle(withErrors ? stdout + stderr : stdout);
          if (signal?.aborted) return fail(stopped());
          if (fault.killed) return fail(new StackFault("host-unreachable", doing, "it does not answer"));
          fail(explainOutput(doing, stderr || fault.message, { writesHere }));
        });
        child.stdin?.on("error", () => undefined); // It ended before it had read all; its code says why.
        if (stdin instanceof Readable && child.stdin !== null) stdin.pipe(child.stdin);
        else child.stdin?.end(stdin);
      });
    },
  };
}

function tlsArguments(folder: string): string[] {
  const file = (name: string) => join(folder, name);
  return ["--tlsverify", "--tlscacert", file("ca.pem"), "--tlscert", file("cert.pem"), "--tlskey", file("key.pem")];
}

const health = z.object({ Status: z.string() });

/** What is asked of `docker inspect` of a container. */
const inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: z.object({ Running: z.boolean(), Paused: z.boolean().optional(), Health: health.optional() }),
  Config: z.object({
    Image: z.string(),
    Env: z.array(z.string()).nullish(),
    /** by the folder */
    Volumes: z.record(z.string(), z.unknown()).nullish(),
  }),
  HostConfig: z.object({
    Memory: z.number(),
    NetworkMode: z.string(),
    PortBindings: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()).nullish(),
  }),
  Mounts: z.array(
    z.object({ Type: z.string(), Name: z.string().optional(), Source: z.string(), Destination: z.string() }),
  ),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()) }),
});
export type Inspected = z.infer<typeof inspected>;

/** @param names or ids; those that are not there are left out */
export async function inspectContainers(docker: DockerHost, names: readonly string[]): Promise<Inspected[]> {
  const all = z.array(z.object({ ID: z.string(), Names: z.string() }));
  const listed = all.parse(
    jsonLines(await docker.run(["container", "ls", "--all", "--no-trunc", "--format", "{{json .}}"])),
  );
  const wanted = listed.filter(
    ({ ID, Names }) => names.includes(ID) || Names.split(",").some((each) => names.includes(each)),
  );
  return inspectById(
    docker,
    wanted.map(({ ID }) => ID),
  );
}

/** Those that carry the label of that stack. */
export async function inspectContainersOf(docker: DockerHost, stack: string): Promise<Inspected[]> {
  const filter = ["--filter", `label=${stackLabel}=${stack}`];
  const ids = await docker.run(["container", "ls", "--all", "--no-trunc", "--quiet", ...filter]);
  return inspectById(docker, linesOf(ids));
}

/** With their volumes that have no name. @param filter "name=^/simpul-" */
export async function removeContainers(docker: DockerHost, filter: string): Promise<void> {
  const list = ["container", "ls", "--all", "--quiet", "--no-trunc", "--filter", filter];
  const ids = linesOf(await docker.run(list));
  if (ids.length > 0) await docker.run(["container", "rm", "--force", "--volumes", ...ids]);
}

/** IDs of those of that stack that were made and never ran. */
export async function listNeverRun(docker: DockerHost, stack: string): Promise<string[]> {
  const filters = ["--filter", `label=${stackLabel}=${stack}`, "--filter", "status=created"];
  return linesOf(await docker.run(["container", "ls", "--all", "--no-trunc", "--quiet", ...filters]));
}

async function inspectById(docker: DockerHost, ids: readonly string[]): Promise<Inspected[]> {
  if (ids.length === 0) return [];
  return z.array(inspected).parse(JSON.parse(await docker.run(["container", "inspect", ...ids])));
}

const network = z.object({
  Id: z.string(),
  Name: z.string(),
  Containers: z.record(z.string(), z.unknown()).nullish(),
});

/** Networks that carry the label of that stack, and who is in them. */
export async function listNetworksOf(docker: DockerHost, stack: string): Promise<{ id: string; isEmpty: boolean }[]> {
  const ids = linesOf(
    await docker.run(["network", "ls", "--no-trunc", "--quiet", "--filter", `label=${stackLabel}=${stack}`]),
  );
  if (ids.length === 0) return [];
  const networks = z.array(network).parse(JSON.parse(await docker.run(["network", "inspect", ...ids])));
  return networks.map(({ Id, Containers }) => ({ id: Id, isEmpty: Object.keys(Containers ?? {}).length === 0 }));
}

/** Volumes that carry the label of that stack, with what is in them. */
export async function removeVolumesOf(docker: DockerHost, stack: string): Promise<void> {
  const names = linesOf(await docker.run(["volume", "ls", "--quiet", "--filter", `label=${stackLabel}=${stack}`]));
  if (names.length > 0) await docker.run(["volume", "rm", ...names]);
}

/** @returns those of the images that the host does not have */
export async function findMissingImages(docker: DockerHost, images: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const image of new Set(images)) {
    try {
      await docker.run(["image", "inspect", "--format", "{{.Id}}", image]);
    } catch (fault) {
      if (!(fault instanceof StackFault) || fault.reason !== "image-missing") throw fault;
      missing.push(image);
    }
  }
  return missing;
}

/**
 * Gives images that are known by their ID alone a name. Without one the engine's list leaves them out once another is made of
 * them, as evidence is, and Pulumi's provider, which looks there, would have them pulled.
 */
export async function nameImages(docker: DockerHost, repository: string, images: readonly string[]): Promise<void> {
  for (const image of new Set(images.filter((each) => each.startsWith("sha256:")))) {
    const names = await docker.run(["image", "inspect", "--format", '{{join .RepoTags " "}}', image]);
    if (names.trim() === "") await docker.run(["image", "tag", image, `${repository}:${image.slice(7, 19)}`]);
  }
}

/** By whatever names they have. What is gone already, or what a container still runs of, is left. */
export async function removeImages(docker: DockerHost, images: readonly string[]): Promise<void> {
  for (const image of new Set(images)) {
    await docker.run(["image", "rm", "--force", image]).catch((fault: unknown) => {
      const isLeft = fault instanceof StackFault && (fault.reason === "image-missing" || isInUse.test(fault.message));
      if (!isLeft) throw fault;
    });
  }
}

const isInUse = /image is being used by|image has dependent child images/;

function jsonLines(text: string): unknown[] {
  return linesOf(text).map((line) => JSON.parse(line));
}

/** Of what Docker printed, one thing a line. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
