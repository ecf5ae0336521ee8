import type { Outcome } from "../../core/domain/outcome.ts";
import { openInput, type StackContext } from "./context.ts";
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
