import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { findProcedure } from "../procedures/index.ts";
import { asksApproval, isInForce } from "../procedures/procedure.ts";
import { maySee, type Ticket } from "./ticket.ts";

/**
 * Giving the work to somebody by name: by a member of the team that holds it (the assignee hands it over), by the help
 * desk or by leadership. A reason is needed where somebody has it already.
 *
 * @param to undefined asks whether the person may assign it at all
 * source: office practice
 */
export function refusalOfAssigning(ticket: Ticket, person: Person, to?: Person): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  const { holder } = ticket;
  if (holder === "user") return refuse("requester-is-asked").refusal;
  const procedure = findProcedure(ticket.procedure);
  if (asksApproval(procedure, ticket.state)) return refuse("approval-not-taken").refusal;
  if (isInForce(procedure, ticket.state)) return refuse("in-force-not-taken").refusal;
  const mayAssign = hasRole(person, holder) || hasRole(person, "help-desk") || hasRole(person, "leadership");
  if (!mayAssign) return refuse("not-your-role", { role: holder }).refusal;
  if (to === undefined) return undefined;
  if (!hasRole(to, holder)) return refuse("not-a-colleague").refusal;
  return to.id === ticket.assigneeId ? refuse("has-it-already").refusal : undefined;
}
