import { findPerson, listLinkedWithRole } from "../../db/people/people.ts";
import type { Db, Tx } from "../../db/tables.ts";
import {
  findApproval,
  insertApproval,
  insertDecision,
  listTicketsAwaitingApproval,
} from "../../db/ticket/approvals.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { asksApproval, type Step } from "../../domain/procedures/procedure.ts";
import { type Approval, approverRole, couldDecide, presentLink } from "../../domain/ticket/approval-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { askWaitingIsolations } from "../hosting/tell-of-isolation.ts";
import { editSent, tell, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { plannersOf } from "./readers-of-ticket.ts";
import { refreshCards } from "./refresh-cards.ts";

/**
 * Asks for approval where a ticket has come to a state in which one decides: a new round, with the chain as the profile
 * says it now.
 *
 * @returns whose turn it is, in the place of whom the procedure names; undefined in any other state
 */
export async function beginApproval(
  tx: Tx,
  setting: Setting,
  at: { ticketId: number; procedure: string; state: string; entryId: number },
): Promise<Role | undefined> {
  const procedure = findProcedure(at.procedure);
  if (!asksApproval(procedure, at.state)) return undefined;
  const chain = setting.rules.approvers(at.procedure);
  await insertApproval(tx, { ...at, chain, now: setting.now });
  return chain[0] ?? procedure.states[at.state]?.holder;
}

/** Notes a decision beside the entry of its step: by a person, perhaps for another one, or by the clock. */
export async function storeDecision(
  tx: Tx,
  setting: Setting,
  approval: Approval,
  decision: {
    ticketId: number;
    entryId: number;
    decides: NonNullable<Step["decides"]>;
    role: Role;
    personId: number | null;
  },
): Promise<void> {
  const { ticketId, entryId, decides, role, personId } = decision;
  const acting = approval.acting.find((each) => each.personId === personId);
  await insertDecision(tx, approval, {
    ticketId,
    entryId,
    link: presentLink(approval),
    role,
    personId,
    substitutionId: acting?.id ?? null,
    decision: decides,
    at: setting.now,
  });
}

/** Who can decide now: active, linked, and allowed to on this very request. */
export async function listApprovers(db: Db, ticket: Ticket, approval: Approval, now: Date): Promise<Person[]> {
  const role = approverRole(approval);
  if (role === undefined) return [];
  const holders = await listLinkedWithRole(db, role);
  return holders.filter((person) => couldDecide(ticket, person, approval, now));
}

/** Asks those whose turn it is; where there is nobody, who asked for it is told, and administrators are. */
export async function askApprovers(tx: Tx, ticket: Ticket, setting: Setting, isReminder?: true): Promise<void> {
  const approval = await findPresentApproval(tx, ticket, setting);
  if (approval === undefined) return;
  const approvers = await listApprovers(tx, ticket, approval, setting.now);
  const ids = approvers.map(({ id }) => id);
  const asked = { kind: "approval-asked", ticketId: ticket.id, approvalId: approval.id } as const;
  await tell(tx, ids, isReminder ? { ...asked, isReminder } : asked, setting);
  if (ids.length > 0) return;
  const notice = { kind: "no-approver", ticketId: ticket.id } as const;
  const { askedBy } = approval;
  if (askedBy !== null) await tell(tx, [askedBy], notice, setting);
  await tellRole(tx, "administrator", notice, setting, askedBy ?? undefined);
}

/** The messages of a request say how it stands now, and lose the buttons of those who cannot decide any more. */
export async function refreshApproval(
  tx: Tx,
  ticketId: number,
  { id: approvalId }: Pick<Approval, "id">,
  setting: Setting,
): Promise<void> {
  const asked = { kind: "approval-asked", ticketId, approvalId } as const;
  await editSent(tx, asked, asked, setting);
}

/** The request that is under way on a ticket; undefined where nothing is asked now. */
export async function findPresentApproval(
  db: Db,
  ticket: Pick<Ticket, "id" | "procedure" | "state" | "answers">,
  { rules }: { rules: { zone: string } },
): Promise<Approval | undefined> {
  if (!asksApproval(findProcedure(ticket.procedure), ticket.state)) return undefined;
  const approval = await findApproval(db, ticket, rules);
  return approval?.state === ticket.state ? approval : undefined;
}

/**
 * What was decided, for who asked for it, and of a plan that was rejected for who had it made; who decided and who filed the
 * ticket know it.
 *
 * @param ticket as it was before
 */
export async function tellAskers(
  tx: Tx,
  ticket: Ticket,
  { askedBy, round }: Approval,
  { decides, personId }: { decides: Step["decides"]; personId: number | null },
  setting: Setting,
): Promise<void> {
  const planners = decides === "rejected" ? await plannersOf(tx, ticket) : [];
  const askers = [...new Set([askedBy, ...planners])].filter((id) => id !== null);
  const others = askers.filter((id) => id !== personId && id !== ticket.requesterId);
  await tell(tx, others, { kind: "approval-ended", ticketId: ticket.id, round }, setting);
}

/** Somebody can approve from now on: they get what waits, also of isolations, and the cards say so. */
export async function askWaitingApprovals(tx: Tx, personId: number, setting: Setting): Promise<void> {
  const person = await findPerson(tx, personId);
  if (person === undefined) return;
  for (const ticketId of await listTicketsAwaitingApproval(tx, person.roles)) {
    const ticket = await findTicket(tx, ticketId);
    const approval = ticket && (await findPresentApproval(tx, ticket, setting));
    if (ticket === undefined || approval === undefined) continue;
    await refreshCards(tx, ticketId, setting);
    if (!couldDecide(ticket, person, approval, setting.now)) continue;
    await tell(tx, [personId], { kind: "approval-asked", ticketId, approvalId: approval.id }, setting);
  }
  await askWaitingIsolations(tx, setting, person);
}

/** Somebody can approve no longer, or all stands still: the cards and the messages of what waits say so. */
export async function refreshWaitingApprovals(tx: Tx, roles: readonly Role[], setting: Setting): Promise<void> {
  for (const ticketId of await listTicketsAwaitingApproval(tx, roles)) {
    const ticket = await findTicket(tx, ticketId);
    const approval = ticket && (await findPresentApproval(tx, ticket, setting));
    if (approval === undefined) continue;
    await refreshCards(tx, ticketId, setting);
    await refreshApproval(tx, ticketId, approval, setting);
  }
}
