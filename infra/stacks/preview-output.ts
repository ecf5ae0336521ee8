import { z } from "zod";
import type { Json } from "../../core/domain/hosting/canonical.ts";
import type { PreviewStep } from "../../core/domain/hosting/preview.ts";

const properties = z.record(z.string(), z.json());
const state = z.object({ inputs: properties.nullish(), outputs: properties.nullish() });

/** Of `pulumi preview --json` and `pulumi refresh --preview-only --json`; only what is used. */
const output = z.object({
  steps: z.array(
    z.object({
      op: z.string(),
      urn: z.string(),
      oldState: state.nullish(),
      newState: state.nullish(),
      detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      diffReasons: z.array(z.string()).nullish(),
      replaceReasons: z.array(z.string()).nullish(),
    }),
  ),
});
export type PulumiStep = z.infer<typeof output>["steps"][number];

const failed = z.object({ diagnostics: z.array(z.object({ message: z.string() })) });

/** What a command with `--json` says of its failure; other output stays as it is. */
export function readDiagnostics(printed: string): string {
  const start = printed.indexOf("{");
  try {
    const { diagnostics } = failed.parse(JSON.parse(printed.slice(start)));
    return diagnostics.map(({ message }) => message.trim()).join("\n");
  } catch {
    return printed;
  }
}

/** @throws Error it is not what Pulumi prints; the text quotes nothing of it */
export function readSteps(printed: string): PulumiStep[] {
  // Warnings may stand before it.
  const json = printed.slice(Math.max(0, printed.indexOf("{")));
  try {
    return output.parse(JSON.parse(json)).steps;
  } catch {
    throw new Error("reading what Pulumi printed: it is no list of steps");
  }
}

export function toPreviewStep(step: PulumiStep): PreviewStep {
  const inputs = step.newState?.inputs ?? step.oldState?.inputs;
  return { operation: step.op, urn: step.urn, inputs: (inputs ?? null) as Json, changed: changedBy(step) };
}

/** "networksAdvanced[0].ipv4Address" is of the property networksAdvanced. */
export function changedBy({ detailedDiff, diffReasons, replaceReasons }: PulumiStep): string[] {
  const paths = [...Object.keys(detailedDiff ?? {}), ...(diffReasons ?? []), ...(replaceReasons ?? [])];
  return [...new Set(paths.map((path) => /^[^.[]+/.exec(path)?.[0] ?? path))].sort();
}
