import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { maySee, type Ticket } from "./ticket.ts";

/**
 * Joining whom the help desk noted by name with somebody of the register, of the same office: by the help desk.
 *
 * @param found undefined asks whether there is anything to join at all
 * source: office practice
 */
export function refusalOfIdentifying(
  ticket: Ticket,
  person: Person,
  noted: Person,
  found?: Person,
): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (!hasRole(person, "help-desk")) return refuse("not-your-role", { role: "help-desk" }).refusal;
  if (!noted.isProvisional) return refuse("requester-known-already").refusal;
  if (found === undefined) return undefined;
  const fits = found.isActive && !found.isProvisional && found.officeId === ticket.officeId;
  return fits ? undefined : refuse("not-of-that-office").refusal;
}
