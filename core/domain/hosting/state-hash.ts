import { createHmac } from "node:crypto";
import { canonical, type Json, sha256 } from "./canonical.ts";

/** A resource as Pulumi's state has it; `inputs` with plain secrets, which Pulumi encrypts anew each time. */
export type StateResource = {
  urn: string;
  id: string;
  inputs: Json;
  isProtected: boolean;
};

export type StackState = {
  resources: readonly StateResource[];
  /** what was begun and is not known to have ended */
  pending: readonly { urn: string; operation: string }[];
};

/**
 * Of what a stack is known to be made of. It is another one when somebody else has written something new into the state; an
 * update without changes, which touches times and what the host says beside our wishes, leaves it as it is.
 *
 * @param passphrase keys the hashes that stand for secrets
 */
export function hashState({ resources, pending }: StackState, passphrase: string): string {
  const lines = resources.map(({ urn, id, inputs, isProtected }) =>
    canonical([urn, id, withoutSecrets(inputs, passphrase), isProtected]),
  );
  const open = pending.map(({ urn, operation }) => canonical([urn, operation]));
  return sha256(canonical([lines.sort(), open.sort()]));
}

/** Pulumi's mark of an object that stands for a secret. source: pulumi/sdk, resource.SigKey */
const signatureKey = "4dabf18193072939515e22adb298388d";
/** Pulumi's note of what it filled in itself, which a refresh takes away. */
export const noteOfDefaults = "__defaults";

function withoutSecrets(value: Json, passphrase: string): Json {
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, passphrase));
  if (value === null || typeof value !== "object") return value;
  if (signatureKey in value)
    return createHmac("sha256", passphrase)
      .update(canonical(value.plaintext ?? null))
      .digest("hex");
  const kept = Object.entries(value).filter(([key]) => key !== noteOfDefaults);
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutSecrets(each, passphrase)]));
}
