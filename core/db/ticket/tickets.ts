import { sql, type Updateable } from "kysely";
import type { Role } from "../../domain/people/roles.ts";
import { hiddenFromOffice } from "../../domain/procedures/index.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Db, Tables, Tx } from "../tables.ts";

export type Page = { offset: number; limit: number };

function selectTickets(db: Db) {
  return db
    .selectFrom("ticket")
    .select([
      "id",
      "procedure",
      "item",
      "state",
      "holder",
      "assignee_id as assigneeId",
      "version",
      "requester_id as requesterId",
      "office_id as officeId",
      "subject",
      "answers",
      "occurred_at as occurredAt",
      "reported_at as reportedAt",
      "resolution",
      "ended_at as endedAt",
      "channel",
      "is_urgent as isUrgent",
      "pending_on as pendingOn",
      "pending_until as pendingUntil",
      "wakes_at as wakesAt",
      "due_at as dueAt",
    ]);
}

export function findTicket(db: Db, id: number): Promise<Ticket | undefined> {
  return selectTickets(db).where("id", "=", id).executeTakeFirst();
}

/** One change of a ticket at a time; rows that only refer to it need not wait. */
export function lockTicket(tx: Tx, id: number): Promise<Ticket | undefined> {
  return selectTickets(tx).where("id", "=", id).forNoKeyUpdate().executeTakeFirst();
}

/** Waits for a change that is under way, so that what is shown of the ticket after this is true. */
export function awaitTicket(tx: Tx, id: number): Promise<Ticket | undefined> {
  return selectTickets(tx).where("id", "=", id).forShare().executeTakeFirst();
}

export async function insertTicket(
  tx: Tx,
  ticket: Pick<
    Ticket,
    "procedure" | "item" | "state" | "requesterId" | "officeId" | "subject" | "answers" | "occurredAt" | "channel"
  > & {
    holder: Role;
    now: Date;
    /** for which a machine opens it */
    outageId?: number;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("ticket")
    .values({
      procedure: ticket.procedure,
      item: ticket.item,
      state: ticket.state,
      holder: ticket.holder,
      requester_id: ticket.requesterId,
      office_id: ticket.officeId,
      subject: ticket.subject,
      answers: JSON.stringify(ticket.answers),
      occurred_at: ticket.occurredAt,
      channel: ticket.channel,
      reported_at: ticket.now,
      changed_at: ticket.now,
      outage_id: ticket.outageId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Each change of state makes a new version; buttons made for an older one are refused. The clock is forgotten with the
 * state that it was set for, and set anew by `setClock`; what was put off goes on.
 */
export async function moveTicket(tx: Tx, id: number, changes: Updateable<Tables["ticket"]>): Promise<void> {
  await tx
    .updateTable("ticket")
    .set({ wakes_at: null, pending_on: null, pending_until: null, ...changes })
    .set((row) => ({ version: row("version", "+", 1) }))
    .where("id", "=", id)
    .execute();
}

/** Who works on it; the state stays, so buttons which are on the screen stay good. */
export async function assignTicket(tx: Tx, id: number, personId: number | null, now: Date): Promise<void> {
  await tx.updateTable("ticket").set({ assignee_id: personId, changed_at: now }).where("id", "=", id).execute();
}

/** Whatever stands on its card but state and assignee. */
export async function changeTicket(tx: Tx, id: number, changes: Updateable<Tables["ticket"]>): Promise<void> {
  await tx.updateTable("ticket").set(changes).where("id", "=", id).execute();
}

/** When the clock has to look at the ticket; one that has ended is never looked at. */
export async function setWakesAt(tx: Tx, id: number, wakesAt: Date | null): Promise<void> {
  await tx
    .updateTable("ticket")
    .set({ wakes_at: wakesAt })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}

/** Tickets whose time has come, oldest first. */
export async function listTicketsToWake(db: Db, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("ticket")
    .select("id")
    .where("wakes_at", "<=", now)
    .orderBy("wakes_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** What a person works on, locked one after the other, so that it can go back to the teams. */
export function lockAssigned(tx: Tx, personId: number): Promise<Ticket[]> {
  return selectTickets(tx).where("assignee_id", "=", personId).orderBy("id").forNoKeyUpdate().execute();
}

/** A ticket as a list shows it, with the names that belong to it. */
export type ListedTicket = Pick<
  Ticket,
  | "id"
  | "procedure"
  | "state"
  | "officeId"
  | "subject"
  | "reportedAt"
  | "assigneeId"
  | "endedAt"
  | "isUrgent"
  | "pendingOn"
> & { officeCode: string; requesterName: string; assigneeName: string | null };

/** One query for a whole page: a query for each line would be felt in an office with many tickets. */
export function selectListed(db: Db) {
  return db
    .selectFrom("ticket")
    .innerJoin("office", "office.id", "ticket.office_id")
    .innerJoin("person as requester", "requester.id", "ticket.requester_id")
    .leftJoin("person as assignee", "assignee.id", "ticket.assignee_id")
    .select([
      "ticket.id",
      "ticket.procedure",
      "ticket.state",
      "ticket.office_id as officeId",
      "ticket.subject",
      "ticket.reported_at as reportedAt",
      "ticket.assignee_id as assigneeId",
      "ticket.ended_at as endedAt",
      "ticket.is_urgent as isUrgent",
      "ticket.pending_on as pendingOn",
      "office.code as officeCode",
      "requester.name as requesterName",
      "assignee.name as assigneeName",
    ]);
}

/** A person's own, of the office where they are now: who is transferred leaves their tickets behind. */
function isRequestedBy(personId: number) {
  return sql<boolean>`ticket.requester_id = ${personId}
    and ticket.office_id = (select office_id from person where id = ${personId})`;
}

/** Newest first. */
export function listTicketsOfRequester(db: Db, personId: number, page: Page): Promise<ListedTicket[]> {
  return selectListed(db)
    .where(isRequestedBy(personId))
    .orderBy("ticket.id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** The tickets of an office: first those that are open, the newest first. */
export function listTicketsOfOffice(db: Db, officeId: number, page: Page): Promise<ListedTicket[]> {
  return selectListed(db)
    .where("ticket.office_id", "=", officeId)
    .where("ticket.procedure", "not in", hiddenFromOffice)
    .orderBy((row) => row("ticket.ended_at", "is not", null))
    .orderBy("ticket.id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** Those that have not ended, newest first. */
export function listOpenTicketsOfRequester(db: Db, personId: number, page: Page): Promise<Ticket[]> {
  return selectTickets(db)
    .where(isRequestedBy(personId))
    .where("ended_at", "is", null)
    .orderBy("id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** All that somebody has filed, locked one after the other in the order in which everybody locks them. */
export function lockTicketsOfRequester(tx: Tx, personId: number): Promise<Ticket[]> {
  return selectTickets(tx).where("requester_id", "=", personId).orderBy("id").forNoKeyUpdate().execute();
}

/** What waits for these teams, taken or not: what is urgent first, what was put off last, each oldest first. */
export function listQueue(db: Db, teams: readonly Role[], page: Page): Promise<ListedTicket[]> {
  if (teams.length === 0) return Promise.resolve([]);
  return selectListed(db)
    .where("ticket.holder", "in", teams)
    .orderBy("ticket.is_urgent", "desc")
    .orderBy((row) => row("ticket.pending_on", "is not", null))
    .orderBy("ticket.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** The tickets of one procedure in one state, with what they were filed with; oldest first. */
export function listInState(
  db: Db,
  { procedure, state }: Pick<Ticket, "procedure" | "state">,
  page: Page,
): Promise<(ListedTicket & Pick<Ticket, "answers">)[]> {
  return selectListed(db)
    .select("ticket.answers")
    .where("ticket.procedure", "=", procedure)
    .where("ticket.state", "=", state)
    .orderBy("ticket.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** These tickets, as a list shows them. */
export function listByIds(db: Db, ids: readonly number[], page: Page): Promise<ListedTicket[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return selectListed(db)
    .where("ticket.id", "in", ids)
    .orderBy("ticket.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** What a person works on, in the same order. */
export function listAssigned(db: Db, personId: number, page: Page): Promise<ListedTicket[]> {
  return selectListed(db)
    .where("ticket.assignee_id", "=", personId)
    .orderBy("ticket.is_urgent", "desc")
    .orderBy((row) => row("ticket.pending_on", "is not", null))
    .orderBy("ticket.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

export async function countOpenWork(
  db: Db,
  personId: number,
  teams: readonly Role[],
): Promise<{ queued: number; assigned: number }> {
  const counts = await db
    .selectFrom("ticket")
    .select((select) => [
      select.fn
        .countAll<number>()
        .filterWhere("holder", "in", teams.length > 0 ? teams : ["user"])
        .as("queued"),
      select.fn.countAll<number>().filterWhere("assignee_id", "=", personId).as("assigned"),
    ])
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  return { queued: teams.length > 0 ? counts.queued : 0, assigned: counts.assigned };
}
