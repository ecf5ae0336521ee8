import type { PlannedChange, PreviewStep } from "./preview.ts";

/** `planned` is only reserved; of what `failed` a part may stand on the host. */
export const applicationStates = ["planned", "building", "built", "failed", "removed"] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** An application that a machine hosts, or is to host. */
export type Application = {
  id: number;
  /** the name of its stack: "app-simpeg" */
  stack: string;
  ticketId: number;
  officeId: number;
  /** as its ticket calls it */
  title: string;
  domainName: string;
  /** names of the profile */
  target: string;
  runtime: string;
  size: string;
  reach: "internet" | "intranet";
  port: number;
  /** of the register of addresses */
  prefixId: number;
  subnet: string;
  gateway: string;
  /** of its container */
  address: string;
  /** of the container that takes its place one day */
  nextAddress: string;
  /** the file that was handed in */
  attachmentId: number;
  /** "sha256:…", once it is on the target */
  imageId: string | null;
  state: ApplicationState;
  /** By which its host began to be changed; null: it has not. */
  begunPlanId: number | null;
};

/** What an approval is bound to. */
export type PlanHashes = { preview: string; program: string; inputs: string; state: string };

export type ApplicationPlan = {
  id: number;
  applicationId: number;
  /** the stack's file */
  input: string;
  imageId: string;
  hashes: PlanHashes;
  changes: readonly PlannedChange[];
  /** in full, with secrets as "[secret]" */
  steps: readonly PreviewStep[];
  madeAt: Date;
  expiresAt: Date;
};

/** "simpeg.labura.go.id" of "labura.go.id" is the stack "app-simpeg"; undefined: the name cannot be one. */
export function stackNameOf(domainName: string, domain: string): string | undefined {
  const label = domainName.slice(0, -domain.length - 1).replaceAll(".", "-");
  const stack = `app-${label}`;
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stack) && stack.length <= 40 ? stack : undefined;
}

export function isSamePlan(one: PlanHashes, other: PlanHashes): boolean {
  return (["preview", "program", "inputs", "state"] as const).every((hash) => one[hash] === other[hash]);
}
