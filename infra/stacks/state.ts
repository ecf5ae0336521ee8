import { z } from "zod";
import { type Json, sha256 } from "../../core/domain/hosting/canonical.ts";
import { hashState, type StackState } from "../../core/domain/hosting/state-hash.ts";
import type { StackContext } from "./context.ts";
import { StackFault } from "./fault.ts";
import { runPulumi } from "./run-pulumi.ts";

const properties = z.record(z.string(), z.json());
const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          id: z.string().default(""),
          inputs: properties.default({}),
          protect: z.boolean().default(false),
        }),
      )
      .default([]),
    pending_operations: z.array(z.object({ resource: z.object({ urn: z.string() }), type: z.string() })).nullish(),
  }),
});

/** Of Pulumi.yaml. */
const project = "simpul";

/** @returns undefined: there is no such stack. It holds plain secrets: it is for comparing, and never shown or kept. */
export async function readState(context: StackContext, stack: string): Promise<StackState | undefined> {
  const printed = await exportStack(context, stack, ["--show-secrets"]);
  return printed === undefined ? undefined : toState(printed);
}

async function exportStack(context: StackContext, stack: string, options: string[]): Promise<string | undefined> {
  const doing = `reading the state of stack ${stack}`;
  try {
    const printed = await runPulumi(context, stack, ["stack", "export", ...options], { doing });
    return printed.ok ? printed.value : undefined;
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "no-stack") return undefined;
    throw fault;
  }
}

/**
 * Of a state as it was written, the time and its sealed secrets included: who writes the same again is noticed, too. What only
 * looks, such as a preview, leaves it as it is. "" where there is no stack.
 *
 * @throws StackFault
 */
export async function hashOfWriting(context: StackContext, stack: string): Promise<string> {
  if (context.hashOfWritten === undefined) {
    const printed = await exportStack(context, stack, []);
    return printed === undefined ? "" : sha256(printed);
  }
  try {
    return await context.hashOfWritten(`stacks/${project}/${stack}.json`);
  } catch (cause) {
    throw new StackFault("state-unreachable", `reading how the state of stack ${stack} was left`, String(cause), {
      cause,
    });
  }
}

/** "" where there is no stack yet: an approval is bound to that, too. */
export async function hashOfState(context: StackContext, stack: string): Promise<string> {
  const written = await hashOfWriting(context, stack);
  const known = context.knownHashes.get(stack);
  if (written !== "" && known?.written === written) return known.hash;
  const state = await readState(context, stack);
  const hash = state === undefined ? "" : hashState(state, context.passphrase);
  // Asking Pulumi takes half a second of a processor, and nobody may have written meanwhile.
  if ((await hashOfWriting(context, stack)) === written) context.knownHashes.set(stack, { written, hash });
  return hash;
}

function toState(printed: string): StackState {
  const { deployment } = exported.parse(JSON.parse(printed));
  const resources = deployment.resources.map(({ urn, id, inputs, protect }) => ({
    urn,
    id,
    inputs: inputs as Json,
    isProtected: protect,
  }));
  const pending = (deployment.pending_operations ?? []).map(({ resource, type }) => ({
    urn: resource.urn,
    operation: type,
  }));
  return { resources, pending };
}
