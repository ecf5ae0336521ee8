import { canonical, type Json, sha256 } from "./canonical.ts";

/** One step of a preview, as far as it means something: no times, no places in the program. */
export type PreviewStep = {
  /** Pulumi's word: "create", "same", "refresh", "delete-replaced" … */
  operation: string;
  urn: string;
  /** what is asked for, or what a refresh found; a secret is "[secret]" */
  inputs: Json;
  /** names of properties that make the step necessary */
  changed: readonly string[];
};

export type Preview = {
  steps: readonly PreviewStep[];
  /** by `fingerprintOfSecrets` */
  secrets: string;
};

/** What an approval is bound to. Two previews of the same thing have the same one, in whatever order their steps came. */
export function hashPreview({ steps, secrets }: Preview): string {
  const lines = steps.map(({ operation, urn, inputs }) => canonical([urn, operation, inputs])).sort();
  return sha256(canonical([secrets, ...lines]));
}

export type PlannedChange = {
  kind: ResourceKind;
  /** of the resource in its stack: "web-a" */
  name: string;
  change: "create" | "update" | "replace" | "delete";
  /** what differs, by Pulumi's names; none where something is made or deleted */
  properties: string[];
};

export type ResourceKind = "container" | "network" | "volume" | "other";

const kinds: Record<string, ResourceKind> = {
  "docker:index/container:Container": "container",
  "docker:index/network:Network": "network",
  "docker:index/volume:Volume": "volume",
};

/** A replacement comes as three steps. */
const changes: Record<string, PlannedChange["change"]> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
};

/** The plan as values, in the order of the steps; what stays as it is is not in it. */
export function planOf(steps: readonly PreviewStep[]): PlannedChange[] {
  const byUrn = new Map<string, PlannedChange>();
  for (const { operation, urn, changed } of steps) {
    const change = changes[operation];
    if (change === undefined) continue;
    const { kind, name } = partsOfUrn(urn);
    if (kind === "other") continue;
    const known = byUrn.get(urn)?.properties ?? [];
    const properties = change === "create" || change === "delete" ? [] : [...new Set([...known, ...changed])].sort();
    byUrn.set(urn, { kind, name, change, properties });
  }
  return [...byUrn.values()];
}

/** Of what was begun: what was to be made may stand in part, and what was to be replaced may be gone. */
const rests: Record<PlannedChange["change"], readonly PlannedChange["change"][]> = {
  create: ["create", "update", "replace"],
  update: ["update"],
  replace: ["create", "update", "replace"],
  delete: ["delete"],
};

/** Whether what would be done is the rest of what was to be: nothing else is touched, and nothing is done to it that was not to be. */
export function isRestOf(whole: readonly PreviewStep[], rest: readonly PreviewStep[]): boolean {
  const approvedChanges = changesOf(whole);
  return [...changesOf(rest)].every(([urn, change]) => {
    const approved = approvedChanges.get(urn);
    return approved !== undefined && rests[approved].includes(change);
  });
}

/** By URN; what stays as it is is not in it. */
function changesOf(steps: readonly PreviewStep[]): Map<string, PlannedChange["change"]> {
  return new Map(
    steps.flatMap(({ operation, urn }) => {
      const change = changes[operation];
      return change === undefined ? [] : [[urn, change]];
    }),
  );
}

/** "urn:pulumi:app-x::simpul::docker:index/container:Container::web-a" is the container "web-a". */
export function partsOfUrn(urn: string): { kind: ResourceKind; name: string } {
  const [, , type = "", ...name] = urn.split("::");
  return { kind: kinds[type] ?? "other", name: name.join("::") };
}
