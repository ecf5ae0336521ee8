import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { checkout } from "./folders.ts";
import type { Account } from "./ordinary-user.ts";
import { kill, processesOn } from "./processes.ts";
import { until } from "./until.ts";

export type LaunchOptions = {
  /** Over an environment that holds nothing of Simpul's; PORT is 0 unless given. */
  env?: Record<string, string>;
  /** The folder of package.json; by default the one that is tested. */
  cwd?: string;
  /** Whose process it is; by default ours. */
  as?: Account & { home: string };
};

/** How it ended; `signal` where npm itself was killed. */
export type End = { code: number | null; signal: NodeJS.Signals | null };

export type Launched = AsyncDisposable & {
  pid: number;
  /** What it has said so far, on both channels. */
  output(): string;
  /** Waits for the line that it runs. @returns the address of its pages, ends in a slash */
  isReady(): Promise<string>;
  hasEnded(): Promise<End>;
  /** To the whole group, as the terminal's Ctrl-C does. */
  interrupt(): void;
  /** To npm alone, as a service manager does, which passes it on. */
  terminate(): void;
  /** To the whole group, with -9. */
  killAll(): void;
};

const longestStartMs = 120_000;
const longestStopMs = 40_000;

/** `npm start` with the machine's own npm and Node, as an operator types it. */
export function npmStart(options: LaunchOptions = {}): Launched {
  return launch(["start"], /Simpul is running.*\n.*(http:\/\/\S+:\d+\/)/, options);
}

/** `npm run bot`, `web` or `worker`; only `web` has an address. */
export function npmPart(name: "bot" | "web" | "worker", options: LaunchOptions): Launched {
  return launch(["run", name], /^Simpul's \w+ (?:is|are) running(?: at (http:\/\/\S+:\d+\/))?/m, options);
}

/** @param ready what it says when it runs, with the address of its pages */
function launch(words: string[], ready: RegExp, { env = {}, cwd = checkout, as }: LaunchOptions): Launched {
  const command = `npm ${words.join(" ")}`;
  const child = spawn("npm", words, {
    cwd,
    env: { ...plainEnvironment(as), PORT: "0", ...env },
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
    detached: true, // a group of its own, to which a signal can be sent
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error("npm could not be started");
  const output = collectOutput(child);
  let end: End | undefined;
  child.once("close", (code, signal) => {
    end = { code, signal };
  });
  const hasEnded = () =>
    until(
      () => `${command} ends; it said:\n${output()}`,
      () => end,
      longestStopMs,
    );

  return {
    pid,
    output,
    hasEnded,
    async isReady() {
      const found = await until(
        () => `Simpul says that it runs; it said:\n${output()}`,
        () => {
          if (end !== undefined) throw new Error(`${command} ended with ${JSON.stringify(end)}:\n${output()}`);
          return ready.exec(output()) ?? undefined;
        },
        longestStartMs,
      );
      return found[1] ?? "";
    },
    interrupt: () => kill(-pid, "SIGINT"),
    terminate: () => kill(pid, "SIGTERM"),
    killAll: () => kill(-pid, "SIGKILL"),
    async [Symbol.asyncDispose]() {
      if (end === undefined) kill(-pid, "SIGTERM");
      await hasEnded().catch(() => kill(-pid, "SIGKILL"));
    },
  };
}

/** `npm run doctor`, to its end. */
export async function npmDoctor({ env = {}, cwd = checkout, as }: LaunchOptions = {}) {
  const child = spawn("npm", ["run", "--silent", "doctor"], {
    cwd,
    env: { ...plainEnvironment(as), ...env },
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collectOutput(child);
  const [code] = (await once(child, "close")) as [number | null];
  return {
    code,
    output: output(),
    findings: output()
      .split("\n")
      .filter((line) => /^(ok|warn|fail) /.test(line)),
  };
}

/** The process that runs main.ts over that folder. */
export async function findMainProcess(home: string): Promise<number> {
  const all = await processesOn(home);
  const main = all.find(({ command }) => /^\S*node (?:--\S+ )*main\.ts$/.test(command));
  if (main === undefined) throw new Error(`nobody runs main.ts over ${home}: ${JSON.stringify(all)}`);
  return main.pid;
}

/** Nothing of ours, of vitest's or of the outer npm's: above all not the Node of the outer node_modules. */
export function plainEnvironment(as?: { home: string }): Record<string, string> {
  const wanted = as ? /^(LANG|LC_ALL|TERM)$/ : /^(HOME|LANG|LC_ALL|TERM|\w+_proxy|npm_config_(?!\w*prefix)\w+)$/i;
  const kept = Object.entries(process.env).filter(([name]) => wanted.test(name));
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    PATH: path.join(delimiter),
    ...(as ? { HOME: as.home } : {}),
  };
}

function collectOutput({ stdout, stderr }: ChildProcess): () => string {
  let text = "";
  for (const stream of [stdout, stderr]) stream?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  return () => text;
}
