import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./folders.ts";
import { until } from "./until.ts";

export type DockerEngine = AsyncDisposable & {
  /** "unix:///…" */
  endpoint: string;
  /** the address of its machine, as seen from the test */
  address: string;
  /** ours, as seen from its machine */
  ours: string;
  /** for `nsenter`: what is started with them runs on its machine */
  machine: string[];
  /** runs Docker's client against it */
  docker(...args: string[]): string;
  /** runs a program on its machine */
  onMachine(...args: string[]): string;
  /** ends the engine at once, as a power cut would; `restart` starts it again */
  kill(): Promise<void>;
  restart(): Promise<void>;
};

/** A namespace of that name is there once: whoever makes it has its subnet, whatever others start at the same moment. */
function takeSubnet(ip: (...args: string[]) => unknown): { name: string; subnet: string } {
  for (let tries = 0; ; tries++) {
    const place = (process.pid + tries) % 256;
    const name = `spe${place}`;
    try {
      ip("netns", "add", name);
      return { name, subnet: `10.213.${place}` };
    } catch (fault) {
      if (tries === 255) throw fault;
    }
  }
}

/**
 * A Docker Engine on a machine of its own, which is a network namespace: bridges, firewall and ports of the test's machine are
 * none of it. Both machines see each other over one cable.
 *
 * @param alsoAt by what else than its socket it is reached, as arguments of `dockerd`; `address` is that of its machine
 */
export async function openDockerEngine(alsoAt?: (address: string) => string[]): Promise<DockerEngine> {
  const folder = await temporaryFolder();
  const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
  const { name, subnet } = takeSubnet(ip);
  const cable = { ours: `${name}h`, theirs: `${name}n` };
  const machine = [`--net=${join("/run/netns", name)}`];
  ip("link", "add", cable.ours, "type", "veth", "peer", "name", cable.theirs, "netns", name);
  ip("addr", "add", `${subnet}.1/30`, "dev", cable.ours);
  ip("link", "set", cable.ours, "up");
  ip("-n", name, "link", "set", "lo", "up");
  ip("-n", name, "addr", "add", `${subnet}.2/30`, "dev", cable.theirs);
  ip("-n", name, "link", "set", cable.theirs, "up");
  ip("-n", name, "route", "add", "default", "via", `${subnet}.1`);

  const endpoint = `unix://${join(folder.path, "sock")}`;
  const docker = (...args: string[]) => run("docker", ["--host", endpoint, ...args]);
  const listening = ["--host", endpoint, ...(alsoAt?.(`${subnet}.2`) ?? [])];
  const begin = () => start({ machine, folder: folder.path, endpoint, listening });
  let engine = await begin();
  const end = async (signal: NodeJS.Signals) => {
    engine.kill(signal);
    if (engine.exitCode === null && engine.signalCode === null) await once(engine, "exit");
  };
  return {
    endpoint,
    address: `${subnet}.2`,
    ours: `${subnet}.1`,
    machine,
    docker,
    onMachine: (...args) => run("nsenter", [...machine, ...args]),
    kill: () => end("SIGKILL"),
    async restart() {
      // Nobody may have asked how the killed ones ended: then the engine takes its containerd for alive, and waits for it.
      for (const name of ["pid", "exec/containerd/containerd.pid"]) await rm(join(folder.path, name), { force: true });
      engine = await begin();
    },
    async [Symbol.asyncDispose]() {
      const containers = docker("ps", "--all", "--quiet").split("\n").filter(Boolean);
      if (containers.length > 0) docker("rm", "--force", ...containers);
      await end("SIGTERM");
      await unmountBelow(folder.path);
      ip("netns", "delete", name);
      await folder[Symbol.asyncDispose]();
    },
  };
}

type Start = { machine: readonly string[]; folder: string; endpoint: string; listening: readonly string[] };

async function start({ machine, folder, endpoint, listening }: Start) {
  const log = join(folder, "log");
  const output = openSync(log, "a", 0o600);
  const at = (name: string) => join(folder, name);
  const places = ["--data-root", at("data"), "--exec-root", at("exec"), "--pidfile", at("pid"), ...listening];
  const engine = spawn("nsenter", [...machine, "dockerd", ...places, "--bip", "172.31.255.1/24"], {
    stdio: ["ignore", output, output],
  });
  const ends = async () => `Docker's engine answers; its log ends with:\n${(await readFile(log, "utf8")).slice(-2000)}`;
  await until(ends, () => {
    if (engine.exitCode !== null) throw new Error("Docker's engine ended");
    return answers(endpoint);
  });
  return engine;
}

/** While it starts it lets callers wait, which is not to keep whoever has started it from anything else. */
function answers(endpoint: string): Promise<boolean> {
  const version = ["--host", endpoint, "version", "--format", "{{.Server.Version}}"];
  return new Promise((settle) => execFile("docker", version, { timeout: 5_000 }, (fault) => settle(fault === null)));
}

/** The engine leaves the network of its machine mounted. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile("/proc/mounts", "utf8")).split("\n").map((line) => line.split(" ")[1] ?? "");
  for (const mount of mounts.filter((each) => each.startsWith(`${folder}/`)).toReversed())
    run("umount", ["--lazy", mount]);
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 26,
  }).trim();
}
