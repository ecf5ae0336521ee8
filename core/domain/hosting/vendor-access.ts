import { dayInMilliseconds } from "../durations.ts";
import { showAddress } from "../ipam/address.ts";
import { prefixOf } from "../ipam/prefix.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import type { Application } from "./application.ts";
import type { HostingFailure } from "./hosting-failure.ts";
import type { AccessRules, HostingRuntime } from "./hosting-rules.ts";

/**
 * What a vendor may do: carry files to and fro, or type commands beside the application's files as well; read what is in its
 * database, or change it as well.
 */
const accessKinds = ["sftp", "shell", "database-read", "database-change"] as const;
export type AccessKind = (typeof accessKinds)[number];

export function isAccessKind(text: string | undefined): text is AccessKind {
  return accessKinds.some((kind) => kind === text);
}

export function isOfDatabase(kind: AccessKind): boolean {
  return kind === "database-read" || kind === "database-change";
}

/** Those for which an application has something: folders that it keeps, or a database that was filled. */
export function accessKindsFor({ secrets }: Pick<Application, "secrets">, { kept }: HostingRuntime): AccessKind[] {
  return accessKinds.filter((kind) => (isOfDatabase(kind) ? secrets?.isFilled === true : kept.length > 0));
}

/** Why an access is none any more. */
export type AccessEnd = "over" | "revoked" | "stopped" | "deleted" | "isolated" | "given-up";

/** Somebody from outside, who gets at the files that an application keeps, or at its database, for a time. */
export type VendorAccess = {
  id: number;
  applicationId: number;
  /** that asked for it */
  ticketId: number;
  kind: AccessKind;
  /** "PT Contoh", and who of them it is for */
  vendor: string;
  personName: string;
  /** type and base64, as `parsePublicKey` gives it */
  publicKey: string;
  /** networks from which they come, with commas between; null: from anywhere */
  sources: string | null;
  until: Date;
  /** of the host, which leads to it */
  port: number;
  /** of its own server, as a stack's file has secrets; null: it was not planned yet */
  hostKey: string | null;
  /** by which the vendor knows that server: "SHA256:…" */
  fingerprint: string | null;
  /** of an account of its own in the database, sealed in the same way; null: there is no such account */
  accountPassword: string | null;
  /** since when it stands; null: it does not yet */
  grantedAt: Date | null;
  endedAt: Date | null;
  endedBecause: AccessEnd | null;
  /** since when nobody gets in; null: not seen yet */
  shutAt: Date | null;
  /** Nothing of it stands on its host any more. */
  closedAt: Date | null;
  /** why it could not be shut, the last time */
  trouble: HostingFailure | null;
};

/** By that name its server knows who may come in. */
export const accessUser = "vendor";

/** The account of an access in the database of its application; no other access ever has the same. */
export function vendorAccountOf({ id }: Pick<VendorAccess, "id">): string {
  return `${accessUser}_${id}`;
}

/** Whether somebody may have access for that long. @param longestDays of the profile */
export function refusalOfTerm(until: Date, { now, longestDays }: { now: Date; longestDays: number }): Outcome {
  if (until <= now) return refuse("access-term-over", { field: "until" });
  // Its last day counts to its end.
  const latest = now.getTime() + (longestDays + 1) * dayInMilliseconds;
  return until.getTime() > latest ? refuse("access-too-long", { longestDays, field: "until" }) : accept();
}

/** Whether one of a host's ports for accesses is free. */
export function refusalOfPorts({ first, last }: AccessRules["ports"], inUse: readonly number[]): Outcome {
  const used = inUse.filter((port) => first <= port && port <= last);
  return used.length <= last - first ? accept() : refuse("no-free-access-port", { first, last });
}

/** Of the application's own network; the four before it are the gateway's, the two slots' and the database's. */
export function accessAddressOf(subnet: string): string {
  const { family, first } = prefixOf(subnet);
  return showAddress({ family, number: first + 5n });
}

/** The same file of a stack, without the container by which somebody gets in. @returns undefined: it has none */
export function withoutAccess(input: string): string | undefined {
  const { access, ...others } = JSON.parse(input);
  return access === undefined ? undefined : `${JSON.stringify(others, null, 2)}\n`;
}
