import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { Unreadable, usualLimits } from "../checks/limits.ts";
import { HostFailed } from "./hosts.ts";
import { unpackInChild } from "./unpack-in-child.ts";

const loadWithinMs = 10 * 60_000;

/**
 * Puts an image that was saved into a file onto a host, without the names that the file gives it: they may be those of images
 * that others run by.
 *
 * @param path our own, of the store of files @returns its ID @throws HostFailed image-unreadable; StackFault
 */
export async function loadImage(docker: DockerHost, path: string, signal: AbortSignal): Promise<string> {
  const printed = await load(docker, path, signal);
  const [id, ...others] = [...printed.matchAll(/^Loaded image ID: (sha256:[0-9a-f]{64})$/gm)].map(([, each]) => each);
  if (id !== undefined && others.length === 0) return id;
  throw new HostFailed("image-unreadable", `loading an image: Docker names ${others.length + (id ? 1 : 0)}`);
}

async function load(docker: DockerHost, path: string, signal: AbortSignal): Promise<string> {
  try {
    return await unpackInChild(path, { what: "saved-image", limits: usualLimits }, (stdin) =>
      docker.run(["image", "load", "--quiet"], { stdin, patienceMs: loadWithinMs, signal }),
    );
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    throw new HostFailed("image-unreadable", `loading an image: ${fault.finding.code}`, { cause: fault });
  }
}
