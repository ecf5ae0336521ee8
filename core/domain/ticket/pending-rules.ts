import type { Field } from "../form/field.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { findProcedure } from "../procedures/index.ts";
import { asksApproval, isInForce, note } from "../procedures/procedure.ts";
import { maySee, pendingOns, type Ticket } from "./ticket.ts";

/** On whom or what it waits, until when at the latest, and why; the requester reads all three. */
export const pendingForm = [
  { name: "pending-on", kind: "choice", choices: pendingOns },
  { name: "pending-until", kind: "coming-day", isAfterToday: true },
  note,
] as const satisfies readonly Field[];

/**
 * Putting a ticket off: by the team whose turn it is, or the help desk. While the requester's confirmation is awaited
 * there is nothing to put off, and an approval has a time of its own.
 *
 * source: office practice
 */
export function refusalOfPending(ticket: Ticket, person: Person): Refusal | undefined {
  const refusal = refusalOfDeskWork(ticket, person);
  if (refusal !== undefined) return refusal;
  if (ticket.holder === "user") return refuse("requester-is-asked").refusal;
  const procedure = findProcedure(ticket.procedure);
  if (isInForce(procedure, ticket.state)) return refuse("in-force-not-taken").refusal;
  return asksApproval(procedure, ticket.state) ? refuse("approval-not-put-off").refusal : undefined;
}

/** Going on with it before its time. */
export function refusalOfResuming(ticket: Ticket, person: Person): Refusal | undefined {
  return refusalOfDeskWork(ticket, person) ?? (ticket.pendingOn === null ? refuse("not-pending").refusal : undefined);
}

function refusalOfDeskWork(ticket: Ticket, person: Person): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  const mayDoIt = hasRole(person, "help-desk") || (ticket.holder !== "user" && hasRole(person, ticket.holder));
  return mayDoIt ? undefined : refuse("not-your-role", { role: ticket.holder }).refusal;
}
