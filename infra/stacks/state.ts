import { z } from "zod";
import { hashOfWritten } from "../../core/db/pulumi-state.ts";
import type { Json } from "../../core/domain/hosting/canonical.ts";
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
  const doing = `reading the state of stack ${stack}`;
  try {
    const printed = await runPulumi(context, stack, ["stack", "export", "--show-secrets"], { doing });
    return printed.ok ? toState(printed.value) : undefined;
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "no-stack") return undefined;
    throw fault;
  }
}

/** Of a state as it was written (`hashOfWritten`). "" where there is no stack. @throws StackFault */
export async function hashOfWriting({ state }: Pick<StackContext, "state">, stack: string): Promise<string> {
  try {
    return await hashOfWritten(state, { project, stack });
  } catch (cause) {
    throw new StackFault("state-unreachable", `reading when the state of stack ${stack} was written`, String(cause), {
      cause,
    });
  }
}

/** "" where there is no stack yet: an approval is bound to that, too. */
export async function hashOfState(context: StackContext, stack: string): Promise<string> {
  const written = await hashOfWriting(context, stack);
  const known = context.knownHashes.get(stack);
  if (known?.written === written) return known.hash;
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
