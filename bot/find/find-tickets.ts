import { awaitTicket } from "../../core/db/ticket/tickets.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { parseSearch } from "../../core/domain/ticket/search.ts";
import { maySee } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, reply } from "../conversation.ts";

/** A number opens its ticket at once; words show a list. A ticket that may not be seen is not found. */
export async function findTickets(conversation: Conversation, entered: string): Promise<Outcome> {
  const { tx, person } = conversation;
  const sought = parseSearch(entered);
  if (!sought.ok) return sought;
  const { ticketId, text } = sought.value;
  const ticket = ticketId === undefined ? undefined : await awaitTicket(tx, ticketId);
  if (ticket !== undefined && maySee(person, ticket)) {
    await reply(conversation, { kind: "ticket-card", ticketId: ticket.id, news: "opened" });
    return accept();
  }
  await reply(conversation, { kind: "search-results", text, page: 0 });
  return accept();
}
