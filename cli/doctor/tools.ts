import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Finding, ok } from "./finding.ts";

const run = promisify(execFile);
const answerWithinMs = 5_000;

type Tool = {
  name: string;
  command: string;
  argument: string /** what it switches off where it is missing */;
  use?: string;
};

/** Without a use: what later capabilities will need. */
const tools: readonly Tool[] = [
  { name: "Docker", command: "docker", argument: "--version" },
  { name: "Pulumi", command: "pulumi", argument: "version" },
  { name: "restic", command: "restic", argument: "version" },
  { name: "fping", command: "fping", argument: "--version", use: "scanning of addresses" },
];

export type ToolLook = Pick<Tool, "name" | "use"> & { version: string | undefined };

export function lookAtTools(): Promise<ToolLook[]> {
  return Promise.all(tools.map(async (tool) => ({ ...tool, version: await askVersion(tool.command, tool.argument) })));
}

async function askVersion(command: string, argument: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, [argument], { timeout: answerWithinMs });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
  } catch {
    return undefined;
  }
}

export function judgeTool({ name, version, use }: ToolLook): Finding {
  const need = use === undefined ? "nothing in this version needs it" : `for the ${use}`;
  return ok(name, version === undefined ? `off: not on PATH; ${need}` : `${version}; ${need}`);
}
