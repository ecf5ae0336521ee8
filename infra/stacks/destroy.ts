import type { Outcome } from "../../core/domain/outcome.ts";
import { openInput, type StackContext } from "./context.ts";
import { removeVolumesOf } from "./docker-host.ts";
import { removeUnknown } from "./remove-unknown.ts";
import { runPulumi } from "./run-pulumi.ts";

/**
 * Removes what a stack is made of. It is looked at as a whole first, so where a volume is protected nothing is removed.
 *
 * @throws StackFault protected
 */
export async function destroyStack(
  context: StackContext,
  stack: string,
  { signal, onLine }: { signal?: AbortSignal; onLine?: (line: string) => void } = {},
): Promise<Outcome<string, "stack-locked">> {
  const { secrets } = await openInput(context, stack);
  const args = ["destroy", "--yes", "--suppress-progress"];
  const options = { doing: `destroying stack ${stack}`, secrets, signal };
  return runPulumi(context, stack, args, { ...options, ...(onLine ? { onLine } : {}) });
}

/**
 * Destroys a stack with its protected volumes: what was kept of an application is gone for good. Where it was ended between
 * the two commands it can be done again. What a crash left on the host without the state's knowledge goes, too.
 */
export async function purgeStack(
  context: StackContext,
  stack: string,
  { signal, onLine }: { signal?: AbortSignal; onLine?: (line: string) => void } = {},
): Promise<Outcome<string, "stack-locked">> {
  const unprotected = await runPulumi(context, stack, ["state", "unprotect", "--all", "--yes"], {
    ...{ doing: `unprotecting stack ${stack}`, signal },
  });
  if (!unprotected.ok) return unprotected;
  const destroyed = await destroyStack(context, stack, { ...(signal && { signal }), ...(onLine && { onLine }) });
  if (destroyed.ok) await removeLabelled(context, stack, signal);
  return destroyed;
}

async function removeLabelled(context: StackContext, stack: string, signal: AbortSignal | undefined): Promise<void> {
  const { docker } = await openInput(context, stack);
  await removeUnknown(context, docker, stack, { names: [], signal });
  await removeVolumesOf(docker, stack);
}
