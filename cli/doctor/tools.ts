import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Finding, ok } from "./finding.ts";

const run = promisify(execFile);
const answerWithinMs = 5_000;

/** What later capabilities will need; a tool that is missing switches off no more than those. */
const tools = [
  { name: "Docker", command: "docker", argument: "--version" },
  { name: "Pulumi", command: "pulumi", argument: "version" },
  { name: "restic", command: "restic", argument: "version" },
  { name: "fping", command: "fping", argument: "--version" },
];

export type ToolLook = { name: string; version: string | undefined };

export function lookAtTools(): Promise<ToolLook[]> {
  return Promise.all(
    tools.map(async ({ name, command, argument }) => ({ name, version: await askVersion(command, argument) })),
  );
}

async function askVersion(command: string, argument: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, [argument], { timeout: answerWithinMs });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
  } catch {
    return undefined;
  }
}

export function judgeTool({ name, version }: ToolLook): Finding {
  if (version === undefined) return ok(name, "off: not on PATH; nothing in this version needs it");
  return ok(name, `${version}; nothing in this version needs it`);
}
