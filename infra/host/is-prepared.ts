import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { unitFile } from "./rules.ts";

const run = promisify(execFile);
const answerWithinMs = 10_000;
const strictly = ["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"];

/**
 * Whether the rules of prepare-host are on a host: of a firewall they are root's to read, but their unit of systemd tells everybody.
 *
 * @param endpoint of its Docker engine
 * @returns undefined: it cannot be seen from here
 */
export async function isPrepared(endpoint: string): Promise<boolean | undefined> {
  const question = ["systemctl", "is-active", basename(unitFile)];
  const isHere = endpoint.startsWith("unix:");
  if (!isHere && !endpoint.startsWith("ssh:")) return undefined;
  const [program = "", ...args] = isHere
    ? question
    : ["ssh", ...strictly, "-o", "ConnectTimeout=5", "--", endpoint, ...question];
  const said = await run(program, args, { timeout: answerWithinMs }).catch((fault: { stdout?: string }) => fault);
  return readUnit(said.stdout ?? "");
}

export function readUnit(said: string): boolean | undefined {
  const state = said.trim();
  if (state === "active") return true;
  return ["inactive", "failed", "unknown"].includes(state) ? false : undefined;
}
