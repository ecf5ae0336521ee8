import { type LengthLimits, refusalOfLength } from "../../core/domain/upload/upload-rules.ts";
import { type DockerHost, linesOf, removeImages } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { HoldLost } from "./hold-stack.ts";
import { HostFailed } from "./hosts.ts";
import { pullImage } from "./pull-image.ts";

const transferWithinMs = 10 * 60_000;

/**
 * Has a host fetch an image of a registry, and saves it into a file. Docker compares what comes with the digest; at a registry
 * that asks for an account the worker's user is logged in. An image that the host did not have is removed from it again: nobody
 * has approved it yet.
 *
 * @param reference by its digest @throws HostFailed image-not-in-registry, registry-unreachable, image-too-large, store-full; StackFault
 */
export async function saveImage(
  docker: DockerHost,
  reference: string,
  path: string,
  limits: LengthLimits,
  signal: AbortSignal,
): Promise<void> {
  const known = linesOf(await docker.run(["image", "ls", "--all", "--quiet", "--no-trunc"], { signal }));
  if (!(await isThere(docker, reference))) await pullImage(docker, reference, signal);
  const { id, sizeBytes } = await look(docker, reference);
  try {
    refuseTooLarge(reference, sizeBytes, limits);
    const transfer = { patienceMs: transferWithinMs, writesHere: true, signal } as const;
    await docker.run(["image", "save", "--output", path, "--", id], transfer);
  } finally {
    // Whoever holds it now may have found it there.
    const isOthers = signal.reason instanceof HoldLost;
    if (!isOthers && !known.includes(id)) await removeImages(docker, [reference]);
  }
}

async function isThere(docker: DockerHost, reference: string): Promise<boolean> {
  try {
    await look(docker, reference);
    return true;
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "image-missing") return false;
    throw fault;
  }
}

/** Its files as they are saved are about as large as they lie on the host. */
async function look(docker: DockerHost, reference: string): Promise<{ id: string; sizeBytes: number }> {
  const printed = await docker.run(["image", "inspect", "--format", "{{.Id}} {{.Size}}", "--", reference]);
  const [id = "", size] = printed.trim().split(" ");
  return { id, sizeBytes: Number(size) };
}

function refuseTooLarge(reference: string, sizeBytes: number, limits: LengthLimits): void {
  const fits = refusalOfLength(sizeBytes, limits);
  if (fits.ok) return;
  const why = fits.refusal.code === "disk-full" ? "store-full" : "image-too-large";
  throw new HostFailed(why, `saving ${reference}: it has ${sizeBytes} bytes`);
}
