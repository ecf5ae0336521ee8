import type { Person } from "../people/person.ts";
import { maySee, type Ticket, worksAtDesk } from "../ticket/ticket.ts";

/** The record of a handover is for both sides: who may see its ticket, and the desk. */
export function maySeeHandover(person: Person, ticket: Ticket | undefined): boolean {
  return worksAtDesk(person) || (ticket !== undefined && maySee(person, ticket));
}
