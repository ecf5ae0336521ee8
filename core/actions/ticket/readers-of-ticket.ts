import { findPerson, listLinkedWithRole, listPeopleWithRole } from "../../db/people/people.ts";
import type { Db, Tx } from "../../db/tables.ts";
import { findLastWorker } from "../../db/ticket/done-steps.ts";
import { findOpenWorkOrder } from "../../db/ticket/work-orders.ts";
import { hasRole } from "../../domain/people/person.ts";
import type { Role } from "../../domain/people/roles.ts";
import { findProcedure, hiddenFromOffice } from "../../domain/procedures/index.ts";
import { type Sides, speaksForRequester, type Ticket } from "../../domain/ticket/ticket.ts";
import { isReachable, reachable } from "../people/reachable.ts";

/** Who does the work now: the assignee, or else, also when the assignee cannot act or be reached, the whole team. */
export async function workersOf(
  tx: Tx,
  { assigneeId, holder }: Pick<Ticket, "assigneeId" | "holder">,
): Promise<number[]> {
  if (holder === null || holder === "user") return [];
  const team = (await listPeopleWithRole(tx, holder)).map(({ id }) => id);
  const canAct = assigneeId !== null && team.includes(assigneeId) && (await isReachable(tx, assigneeId));
  return canAct ? [assigneeId] : team;
}

/** The system officers of an office who can be reached: they see and confirm its tickets (L 9). */
export async function officersOf(db: Db, officeId: number): Promise<number[]> {
  const officers = await listLinkedWithRole(db, "system-officer", officeId);
  const accounts = await reachable(
    db,
    officers.map(({ id }) => id),
  );
  return accounts.map(({ personId }) => personId);
}

/** Those of them who learn of such a ticket. */
export async function onlookersOf(
  db: Db,
  { procedure, officeId }: Pick<Ticket, "procedure" | "officeId">,
): Promise<number[]> {
  return hiddenFromOffice.includes(procedure) ? [] : officersOf(db, officeId);
}

/**
 * Who is to read what the desk tells the requester: the requester, or, where they have left the office or cannot be
 * reached, the office's system officers.
 */
export async function requesterSideOf(db: Db, ticket: Sides): Promise<number[]> {
  const requester = await findPerson(db, ticket.requesterId);
  const isThere = requester !== undefined && speaksForRequester(requester, ticket);
  if (isThere && (await isReachable(db, requester.id))) return [requester.id];
  return onlookersOf(db, ticket);
}

/** Who is to read what the requester adds: the workers, or who holds the work order while the requester's answer is awaited. */
export async function readersOf(tx: Tx, ticket: Ticket): Promise<number[]> {
  if (ticket.holder !== "user") return workersOf(tx, ticket);
  const order = await findOpenWorkOrder(tx, ticket.id);
  if (order === undefined) return [];
  return workersOf(tx, { holder: order.holder, assigneeId: await findFormerWorker(tx, ticket.id, order.holder) });
}

/** Who had a machine plan what it is to build, as long as that is only planned. */
export async function plannersOf(
  tx: Tx,
  { id, procedure, state }: Pick<Ticket, "id" | "procedure" | "state">,
): Promise<number[]> {
  if (!findProcedure(procedure).states[state]?.isPlanned) return [];
  const planner = await findFormerWorker(tx, id, "data-center");
  return planner === null ? [] : [planner];
}

/** Who worked on the ticket in that role before, still holds it, and can be reached. */
export async function findFormerWorker(tx: Tx, ticketId: number, role: Role): Promise<number | null> {
  const id = await findLastWorker(tx, ticketId, role);
  const worker = id === undefined ? undefined : await findPerson(tx, id);
  return worker !== undefined && hasRole(worker, role) && (await isReachable(tx, worker.id)) ? worker.id : null;
}
