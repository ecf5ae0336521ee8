import { z } from "zod";
import { canonical, type Json, sha256 } from "../../core/domain/hosting/canonical.ts";
import { hashState, type StackState } from "../../core/domain/hosting/state-hash.ts";
import type { StackContext } from "./context.ts";
import { StackFault } from "./fault.ts";
import { runPulumi } from "./run-pulumi.ts";

const properties = z.record(z.string(), z.json());
const exported = z.object({
  deployment: z.object({
    manifest: z.object({ time: z.string() }).optional(),
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

/** @returns undefined: there is no such stack. It holds plain secrets: it is for comparing, and never shown or kept. */
export async function readState(context: StackContext, stack: string): Promise<StackState | undefined> {
  return (await readExported(context, stack))?.state;
}

async function readExported(
  context: StackContext,
  stack: string,
): Promise<{ state: StackState; writtenAt: string } | undefined> {
  const doing = `reading the state of stack ${stack}`;
  try {
    const printed = await runPulumi(context, stack, ["stack", "export", "--show-secrets"], { doing });
    return printed.ok ? toExported(printed.value) : undefined;
  } catch (fault) {
    if (fault instanceof StackFault && fault.reason === "no-stack") return undefined;
    throw fault;
  }
}

/**
 * Of a state and of when it was written: who writes the same again is noticed, too. What only looks, such as a preview, leaves
 * it as it is. "" where there is no stack.
 */
export async function hashOfWriting(context: StackContext, stack: string): Promise<string> {
  const found = await readExported(context, stack);
  return found === undefined ? "" : sha256(canonical([hashState(found.state, context.passphrase), found.writtenAt]));
}

/** "" where there is no stack yet: an approval is bound to that, too. */
export async function hashOfState(context: StackContext, stack: string): Promise<string> {
  const state = await readState(context, stack);
  return state === undefined ? "" : hashState(state, context.passphrase);
}

function toExported(printed: string): { state: StackState; writtenAt: string } {
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
  return { state: { resources, pending }, writtenAt: deployment.manifest?.time ?? "" };
}
