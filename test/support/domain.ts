import type { Person } from "../../core/domain/people/person.ts";
import type { Role } from "../../core/domain/people/roles.ts";
import type { Approval } from "../../core/domain/ticket/approval-rules.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";

/** Sunday 22 November 2026, 09.00 WIB. */
export const sundayMorning = new Date("2026-11-22T02:00:00Z");

/** Somebody of office 1 with these roles, for rules that only see values. */
export function aPerson(id: number, roles: readonly Role[], changes: Partial<Person> = {}): Person {
  const person = { id, name: `Person ${id}`, nip: null, officeId: 1, roles, isActive: true, isProvisional: false };
  return { ...person, ...changes };
}

/** A ticket of application trouble that person 1 of office 1 has just filed. */
export const filedTicket: Ticket = {
  id: 42,
  procedure: "application-trouble",
  item: null,
  state: "filed",
  holder: "help-desk",
  assigneeId: null,
  version: 1,
  requesterId: 1,
  officeId: 1,
  subject: "SIMPEG",
  answers: {},
  occurredAt: null,
  reportedAt: sundayMorning,
  resolution: null,
  endedAt: null,
  channel: "chat",
  isUrgent: false,
  pendingOn: null,
  pendingUntil: null,
  wakesAt: null,
  dueAt: null,
};

/** A request for approval that leadership decides on, asked this morning by person 50 and filed by the requester. */
export function anApproval(changes: Partial<Approval> = {}): Approval {
  const asked = {
    id: 1,
    round: 1,
    state: "awaiting-approval",
    entryId: 1,
    askedAt: sundayMorning,
    askedBy: 50,
    filedBy: 1,
  };
  const undecided = { decisions: [], remindedAt: null, acting: [], termEndsAt: null, planExpiresAt: null };
  return { ...asked, ...undecided, chain: ["leadership"], ...changes };
}
