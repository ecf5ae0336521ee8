import { type RawBuilder, type SqlBool, sql } from "kysely";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { hiddenFromOffice } from "../../domain/procedures/index.ts";
import type { Sought } from "../../domain/ticket/search.ts";
import { worksAtDesk } from "../../domain/ticket/ticket.ts";
import type { Db } from "../tables.ts";
import { type ListedTicket, listByIds, type Page } from "./tickets.ts";

/** A condition on `ticket`. */
type Condition = RawBuilder<SqlBool>;

/**
 * Tickets that the person may see and that have all of the words, in what the person may read of them: the desk also in
 * internal notes, but not on tickets of their own. Open ones first, then the newest.
 *
 * @param titled procedures whose title has the words: their tickets are found by it
 */
export async function searchTickets(
  db: Db,
  person: Person,
  { ticketId, text }: Sought,
  titled: readonly string[],
  page: Page,
): Promise<ListedTicket[]> {
  const number = ticketId ?? (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
  const conditions: Condition[] = [
    ...(number === undefined ? [] : [sql<SqlBool>`ticket.id = ${number}`]),
    ...(ticketId === undefined ? [await hasWords(db, person, text)] : []),
    ...(ticketId === undefined && titled.length > 0 ? [sql<SqlBool>`ticket.procedure = any(${titled}::text[])`] : []),
  ];
  const needed = page.offset + page.limit;
  const open = await newest(db, person, conditions, { isOpen: true, limit: needed });
  const missing = needed - open.length;
  const ended = missing > 0 ? await newest(db, person, conditions, { isOpen: false, limit: missing }) : [];
  const ids = [...open, ...ended].slice(page.offset);
  const found = await listByIds(db, ids, { offset: 0, limit: page.limit });
  return found.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** Each condition is a query of its own, since one with `or` would read every ticket. */
async function newest(
  db: Db,
  person: Person,
  conditions: readonly Condition[],
  { isOpen, limit }: { isOpen: boolean; limit: number },
): Promise<number[]> {
  const isOfDesk = worksAtDesk(person);
  const found = new Set<number>();
  for (const condition of conditions) {
    const rows = await db
      .selectFrom("ticket")
      .select("ticket.id")
      .where("ticket.ended_at", isOpen ? "is" : "is not", null)
      .where(condition)
      .$if(!isOfDesk, (query) => query.where("ticket.office_id", "=", person.officeId))
      .$if(!isOfDesk && !hasRole(person, "system-officer"), (query) =>
        query.where("ticket.requester_id", "=", person.id),
      )
      .$if(!isOfDesk, (query) =>
        query.where((row) =>
          row.or([row("ticket.requester_id", "=", person.id), row("ticket.procedure", "not in", hiddenFromOffice)]),
        ),
      )
      .orderBy("ticket.id", "desc")
      .limit(limit)
      .execute();
    for (const { id } of rows) found.add(id);
  }
  return [...found].sort((one, other) => other - one).slice(0, limit);
}

/**
 * Words that many tickets have are read off the newest tickets one by one until the page is full; rare ones come from the
 * index. PostgreSQL cannot tell them apart by its statistics, and taking the one way for the other costs half a second
 * where there are 50,000 tickets. `offset 0` keeps it from doing so.
 */
async function hasWords(db: Db, person: Person, text: string): Promise<Condition> {
  const sought = sql`words_sought(${text})`;
  const hasToldWords = sql`(select w.for_requester @@ ${sought} from ticket_words w where w.ticket_id = ticket.id)`;
  const hasKnownWords = sql`(select w.for_desk @@ ${sought} from ticket_words w where w.ticket_id = ticket.id)`;
  const mayKnow = sql`(ticket.requester_id <> ${person.id} or ${hasToldWords})`;
  const isCommon = await isInManyRecent(db, sought);
  if (worksAtDesk(person)) {
    const fromIndex = sql`ticket.id in (select ticket_id from ticket_words where for_desk @@ ${sought} offset 0)`;
    return sql<SqlBool>`(${isCommon ? hasKnownWords : fromIndex} and ${mayKnow})`;
  }
  const fromIndex = sql`ticket.id in (select ticket_id from ticket_words where for_requester @@ ${sought} offset 0)`;
  return sql<SqlBool>`${isCommon ? hasToldWords : fromIndex}`;
}

/** Whether one in fifty of the newest 200 tickets has the words. */
async function isInManyRecent(db: Db, sought: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select for_desk from ticket_words order by ticket_id desc limit 200
    ) as recent
    where for_desk @@ ${sought}`.execute(db);
  return (rows[0]?.count ?? 0) >= 4;
}
