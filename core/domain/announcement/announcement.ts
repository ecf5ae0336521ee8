import { createHash } from "node:crypto";
import type { Field } from "../form/field.ts";

const announcementKinds = ["outage", "maintenance", "restored", "information"] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];

/** Of the newest version: written and not shown to anybody else, waiting for approval, and what became of it. */
export type AnnouncementStage = "written" | "asked" | "rejected" | "sent" | "withdrawn" | "discarded";

/** An announcement as rules see it; what it says stands in its versions. */
export type Announcement = {
  id: number;
  authorId: number;
  /** The newest; grows with each change. A button that was made for an older one is refused. */
  version: number;
  stage: AnnouncementStage;
  /** What people have; null before it is sent. */
  sentVersion: number | null;
  /** When the first version was sent. */
  sentAt: Date | null;
  /** When a later version took its place. */
  correctedAt: Date | null;
  withdrawnBy: number | null;
  withdrawnAt: Date | null;
  withdrawnBecause: string | null;
};

/** What is said to whom: what an approval is bound to. */
export type AnnouncementContent = {
  kind: AnnouncementKind;
  title: string;
  text: string;
  /** The end of the last day; null: until it is withdrawn. */
  inForceUntil: Date | null;
  /** null: all offices, also those that come later. */
  officeIds: readonly number[] | null;
  /** The ticket it belongs to, for the desk. */
  ticketId: number | null;
};

export type AnnouncementVersion = AnnouncementContent & { version: number; authorId: number; contentHash: string };

export type AnnouncementDecision = {
  decision: "approved" | "rejected";
  decidedBy: number;
  decidedAt: Date;
  reason: string | null;
};

/**
 * A message of Telegram holds 4,096 characters. The approver sees the text with its heading, its author and its audience in
 * one message.
 */
export const longestAnnouncement = 3000;
const longestReason = 500;

/** What can be changed by itself. The audience is asked office by office, and has no field of its own here. */
export const announcementParts = ["kind", "audience", "ticket", "title", "text", "until"] as const;
export type AnnouncementPart = (typeof announcementParts)[number];

export const announcementFields = {
  kind: { name: "kind", kind: "choice", choices: announcementKinds },
  ticket: { name: "ticket", kind: "line", maxLength: 12, optional: true },
  title: { name: "title", kind: "line", maxLength: 100 },
  text: { name: "text", kind: "text", maxLength: longestAnnouncement },
  until: { name: "until", kind: "coming-day", optional: true },
} as const satisfies Record<Exclude<AnnouncementPart, "audience">, Field>;

/** Why one is rejected, or withdrawn. */
export const announcementReason = { name: "note", kind: "text", maxLength: longestReason } as const satisfies Field;

/** SHA-256 in hex over all that was approved, the same for the same text and audience. */
export function contentHashOf({ kind, title, text, inForceUntil, officeIds, ticketId }: AnnouncementContent): string {
  const offices = officeIds === null ? "all" : officeIds.toSorted((one, other) => one - other);
  const content = [kind, title, text, inForceUntil?.toISOString() ?? null, offices, ticketId];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** Which version is worked on next: what waits, or else what was sent (a correction that was discarded stays behind). */
export function workingVersion({ stage, version, sentVersion }: Announcement): number {
  return stage === "sent" || stage === "withdrawn" ? (sentVersion ?? version) : version;
}

/** Something new waits besides what people have, or before they have anything. */
export function isPending({ stage }: Pick<Announcement, "stage">): boolean {
  return stage === "written" || stage === "asked" || stage === "rejected";
}

export function isOver({ inForceUntil }: Pick<AnnouncementContent, "inForceUntil">, now: Date): boolean {
  return inForceUntil !== null && inForceUntil <= now;
}
