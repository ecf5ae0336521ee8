import type { PlannedChange, PreviewStep } from "./preview.ts";
import type { VendorAccess } from "./vendor-access.ts";

/** Of what stands: `planned` is only reserved yet, of what was `deleted` the data is kept, and of what was `removed` nothing. */
export type ApplicationState = "planned" | "built" | "stopped" | "isolated" | "deleted" | "removed";

/** Of what `failed` a part may stand on the host. */
export type RevisionState = "planned" | "building" | "built" | "failed" | "given-up";

/** What can be asked for of an application that stands. */
export const changesAsked = ["version", "size", "name", "stop", "start", "roll-back", "delete"] as const;

/**
 * What somebody asked to be built: the application itself, a change of it, that a vendor gets at its files, or that what was
 * deleted is destroyed for good.
 */
export type ApplicationChange = "new" | "purge" | "access" | (typeof changesAsked)[number];

/** One of the two containers of which one answers, and the other takes its place one day. */
export type Slot = "a" | "b";

/** What an application is, or is to be, made of. The next one is another revision. */
export type Revision = {
  id: number;
  /** that asked for it */
  ticketId: number;
  change: ApplicationChange;
  domainName: string;
  /** of the profile */
  size: string;
  /** the file that was handed in, or that an image of a registry was fetched into */
  attachmentId: number;
  /** of its database; null: none was handed in */
  dumpId: number | null;
  /** "sha256:…", once it is on the target */
  imageId: string | null;
  slot: Slot;
  isRunning: boolean;
  state: RevisionState;
};

/** What a database is opened by, each sealed as the stack's file has it. */
export type DatabaseSecrets = {
  adminPassword: string;
  /** of the application's account */
  password: string;
  /** the same, with host and name in one text */
  url: string;
  /** The account is there, and what was handed in is loaded. */
  isFilled: boolean;
};

/** An application that a machine hosts, or is to host, with the revision of it that is looked at. */
export type Application = {
  id: number;
  /** the name of its stack: "app-simpeg" */
  stack: string;
  /** by which it was asked for at first */
  ticketId: number;
  officeId: number;
  /** as its ticket calls it */
  title: string;
  /** names of the profile */
  target: string;
  runtime: string;
  database: string | null;
  reach: "internet" | "intranet";
  port: number;
  /** what is asked for by name before it is said that it is there; null: what its runtime says */
  healthPath: string | null;
  /** of the register of addresses */
  prefixId: number;
  subnet: string;
  gateway: string;
  /** of its container in slot a, and in slot b */
  address: string;
  nextAddress: string;
  databaseAddress: string | null;
  /** of its database; null: it has none, or was not planned yet */
  secrets: DatabaseSecrets | null;
  /** of the dump that its database is filled from; null: of none, or its file is gone */
  dumpSha256: string | null;
  /** by which a vendor gets at its files, or is to; null: nobody does */
  access: VendorAccess | null;
  state: ApplicationState;
  /** Of what was deleted: until when it can be started again, and is not purged. */
  keptUntil: Date | null;
  /** Network and name are still its own. */
  isKept: boolean;
  /** The revision that stands; null: nothing does yet. */
  standingId: number | null;
  /** By which its host began to be changed, and did not come to its end; null: nothing is half done. */
  begunPlanId: number | null;
  /** with data, of what was built last, as the stack's file names them */
  volumes: readonly string[];
  revision: Revision;
};

/** What an approval is bound to. */
export type PlanHashes = { preview: string; program: string; inputs: string; state: string };

/** What would be done to a stack, as it was shown to who approves. */
export type StackPlan = {
  id: number;
  stack: string;
  /** that asks for it */
  ticketId: number;
  /** the stack's file */
  input: string;
  /** of an application */
  imageId: string | null;
  hashes: PlanHashes;
  changes: readonly PlannedChange[];
  /** in full, with secrets as "[secret]" */
  steps: readonly PreviewStep[];
  /** The rules that keep applications where they are were on its host; absent: that could not be seen. */
  isHostPrepared?: boolean | undefined;
  madeAt: Date;
  expiresAt: Date;
};

export const longestStackName = 40;

/** "simpeg.labura.go.id" of "labura.go.id" is the stack "app-simpeg"; undefined: the name cannot be one. */
export function stackNameOf(domainName: string, domain: string): string | undefined {
  const label = domainName.slice(0, -domain.length - 1).replaceAll(".", "-");
  const stack = `app-${label}`;
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stack) && stack.length <= longestStackName ? stack : undefined;
}

export function isSamePlan(one: PlanHashes, other: PlanHashes): boolean {
  return (["preview", "program", "inputs", "state"] as const).every((hash) => one[hash] === other[hash]);
}

export function addressOfSlot(
  { address, nextAddress }: Pick<Application, "address" | "nextAddress">,
  slot: Slot,
): string {
  return slot === "a" ? address : nextAddress;
}
