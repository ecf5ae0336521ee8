import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { patienceMs } from "./patience.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What one process has compiled is there for the next. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/test-parts", import.meta.url));

/** "whole" is `npm start`. */
export type PartName = "bot" | "web" | "worker" | "whole";
export type Part = ReturnType<typeof startPart>;

/** `npm run bot`, `web` or `worker` without npm, over an environment that holds nothing else of Simpul's. */
export function startPart(name: PartName, env: Record<string, string>) {
  const child = spawn(process.execPath, name === "whole" ? ["main.ts"] : ["parts/run.ts", name], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", NODE_COMPILE_CACHE: compiled, PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  let end: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  const ended = new Promise<typeof end>((resolve) =>
    child.once("close", (code, signal) => {
      end = { code, signal };
      resolve(end);
    }),
  );

  /** Until it has said that. */
  async function says(pattern: RegExp): Promise<RegExpExecArray> {
    const read = () => pattern.exec(output) ?? (end === undefined ? null : `ended: ${output}`);
    await expect.poll(read, { interval: 20, timeout: patienceMs, message: `${name} said ${output}` }).not.toBeNull();
    const found = pattern.exec(output);
    if (found === null) throw new Error(`${name} ended without saying ${pattern}:\n${output}`);
    return found;
  }

  return {
    says,
    output: () => output,
    isReady: () => says(/^Simpul(?:'s .*)? (?:is|are) running.*$/m),
    /** Of the pages, without a slash at the end. */
    address: async () => (await says(/(?:running|health) at (http:\S+?)\/(?:healthz)?$/m))[1] ?? "",
    kill: () => child.kill("SIGKILL"),
    /** @returns how it ended */
    async stop() {
      child.kill("SIGTERM");
      return ended;
    },
    ended: () => ended,
  };
}
