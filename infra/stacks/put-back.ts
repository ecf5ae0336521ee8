import { partsOfUrn } from "../../core/domain/hosting/preview.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { imagesOf, openInput, type StackContext } from "./context.ts";
import { compareContainers } from "./drift.ts";
import { forgetNeverRun, refreshStack } from "./recover.ts";
import { removeUnknown } from "./remove-unknown.ts";
import { readState } from "./state.ts";
import { type UpdateOptions, updateStack } from "./update.ts";

/**
 * Takes back what was changed by hand: a container that stands under the name of one of ours is removed, and one that Pulumi
 * takes for unchanged though it is not is made anew.
 */
export async function putBackStack(
  context: StackContext,
  stack: string,
  options: Omit<UpdateOptions, "replace"> = {},
): Promise<Outcome<undefined, "stack-locked">> {
  const refreshed = await refreshStack(context, stack, options);
  if (!refreshed.ok) return refreshed;
  const { docker, input } = await openInput(context, stack);
  await removeUnknown(context, docker, stack, { names: [...imagesOf(input).keys()], ...options });
  const forgotten = await forgetNeverRun(context, docker, stack, options);
  if (!forgotten.ok) return forgotten;
  const state = await readState(context, stack);
  const drift = state === undefined ? [] : await compareContainers(docker, state);
  const unseen = new Set(drift.filter(({ property }) => property === "networks").map(({ name }) => name));
  const resources = state?.resources ?? [];
  const replace = resources.map(({ urn }) => urn).filter((urn) => unseen.has(partsOfUrn(urn).name));
  const updated = await updateStack(context, stack, { ...options, replace });
  return updated.ok ? accept() : updated;
}
