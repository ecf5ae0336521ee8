import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Role } from "../people/roles.ts";
import { maySee, readsInternalNotes, type Ticket } from "./ticket.ts";

/** Who sees what the infrastructure is used for. Source: office practice. */
const witnesses = ["help-desk", "data-center", "infrastructure", "leadership"] as const satisfies readonly Role[];

/**
 * Recording that what is for official duties only was used for something else (R64), also on a ticket that has ended; never
 * on one's own.
 *
 * source: C 16(6), P B.2
 */
export function refusalOfMisuse(ticket: Ticket, person: Person): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (!witnesses.some((role) => hasRole(person, role))) return refuse("not-a-witness-of-misuse").refusal;
  return readsInternalNotes(person, ticket) ? undefined : refuse("not-your-own-misuse").refusal;
}
