import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { approverRoles, type Role } from "../people/roles.ts";
import { isWithin, type Substitution } from "../people/substitution-rules.ts";
import type { Step } from "../procedures/procedure.ts";
import { type Freeze, refusalWhileFrozen } from "./freeze-rules.ts";
import type { Ticket } from "./ticket.ts";

/** Who acts in a role for its holder, and in which time. */
export type Acting = Pick<Substitution, "id" | "personId" | "forPersonId" | "kind" | "startsAt" | "endsAt">;

/** One word in a request for approval; it stands. */
export type Decision = {
  /** Its place in the chain, from 0. */
  link: number;
  role: Role;
  /** null: the clock */
  personId: number | null;
  /** For whom the person acted as a substitute. */
  actedForId: number | null;
  decision: "approved" | "rejected" | "lapsed";
  at: Date;
};

/** A request for approval: each time that a ticket comes to a state in which one decides is a round of its own. */
export type Approval = {
  id: number;
  round: number;
  state: string;
  /** Who approves, one after the other; empty: nobody. */
  chain: readonly Role[];
  askedAt: Date;
  /** What led to it. */
  entryId: number;
  /** Who did the step that led to it; null: the machine. */
  askedBy: number | null;
  /** Who had a hand in what is to be approved. Absent: nobody. */
  preparedBy?: readonly (number | null)[];
  /** Who filed the ticket, for themself or for the requester. */
  filedBy: number | null;
  decisions: readonly Decision[];
  /** When those whose turn it is were last reminded. */
  remindedAt: Date | null;
  /** Who holds the role whose turn it is for the time of a substitution only. */
  acting: readonly Acting[];
  /** Until when what is asked for would hold, where it names a day. */
  termEndsAt: Date | null;
  /** Until when the plan that is to be approved can be built; null: it is for none. */
  planExpiresAt: Date | null;
};

/** Somebody who may be asked to approve, of whatever. */
export function isApprover(person: Person): boolean {
  return approverRoles.some((role) => hasRole(person, role));
}

/** The place in the chain whose turn it is. */
export function presentLink({ decisions }: Pick<Approval, "decisions">): number {
  return decisions.filter(({ decision }) => decision === "approved").length;
}

/** Whose turn it is; undefined where nobody approves, or all have. */
export function approverRole(approval: Pick<Approval, "chain" | "decisions">): Role | undefined {
  return approval.chain[presentLink(approval)];
}

export function isLastLink(approval: Pick<Approval, "chain" | "decisions">): boolean {
  return presentLink(approval) >= approval.chain.length - 1;
}

/** Whether the profile still says who approves as it did when it was asked. */
export function isAskedOf(approval: Pick<Approval, "chain">, approvers: readonly Role[]): boolean {
  return approval.chain.join() === approvers.join();
}

/** Since when those wait whose turn it is. */
export function waitsSince({ askedAt, decisions }: Pick<Approval, "askedAt" | "decisions">): Date {
  return decisions.at(-1)?.at ?? askedAt;
}

/** Somebody of the chain, or who has decided: they see the request, whatever else they see. */
export function isOfChain(person: Person, approval: Pick<Approval, "chain" | "decisions"> | undefined): boolean {
  if (approval === undefined || !person.isActive) return false;
  const hasDecided = approval.decisions.some(({ personId }) => personId === person.id);
  return hasDecided || approval.chain.some((role) => hasRole(person, role));
}

/**
 * Whether this person may decide on what is asked for now. The person is checked, not the chat; an empty list of
 * approvers means nobody; nobody approves their own: what they filed, for themself or for somebody, or asked approval for; one person decides
 * once; administrators never do. Rejecting is possible while approvals are frozen: nothing is built by it.
 *
 * @param ticket in a state from which the step leads
 * source: office practice; P B.8 for exceptions
 */
export function refusalOfDecision(
  decides: NonNullable<Step["decides"]>,
  ticket: Pick<Ticket, "requesterId" | "state">,
  person: Person,
  approval: Approval | undefined,
  { now, freeze }: { now: Date; freeze: Freeze },
): Refusal | undefined {
  if (approval === undefined || approval.state !== ticket.state) return refuse("approval-not-asked").refusal;
  if (hasRole(person, "administrator")) return refuse("administrator-never-decides").refusal;
  const role = approverRole(approval);
  if (role === undefined) return refuse("no-approvers").refusal;
  if (!hasRole(person, role)) return refuse("not-your-role", { role }).refusal;
  const acting = approval.acting.find(({ personId }) => personId === person.id);
  if (acting !== undefined && !isWithin(acting, now)) return refuse("substitution-not-in-force").refusal;
  const own = ownersOf(ticket, approval);
  if (own.includes(person.id)) return refuse("not-your-own-request").refusal;
  if (acting !== undefined && own.includes(acting.forPersonId)) return refuse("not-for-whom-you-substitute").refusal;
  if (hasVoted(approval, person.id) || (acting && hasVoted(approval, acting.forPersonId)))
    return refuse("decided-once-already").refusal;
  return decides === "approved" ? refusalOfApproving(approval, { now, freeze }) : undefined;
}

/**
 * Whether what was approved may still be done, right before it is done: everybody of the chain has approved, and who did
 * still is somebody who might. Who stood in for somebody did so in their time; that it has ended since takes nothing back.
 *
 * @param approvers who approved, as they are in the register now
 */
export function refusalOfStandingApproval(
  ticket: Pick<Ticket, "requesterId">,
  approval: Approval | undefined,
  approvers: readonly Person[],
): Refusal | undefined {
  if (approval === undefined || approval.chain.length === 0) return refuse("approval-not-asked").refusal;
  if (approverRole(approval) !== undefined) return refuse("approval-not-asked").refusal;
  for (const { personId, actedForId, role } of approval.decisions) {
    const approver = approvers.find(({ id }) => id === personId);
    if (approver === undefined || !approver.isActive) return refuse("not-your-role", { role }).refusal;
    if (hasRole(approver, "administrator")) return refuse("administrator-never-decides").refusal;
    if (actedForId === null && !hasRole(approver, role)) return refuse("not-your-role", { role }).refusal;
    const own = ownersOf(ticket, approval);
    if (own.includes(approver.id)) return refuse("not-your-own-request").refusal;
    if (actedForId !== null && own.includes(actedForId)) return refuse("not-for-whom-you-substitute").refusal;
  }
  return undefined;
}

/** Whose it is: nobody of them approves it. */
function ownersOf({ requesterId }: Pick<Ticket, "requesterId">, approval: Approval): (number | null)[] {
  return [requesterId, approval.filedBy, approval.askedBy, ...(approval.preparedBy ?? [])];
}

/** A person has one word in a chain, spoken by themself or by who stood in for them. */
function hasVoted({ decisions }: Approval, id: number): boolean {
  return decisions.some(({ personId, actedForId }) => personId === id || actedForId === id);
}

function refusalOfApproving(approval: Approval, { now, freeze }: { now: Date; freeze: Freeze }): Refusal | undefined {
  const frozen = refusalWhileFrozen(freeze);
  if (frozen !== undefined) return frozen;
  return isTermOver(approval, now) ? refuse("term-passed").refusal : undefined;
}

/** The day until which it was asked for has passed: nobody can grant it any more. */
export function isTermOver(approval: Pick<Approval, "termEndsAt"> | undefined, now: Date): boolean {
  const endsAt = approval?.termEndsAt ?? null;
  return endsAt !== null && endsAt <= now;
}

/** Whether that person could decide, freeze or not: who is asked, and whose names stand on the card. */
export function couldDecide(
  ticket: Pick<Ticket, "requesterId" | "state">,
  person: Person,
  approval: Approval,
  now: Date,
): boolean {
  const freeze = { state: "lifted", at: null } as const;
  return refusalOfDecision("rejected", ticket, person, approval, { now, freeze }) === undefined;
}

/**
 * A press for a version of the ticket that has passed, by somebody of the chain: told who decided, before anything else
 * is said.
 */
export function refusalOfLateDecision(
  step: Step | undefined,
  ticket: Pick<Ticket, "id" | "state" | "version">,
  person: Person,
  version: number,
  approval: Approval | undefined,
): Refusal | undefined {
  if (step?.decides === undefined || ticket.version === version || !isOfChain(person, approval)) return undefined;
  return refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state, ...roundOf(approval) }).refusal;
}

/** For the sentence that says who decided. */
export function roundOf(approval: Approval | undefined): { round?: number } {
  return approval === undefined || approval.decisions.length === 0 ? {} : { round: approval.round };
}
