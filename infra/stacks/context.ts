import { readFile, rm } from "node:fs/promises";
import { atMost } from "../../core/domain/at-most.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { openSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { approvedFileOf, inputFileOf } from "../stack-files.ts";
import { type ContainerInput, parseStackInput, type StackInput } from "../stack-input.ts";
import { type DockerHost, openDockerHost } from "./docker-host.ts";
import { StackFault } from "./fault.ts";
import type { Limits } from "./run-program.ts";
import { type PulumiSettings, type PulumiTool, preparePulumi } from "./tool.ts";
import { writeWhole } from "./write-whole.ts";

/** What every operation on a stack needs. */
export type StackContext = {
  home: string;
  tool: PulumiTool;
  /** of a file of the state, "stacks/simpul/app-x.json", "" where it is not there; absent: Pulumi has to be asked */
  hashOfWritten?: ((file: string) => Promise<string>) | undefined;
  passphrase: string;
  limits: Limits;
  /** lets so many Pulumis run at once, whatever for */
  inTurn: ReturnType<typeof atMost>;
  /** of states that were read (`hashOfState`), by stack: the hash, and that of how it lay there */
  knownHashes: Map<string, { written: string; hash: string }>;
};

/** One small stack takes 430 MB, of which the program is half; a download of the provider takes its time. */
const usualLimits: Limits = { memoryBytes: 1536 * 2 ** 20, patienceMs: 15 * 60_000 };

/** Three buildings and a planning; accesses that end at one midnight wait. */
const pulumisAtOnce = 4;

export async function openStacks(
  { hashOfWritten, ...settings }: PulumiSettings & Pick<StackContext, "hashOfWritten">,
  limits = usualLimits,
): Promise<StackContext> {
  const passphrase = (await readFile(settings.passphraseFile, "utf8")).trim();
  const tool = await preparePulumi(settings);
  const { home } = settings;
  return { home, tool, hashOfWritten, passphrase, limits, inTurn: atMost(pulumisAtOnce), knownHashes: new Map() };
}

/** The program builds the stack by the input of that hash, and by no other, also by hand. */
export function approveInput(home: string, stack: string, hash: string): Promise<void> {
  return writeWhole(approvedFileOf(home, stack), `${hash}\n`);
}

/** Nothing is built of it any more. */
export async function removeInput(home: string, stack: string): Promise<void> {
  await rm(approvedFileOf(home, stack), { force: true });
  await rm(inputFileOf(home, stack), { force: true });
}

export type OpenedInput = {
  input: StackInput;
  /** of the file's bytes */
  hash: string;
  /** in the order of the file; for nobody's eyes */
  secrets: string[];
  docker: DockerHost;
};

/** @throws BadStackInput; StackFault wrong-passphrase; Error where the file cannot be read */
export async function openInput({ home, passphrase }: StackContext, stack: string): Promise<OpenedInput> {
  const text = await readFile(inputFileOf(home, stack), "utf8").catch((cause) => {
    throw new Error(`reading the input of stack ${stack}`, { cause });
  });
  const input = parseStackInput(text, stack);
  const variables = containersOf(input).flatMap(({ environment }) => environment);
  const sealed = variables.flatMap((each) => ("sealed" in each ? [each.sealed] : []));
  const secrets = sealed.map((each) => openSealed(passphrase, each, `reading the input of stack ${stack}`));
  return { input, hash: sha256(text), secrets, docker: openDockerHost(input.host) };
}

/** @param doing "reading the input of stack app-x", for faults @throws StackFault wrong-passphrase */
export function openSealed(passphrase: string, sealed: string, doing: string): string {
  try {
    return openSecret(passphrase, sealed);
  } catch (cause) {
    throw new StackFault("wrong-passphrase", doing, String(cause), { cause });
  }
}

/** Of an application; by the names of their resources. */
export function containersOf(input: StackInput): (ContainerInput & { name: string })[] {
  if (input.kind === "platform") return [];
  const web = input.web.map((each) => ({ ...each, name: `web-${each.slot}` }));
  return [
    ...web,
    ...(input.database ? [{ ...input.database, name: "database" }] : []),
    ...(input.access ? [{ ...input.access, name: "access" }] : []),
  ];
}

/** By the names of the containers on the host, and what each is made of. */
export function imagesOf(input: StackInput): Map<string, string> {
  if (input.kind === "platform") return new Map([[`${input.name}-proxy`, input.proxy.image]]);
  return new Map(containersOf(input).map(({ name, image }) => [`${input.name}-${name}`, image]));
}
