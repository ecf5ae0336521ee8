import { partsOfUrn } from "../../core/domain/hosting/preview.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import type { StackContext } from "./context.ts";
import { endLeftover, refreshStack } from "./recover.ts";
import { readState } from "./state.ts";

/**
 * After `shutAccess`: the container that is gone is none of the stack's any more. Nothing else of the stack is looked at or
 * changed, and no program is run. It can be done again, and changes nothing then.
 */
export async function forgetAccess(
  context: StackContext,
  stack: string,
  options: { signal?: AbortSignal } = {},
): Promise<Outcome<undefined, "stack-locked">> {
  await endLeftover(context, stack);
  const urns = (await readState(context, stack))?.resources.map(({ urn }) => urn) ?? [];
  const own = urns.filter((urn) => {
    const { kind, name } = partsOfUrn(urn);
    return kind === "container" && name === "access";
  });
  if (own.length === 0) return accept();
  const refreshed = await refreshStack(context, stack, { ...options, targets: own });
  return refreshed.ok ? accept() : refreshed;
}
