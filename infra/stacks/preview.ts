import { hashPreview, type PlannedChange, type PreviewStep, planOf } from "../../core/domain/hosting/preview.ts";
import { fingerprintOfSecrets } from "../../core/domain/hosting/secret-fingerprint.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { openInput, type StackContext } from "./context.ts";
import { readSteps, toPreviewStep } from "./preview-output.ts";
import { runPulumi } from "./run-pulumi.ts";
import { withStack } from "./with-stack.ts";

export type StackPreview = {
  plan: PlannedChange[];
  /** in full, with secrets as "[secret]" */
  steps: PreviewStep[];
  hashes: { preview: string; inputs: string };
};

/** What an update would do now, measured against the host as it is, and not as the state remembers it. */
export async function previewStack(
  context: StackContext,
  stack: string,
  options: { signal?: AbortSignal } = {},
): Promise<Outcome<StackPreview, "stack-locked">> {
  const { hash, secrets } = await openInput(context, stack);
  const doing = `previewing stack ${stack}`;
  const printed = await withStack(context, stack, () =>
    runPulumi(context, stack, ["preview", "--json", "--refresh"], { doing, secrets, ...options }),
  );
  if (!printed.ok) return printed;
  const steps = readSteps(printed.value).map(toPreviewStep);
  const fingerprint = fingerprintOfSecrets(context.passphrase, secrets);
  const preview = hashPreview({ steps, secrets: fingerprint });
  return accept({ plan: planOf(steps), steps, hashes: { preview, inputs: hash } });
}
