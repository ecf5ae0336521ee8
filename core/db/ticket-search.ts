import { sql } from "kysely";
import { hasRole, type Person } from "../domain/people/person.ts";
import type { Sought } from "../domain/ticket/search.ts";
import { worksAtDesk } from "../domain/ticket/ticket.ts";
import type { Db } from "./tables.ts";
import { type ListedTicket, type Page, selectListed } from "./tickets.ts";

/**
 * Tickets that the person may see and that have all of the words, in what the person may read of them: the desk also in
 * internal notes, but not on tickets of their own. Open ones first, then the newest.
 *
 * @param titled procedures whose title has the words: their tickets are found by it
 */
export function searchTickets(
  db: Db,
  person: Person,
  { ticketId, text }: Sought,
  titled: readonly string[],
  page: Page,
): Promise<ListedTicket[]> {
  const isOfDesk = worksAtDesk(person);
  const sought = sql`words_sought(${text})`;
  const isRequester = sql<boolean>`ticket.requester_id = ${person.id}`;
  const hasWords = isOfDesk
    ? sql<boolean>`(words.for_desk @@ ${sought} and (not ${isRequester} or words.for_requester @@ ${sought}))`
    : sql<boolean>`words.for_requester @@ ${sought}`;
  return selectListed(db)
    .innerJoin("ticket_words as words", "words.ticket_id", "ticket.id")
    .$if(ticketId !== undefined, (query) => query.where("ticket.id", "=", ticketId ?? 0))
    .$if(ticketId === undefined, (query) =>
      query.where((where) => {
        const byNumber = /^\d{1,9}$/.test(text) ? [where("ticket.id", "=", Number(text))] : [];
        const byTitle = titled.length > 0 ? [where("ticket.procedure", "in", titled)] : [];
        return where.or([hasWords, ...byNumber, ...byTitle]);
      }),
    )
    .$if(!isOfDesk, (query) => query.where("ticket.office_id", "=", person.officeId))
    .$if(!isOfDesk && !hasRole(person, "system-officer"), (query) => query.where("ticket.requester_id", "=", person.id))
    .orderBy((row) => row("ticket.ended_at", "is not", null))
    .orderBy("ticket.id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}
