import { type Refusal, refuse } from "../outcome.ts";
import type { Person } from "../people/person.ts";
import { maySee, readsInternalNotes, type Ticket } from "../ticket/ticket.ts";

/** What a ticket is about is said by the desk, while the ticket is open; on a ticket of one's own by colleagues. */
export function refusalOfLinking(ticket: Ticket, person: Person): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (!readsInternalNotes(person, ticket)) return refuse("not-at-desk").refusal;
  return ticket.holder === null ? refuse("ticket-ended").refusal : undefined;
}
