import { accept, type Outcome } from "../../core/domain/outcome.ts";
import type { StackContext } from "./context.ts";
import { StackFault } from "./fault.ts";
import { endLeftover } from "./recover.ts";
import { runPulumi } from "./run-pulumi.ts";

/**
 * Pulumi knows nothing of a stack any more of which nothing stands. It can be done again.
 *
 * @throws StackFault something stands of it, which stays
 */
export async function forgetStack(
  context: StackContext,
  stack: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Outcome<undefined, "stack-locked">> {
  await endLeftover(context, stack);
  try {
    const forgotten = await runPulumi(context, stack, ["stack", "rm", "--yes"], {
      ...{ doing: `forgetting stack ${stack}`, signal },
    });
    return forgotten.ok ? accept() : forgotten;
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "no-stack") return accept();
    throw fault;
  }
}
