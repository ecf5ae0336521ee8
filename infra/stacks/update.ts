import { setTimeout as pause } from "node:timers/promises";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { approveInput, imagesOf, type OpenedInput, openInput, type StackContext } from "./context.ts";
import { type DockerHost, findMissingImages, type Inspected, inspectContainers, nameImages } from "./docker-host.ts";
import { StackFault } from "./fault.ts";
import { type Progress, readProgress } from "./progress.ts";
import { runPulumi } from "./run-pulumi.ts";
import { withStack } from "./with-stack.ts";

export type UpdateOptions = {
  signal?: AbortSignal;
  /** each line of Pulumi's, without secrets, for the log */
  onLine?: (line: string) => void;
  onProgress?: (progress: Progress) => void;
  /** URNs of what is to be made anew though nothing that Pulumi sees has changed */
  replace?: readonly string[];
};

/**
 * Builds a stack as its input says, which was approved. Done is only what runs and is healthy: Pulumi calls a container that never started
 * unchanged at the next update.
 *
 * @throws StackFault
 */
export async function updateStack(
  context: StackContext,
  stack: string,
  { signal, onLine, onProgress, replace = [] }: UpdateOptions = {},
): Promise<Outcome<undefined, "stack-locked">> {
  const doing = `updating stack ${stack}`;
  const opened = await openInput(context, stack);
  await checkImages(opened, doing);
  await nameImages(opened.docker, `simpul/${stack}`, [...imagesOf(opened.input).values()]);
  const anew = replace.flatMap((urn) => ["--replace", urn]);
  await approveInput(context.home, stack, opened.hash);
  const args = ["up", "--yes", "--skip-preview", "--refresh", "--suppress-progress", "--suppress-outputs", ...anew];
  const follow = (line: string) => {
    onLine?.(line);
    const progress = readProgress(line);
    if (progress !== undefined) onProgress?.(progress);
  };
  const updated = await withStack(context, stack, () =>
    runPulumi(context, stack, args, { doing, secrets: opened.secrets, signal, onLine: follow }),
  );
  if (!updated.ok) return updated;
  await checkHealthy(opened.docker, [...imagesOf(opened.input).keys()], doing);
  return accept();
}

/** A container is removed before its successor is made, so what is missing has to be seen before. */
async function checkImages({ docker, input }: OpenedInput, doing: string): Promise<void> {
  const missing = await findMissingImages(docker, [...imagesOf(input).values()]);
  if (missing.length > 0)
    throw new StackFault("image-missing", doing, `the host ${input.host.endpoint} does not have ${missing.join(", ")}`);
}

const healthyWithinMs = 60_000;
const lookEveryMs = 250;

async function checkHealthy(docker: DockerHost, names: readonly string[], doing: string): Promise<void> {
  const giveUpAt = performance.now() + healthyWithinMs;
  for (;;) {
    const found = await inspectContainers(docker, names);
    const unfinished = found.filter(({ State: { Health } }) => Health?.Status === "starting");
    const wrong = names.filter((name) => {
      const state = found.find(({ Name }) => Name === `/${name}`)?.State;
      return state === undefined || !isWell(state);
    });
    if (wrong.length === 0) return;
    if (unfinished.length === 0 || performance.now() > giveUpAt)
      throw new StackFault("unhealthy", doing, `not running or not healthy: ${wrong.join(", ")}`);
    await pause(lookEveryMs);
  }
}

/** What is paused answers nobody, though it was healthy when it was asked last. */
export function isWell({ Running, Paused, Health }: Inspected["State"]): boolean {
  return Running && Paused !== true && (Health === undefined || Health.Status === "healthy");
}
