import type { StackContext } from "./context.ts";
import {
  type DockerHost,
  inspectContainers,
  inspectContainersOf,
  listNetworksOf,
  listNeverRun,
} from "./docker-host.ts";
import { readState } from "./state.ts";

/**
 * Removes containers and empty networks that carry the stack's label and are not in its state.
 *
 * @param options.signal of who works on the stack alone: nothing is removed after it
 * @param options.names of containers that are removed without a label, too, unless they are in the state
 */
export async function removeUnknown(
  context: StackContext,
  docker: DockerHost,
  stack: string,
  { names, signal }: { names: readonly string[]; signal?: AbortSignal | undefined },
): Promise<void> {
  const state = await readState(context, stack);
  const known = new Set(state?.resources.map(({ id }) => id));
  const containers = [...(await inspectContainersOf(docker, stack)), ...(await inspectContainers(docker, names))];
  const ids = new Set(containers.map(({ Id }) => Id).filter((id) => !known.has(id)));
  signal?.throwIfAborted();
  if (ids.size > 0) await docker.run(["container", "rm", "--force", ...ids]);
  for (const { id, isEmpty } of await listNetworksOf(docker, stack)) {
    signal?.throwIfAborted();
    if (isEmpty && !known.has(id)) await docker.run(["network", "rm", id]);
  }
}

/**
 * Removes containers of the stack that were made and never ran. An engine that was killed while it started one never starts it
 * again ("task … already exists"), and an update would try just that for as long as the state knows it.
 *
 * @param options.signal as of `removeUnknown`
 * @returns whether there were any
 */
export async function removeNeverRun(
  docker: DockerHost,
  stack: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<boolean> {
  const ids = await listNeverRun(docker, stack);
  signal?.throwIfAborted();
  if (ids.length > 0) await docker.run(["container", "rm", "--force", ...ids]);
  return ids.length > 0;
}
