import { hashPreview, type PreviewStep, partsOfUrn, planOf } from "../../core/domain/hosting/preview.ts";
import { fingerprintOfSecrets } from "../../core/domain/hosting/secret-fingerprint.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { openInput, type StackContext } from "./context.ts";
import type { StackPreview } from "./preview.ts";
import { refreshStack } from "./recover.ts";
import { readState } from "./state.ts";

/**
 * What of a stack would be destroyed. Pulumi's own preview stops at what is protected, which is what this is about: it is read
 * from the state, after it was made what the host has.
 */
export async function previewRemoval(
  context: StackContext,
  stack: string,
  options: { signal?: AbortSignal } = {},
): Promise<Outcome<StackPreview, "stack-locked">> {
  const { hash, secrets } = await openInput(context, stack);
  const refreshed = await refreshStack(context, stack, options);
  if (!refreshed.ok) return refreshed;
  options.signal?.throwIfAborted();
  const resources = (await readState(context, stack))?.resources ?? [];
  const steps = resources
    .filter(({ urn }) => partsOfUrn(urn).kind !== "other")
    .map(({ urn, id }): PreviewStep => ({ operation: "delete", urn, inputs: { id }, changed: [] }));
  const preview = hashPreview({ steps, secrets: fingerprintOfSecrets(context.passphrase, secrets) });
  return accept({ plan: planOf(steps), steps, hashes: { preview, inputs: hash } });
}
