import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../..");

export type Ran = { code: number | null; stdout: string; stderr: string };

/** Runs one of our programs as npm does, with nothing of Simpul's in its environment but what is given. */
export async function runProgram(program: string, given: readonly string[], env: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...given], {
    cwd: checkout,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (ran.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (ran.stderr += text));
  const [code] = await once(child, "close");
  return { code, ...ran };
}
