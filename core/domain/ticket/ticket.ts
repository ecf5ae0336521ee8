import type { Answers } from "../form/field.ts";
import { hasRole, type Person } from "../people/person.ts";
import { deskRoles, type Role } from "../people/roles.ts";
import { hiddenFromOffice } from "../procedures/index.ts";

/** What tells who is on the requester's side. */
export type Sides = Pick<Ticket, "procedure" | "requesterId" | "officeId">;

/** How a complaint reached the desk: by whom it is about, written down by the help desk, or by a machine that watches. */
export type Channel = "chat" | "phone" | "letter" | "counter" | "monitor";

/** On whom or what a ticket waits. */
export const pendingOns = ["requester", "vendor", "spare-part", "budget", "site-access"] as const;
export type PendingOn = (typeof pendingOns)[number];

/** What can happen to a ticket; the name of a step stands beside it. */
export type EntryKind =
  | "filed"
  | "step"
  | "taken"
  | "handed-over"
  | "comment"
  | "reply"
  | "internal-note"
  | "assigned"
  | "taken-back"
  | "reclassified"
  | "pending"
  | "resumed"
  | "urgency"
  | "requester-changed"
  | "reminded"
  /** Words of another entry, edited by who wrote them. */
  | "corrected"
  | "rated"
  /** Somebody has the trouble of the ticket, too. */
  | "affected"
  /** What the ticket is about was seen to work again. */
  | "restored";

/** A ticket as rules see it; instants are Dates. */
export type Ticket = {
  id: number;
  procedure: string;
  /** The entry of the catalogue that was asked for; null for everything else. */
  item: string | null;
  state: string;
  /** The role whose turn it is; null when the ticket has ended. */
  holder: Role | null;
  assigneeId: number | null;
  /** Grows with each change of state; a button that was made for an older one is refused. */
  version: number;
  requesterId: number;
  officeId: number;
  subject: string;
  answers: Answers;
  /** Time it happened (R36). */
  occurredAt: Date | null;
  /** Time it was reported (R36). */
  reportedAt: Date;
  /** Final resolution (R36). */
  resolution: string | null;
  endedAt: Date | null;
  channel: Channel;
  /** A public service stands still. */
  isUrgent: boolean;
  pendingOn: PendingOn | null;
  /** Until when it waits, at the latest; set together with `pendingOn`. */
  pendingUntil: Date | null;
  /** When the clock has to look at it. */
  wakesAt: Date | null;
  /** Until when the work is to be done, as the disposition says. */
  dueAt: Date | null;
};

/** `T-0042`: easy to copy and to read out. */
export function ticketNumber(id: number): string {
  return `T-${String(id).padStart(4, "0")}`;
}

/** Reads a number as people type it: `T-0042`, `t42`, `T 42`; undefined for anything else. */
export function parseTicketNumber(text: string): number | undefined {
  const digits = /^t[- ]?(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function workOrderNumber(ticketId: number, ordinal: number): string {
  return `WO-${String(ticketId).padStart(4, "0")}-${ordinal}`;
}

/**
 * The requester, and the system officer of the ticket's office, who stands in for everybody there, but not for who reports
 * a weakness to leadership. A ticket stays with its office: who is transferred leaves it behind.
 *
 * source: L 9 (the officer); office practice (the transfer)
 */
export function speaksForRequester(person: Person, ticket: Sides): boolean {
  if (!person.isActive || person.officeId !== ticket.officeId) return false;
  if (person.id === ticket.requesterId) return true;
  return hasRole(person, "system-officer") && !hiddenFromOffice.includes(ticket.procedure);
}

/**
 * Somebody of the ticket's office who may answer for a requester who stays silent. Never the desk, which would confirm
 * its own work: it has the phone.
 *
 * source: office practice
 */
export function isColleague(person: Person, ticket: Sides): boolean {
  return (
    !hiddenFromOffice.includes(ticket.procedure) &&
    person.isActive &&
    person.officeId === ticket.officeId &&
    !worksAtDesk(person)
  );
}

/**
 * The requester's side, the desk, and whose turn it is, such as the committee while its approval is asked; others learn
 * nothing, not even that the ticket exists.
 */
export function maySee(person: Person, ticket: Sides & Pick<Ticket, "holder">): boolean {
  return speaksForRequester(person, ticket) || worksAtDesk(person) || holdsTurn(person, ticket);
}

function holdsTurn(person: Person, { holder }: Pick<Ticket, "holder">): boolean {
  return holder !== null && holder !== "user" && hasRole(person, holder);
}

/** Internal notes and their files: for the desk, but not on a ticket of one's own. */
export function readsInternalNotes(person: Person, ticket: Pick<Ticket, "requesterId">): boolean {
  return worksAtDesk(person) && ticket.requesterId !== person.id;
}

/** Who looks after the whole desk: all open tickets, whose they are, and how old. Source: office practice. */
export function overseesDesk(person: Person): boolean {
  return hasRole(person, "leadership") || hasRole(person, "help-desk");
}

export function worksAtDesk(person: Person): boolean {
  return deskRoles.some((role) => hasRole(person, role));
}
