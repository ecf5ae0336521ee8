import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { HostFailed } from "./hosts.ts";

const transferWithinMs = 10 * 60_000;

/** Has a host fetch an image by its digest. @throws HostFailed image-not-in-registry, registry-unreachable; StackFault */
export async function pullImage(docker: DockerHost, reference: string, signal: AbortSignal): Promise<void> {
  try {
    await docker.run(["image", "pull", "--quiet", "--", reference], { patienceMs: transferWithinMs, signal });
  } catch (fault) {
    throw fault instanceof StackFault ? whyNotPulled(fault, reference) : fault;
  }
}

/** The engine answered a moment ago, so what does not answer is the registry, unless its client says otherwise. */
function whyNotPulled(fault: StackFault, reference: string): Error {
  const isOfHost = fault.reason === "disk-full" || /docker daemon|error during connect/i.test(fault.message);
  if (isOfHost || fault.reason === "stopped") return fault;
  const isMissing = fault.reason === "image-missing" || /not found|unauthorized|denied/i.test(fault.message);
  const why = isMissing ? "image-not-in-registry" : "registry-unreachable";
  return new HostFailed(why, `pulling ${reference}: ${fault.message}`, { cause: fault });
}
