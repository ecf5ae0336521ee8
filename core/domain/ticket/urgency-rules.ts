import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { findProcedure } from "../procedures/index.ts";
import { isInForce } from "../procedures/procedure.ts";
import { maySee, speaksForRequester, type Ticket } from "./ticket.ts";

/**
 * Urgent is what makes a public service stand still. The requester's side and the help desk say so; that it is not so,
 * or no longer, only the help desk.
 *
 * source: office practice
 */
export function refusalOfUrgency(ticket: Ticket, person: Person, isUrgent: boolean): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  const maySay = hasRole(person, "help-desk") || (isUrgent && speaksForRequester(person, ticket));
  if (!maySay) return refuse("not-your-role", { role: "help-desk" }).refusal;
  if (isInForce(findProcedure(ticket.procedure), ticket.state)) return refuse("in-force-not-taken").refusal;
  return ticket.isUrgent === isUrgent ? refuse("urgency-unchanged").refusal : undefined;
}
