import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findPulumi, isOwnPulumi } from "../../infra/stacks/tool.ts";
import { type Finding, ok, warn } from "./finding.ts";

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
  { name: "restic", command: "restic", argument: "version" },
  { name: "fping", command: "fping", argument: "--version", use: "scanning of addresses and pings of links" },
];

export type ToolLook = Pick<Tool, "name" | "use"> & { version: string | undefined };

export function lookAtTools(): Promise<ToolLook[]> {
  return Promise.all(
    tools.map(async (tool) => ({ ...tool, version: await askVersion(tool.command, [tool.argument]) })),
  );
}

export type DockerLook = {
  client: string | undefined;
  /** of this machine, or of DOCKER_HOST */
  engine: string | undefined;
};

export async function lookAtDocker(): Promise<DockerLook> {
  const [client, engine] = await Promise.all([
    askVersion("docker", ["--version"]),
    askVersion("docker", ["version", "--format", "{{.Server.Version}}"]),
  ]);
  return { client, engine };
}

/** @returns the version; "own": the one of the packages, which is not asked, since it would be downloaded now */
export async function lookAtPulumi(): Promise<string | undefined> {
  const program = await findPulumi(process.env.PATH ?? "");
  return isOwnPulumi(program) ? "own" : askVersion(program, ["version"]);
}

async function askVersion(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, args, { timeout: answerWithinMs });
    return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
  } catch {
    return undefined;
  }
}

export function judgeTool({ name, version, use }: ToolLook): Finding {
  const need = use === undefined ? "nothing in this version needs it" : `for the ${use}`;
  return ok(name, version === undefined ? `off: not on PATH; ${need}` : `${version}; ${need}`);
}

/** `signatures`: their number and day, as clamscan says them; undefined: there are none. */
export type ClamavLook = { version: string; signatures: string | undefined };

export async function lookAtClamav(): Promise<ClamavLook | undefined> {
  try {
    return readClamav((await run("clamscan", ["--version"], { timeout: answerWithinMs })).stdout);
  } catch {
    return undefined;
  }
}

/** @param said "ClamAV 1.4.6/27123/Sat Nov 28 09:40:12 2026" */
export function readClamav(said: string): ClamavLook {
  const [name = "", ...signatures] = said.trim().split("/");
  return {
    version: name.replace(/^ClamAV /, ""),
    signatures: signatures.length === 0 ? undefined : signatures.join(" of "),
  };
}

export function judgeClamav(look: ClamavLook | undefined, { isHosting }: { isHosting: boolean }): Finding {
  const { version, signatures } = look ?? {};
  if (signatures !== undefined) return ok("ClamAV", `${version} with the signatures ${signatures}`);
  const lacking = version === undefined ? "off: not on PATH" : `${version}, without signatures`;
  const says = `${lacking}: applications that are handed in are not checked for malware`;
  return isHosting ? warn("ClamAV", says, "apt-get install clamav, and freshclam, as root") : ok("ClamAV", says);
}

/** Hosts of hosting may be other machines, so an engine here is no must. */
export function judgeDocker({ client, engine }: DockerLook): Finding {
  if (client === undefined)
    return ok(
      "Docker",
      "off: not on PATH, and with it hosting; sudo apt-get install --no-install-recommends docker.io iptables",
    );
  if (engine === undefined)
    return ok(
      "Docker",
      `${client}; no engine answers at this machine's own socket. Hosts of the profile have lines below`,
    );
  return ok("Docker", `${client}, and the engine ${engine} answers`);
}

export function judgePulumi(version: string | undefined): Finding {
  if (version === "own") return ok("Pulumi", "that of the packages, which is downloaded at its first use");
  if (version === undefined)
    return warn("Pulumi", "the one on PATH does not run, and with it hosting", "pulumi version");
  return ok("Pulumi", version);
}
