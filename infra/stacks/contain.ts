import { madeLabel } from "../../core/domain/hosting/made-image.ts";
import { accessContainerOf, stackLabel, urnLabel } from "../../core/domain/hosting/stack-names.ts";
import { restartPolicy } from "../restart-policy.ts";
import { type DockerHost, type Inspected, inspectContainers, inspectContainersOf, linesOf } from "./docker-host.ts";
import { StackFault } from "./fault.ts";

/** Resources of a stack that run; somebody may have put a container of another make under their names. */
const containers = ["web-a", "web-b", "database", "access"];
/** The label of an image that was kept of a container. */
export const evidenceLabel = "simpul.evidence";
/** Else it would be run again for its archive, and what somebody starts of it, to look into it, be removed as one of the stack's. */
const withoutOurLabels = [madeLabel, stackLabel, urnLabel].map((label) => `${label}=`).join(" ");
const mostLogLines = "1000";
/** Four containers with two such texts, of three bytes a letter at most, are less than a file of the store may be. */
const mostLetters = 2 ** 19;
const commitWithinMs = 10 * 60_000;

/**
 * All containers of a stack stand still: memory, processes and connections stay as they are, and nothing is sent or changed. One
 * that was ended stays ended, also when its engine starts. It can be done again, and changes nothing then.
 */
export async function containStack(docker: DockerHost, stack: string): Promise<void> {
  for (const { Id, State } of await containersOf(docker, stack)) {
    // It comes first: an engine that ends would start them again.
    await docker.run(["container", "update", "--restart", "no", Id]);
    if (State.Running && !State.Paused) await docker.run(["container", "pause", Id]);
  }
}

/** They go on where they stood still, but for a way in from outside, which has ended with the isolation. */
export async function releaseStack(docker: DockerHost, stack: string): Promise<void> {
  for (const { Id, Name, State } of await containersOf(docker, stack)) {
    if (Name === `/${accessContainerOf(stack)}`) continue;
    await docker.run(["container", "update", "--restart", restartPolicy, Id]);
    if (State.Paused) await docker.run(["container", "unpause", Id]);
    else if (!State.Running) await docker.run(["container", "start", Id]);
  }
}

/**
 * Keeps each container's files as an image that carries a label, and says what differs from its image and what it said last.
 *
 * @param evidence names what it belongs to: the id of the isolation
 * @returns a text for the file of the ticket; it may hold what the application logged of people
 */
export async function keepEvidence(docker: DockerHost, stack: string, evidence: number): Promise<string> {
  const parts: string[] = [];
  for (const container of await containersOf(docker, stack)) {
    parts.push(await evidenceOf(docker, container, { stack, evidence }));
  }
  return parts.join("\n");
}

/** @returns the images that are kept as evidence of a stack, by their names */
export async function listEvidence(docker: DockerHost, stack: string): Promise<string[]> {
  const filter = ["--filter", `reference=${evidenceOfStack(stack)}`, "--format", "{{.Repository}}:{{.Tag}}"];
  return linesOf(await docker.run(["image", "ls", ...filter]));
}

function evidenceOfStack(stack: string): string {
  return `simpul-evidence/${stack}`;
}

async function evidenceOf(
  docker: DockerHost,
  { Id, Name, Image, Config, NetworkSettings }: Inspected,
  { stack, evidence }: { stack: string; evidence: number },
): Promise<string> {
  const kept = await commit(docker, Id, `${evidenceOfStack(stack)}:${evidence}-${Name.slice(1)}`, evidence);
  const changed = await docker.run(["container", "diff", Id]);
  const said = await docker.run(["container", "logs", "--timestamps", "--tail", mostLogLines, Id], {
    withErrors: true,
  });
  return [
    `== ${Name.slice(1)}`,
    `container ${Id}`,
    `image ${Image} (${Config.Image})`,
    `networks ${Object.keys(NetworkSettings.Networks).join(", ")}`,
    `kept as ${kept}`,
    `-- files that differ from the image (A added, C changed, D deleted)`,
    changed.trimEnd().slice(0, mostLetters),
    `-- the last ${mostLogLines} lines that it said`,
    said.trimEnd().slice(-mostLetters),
    "",
  ].join("\n");
}

/** @returns name and ID; of a former try the same */
async function commit(docker: DockerHost, id: string, name: string, evidence: number): Promise<string> {
  const known = await imageId(docker, name);
  if (known !== undefined) return `${name} ${known}`;
  const change = `LABEL ${evidenceLabel}=${evidence} ${withoutOurLabels}`;
  const made = await docker.run(["container", "commit", "--change", change, id, name], { patienceMs: commitWithinMs });
  return `${name} ${made.trim()}`;
}

async function imageId(docker: DockerHost, name: string): Promise<string | undefined> {
  try {
    return (await docker.run(["image", "inspect", "--format", "{{.Id}}", name])).trim();
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "image-missing") return undefined;
    throw fault;
  }
}

async function containersOf(docker: DockerHost, stack: string): Promise<Inspected[]> {
  const named = containers.map((name) => `${stack}-${name}`);
  const all = [...(await inspectContainersOf(docker, stack)), ...(await inspectContainers(docker, named))];
  return [...new Map(all.map((each) => [each.Id, each])).values()];
}
