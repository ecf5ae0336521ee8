import { findPerson } from "../core/db/people/people.ts";
import type { Db } from "../core/db/tables.ts";
import { findTicket } from "../core/db/ticket/tickets.ts";
import { maySee, type Ticket } from "../core/domain/ticket/ticket.ts";

/** A ticket as far as this person may see it: a form that was begun before a right ended shows nothing of it any more. */
export async function findTicketFor(db: Db, ticketId: number, personId: number): Promise<Ticket | undefined> {
  const [ticket, person] = [await findTicket(db, ticketId), await findPerson(db, personId)];
  return ticket !== undefined && person !== undefined && maySee(person, ticket) ? ticket : undefined;
}
