import { spawn } from "node:child_process";
import { once } from "node:events";
import { checkout } from "./folders.ts";
import { type LaunchOptions, plainEnvironment } from "./simpul.ts";

export type Ran = { code: number | null; stdout: string; stderr: string };

/** `npm run NAME -- …` as an operator types it, to its end. */
export async function npmRun(
  name: "journal" | "pulumi" | "runbook",
  given: readonly string[],
  { env = {}, cwd = checkout, as }: LaunchOptions = {},
): Promise<Ran> {
  const child = spawn("npm", ["run", "--silent", name, "--", ...given], {
    cwd,
    env: { ...plainEnvironment(as), ...env },
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (ran.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (ran.stderr += text));
  const [code] = await once(child, "close");
  return { code, ...ran };
}
