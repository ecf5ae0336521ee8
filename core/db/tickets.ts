import type { Updateable } from "kysely";
import type { Role } from "../domain/people/roles.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import type { Db, Tables, Tx } from "./tables.ts";

function selectTickets(db: Db) {
  return db
    .selectFrom("ticket")
    .select([
      "id",
      "procedure",
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
    "procedure" | "state" | "requesterId" | "officeId" | "subject" | "answers" | "occurredAt" | "channel"
  > & {
    holder: Role;
    now: Date;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto("ticket")
    .values({
      procedure: ticket.procedure,
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
    .set({ wakes_at: null, ...changes })
    .set((row) => ({ version: row("version", "+", 1), pending_on: null, pending_until: null }))
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

export type Page = { offset: number; limit: number };

/** Newest first. */
export function listTicketsOfRequester(db: Db, personId: number, page: Page): Promise<Ticket[]> {
  return selectTickets(db)
    .where("requester_id", "=", personId)
    .orderBy("id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** Tickets of a person that have not ended, newest first. */
export function listOpenTicketsOfRequester(db: Db, personId: number, limit: number): Promise<Ticket[]> {
  return selectTickets(db)
    .where("requester_id", "=", personId)
    .where("ended_at", "is", null)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** What waits for these teams, taken or not: what is urgent first, what was put off last, each oldest first. */
export function listQueue(db: Db, teams: readonly Role[], page: Page): Promise<Ticket[]> {
  if (teams.length === 0) return Promise.resolve([]);
  return selectTickets(db)
    .where("holder", "in", teams)
    .orderBy("is_urgent", "desc")
    .orderBy((row) => row("pending_on", "is not", null))
    .orderBy("id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** What a person works on, in the same order. */
export function listAssigned(db: Db, personId: number, page: Page): Promise<Ticket[]> {
  return selectTickets(db)
    .where("assignee_id", "=", personId)
    .orderBy("is_urgent", "desc")
    .orderBy((row) => row("pending_on", "is not", null))
    .orderBy("id")
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
