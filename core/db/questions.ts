import { sql } from "kysely";
import type { Question } from "../domain/ticket/silence-rules.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import { findArrival, findEntry } from "./entries.ts";
import type { Db } from "./tables.ts";

/** The question that a ticket waits for, with the entry of the step that asked it and what it said. */
export type OpenQuestion = Question & { entryId: number; askedBy: number | null; note: string | undefined };

/** Whom a reminder reached; stored as the entry's answer `reached`. */
export type Reached = "requester" | "help-desk";

/**
 * Counted from when the ticket came to its present state, also where a step was taken back; anew from what the requester's
 * side wrote meanwhile, and from when the requester became known.
 */
export async function findOpenQuestion(
  db: Db,
  ticket: Pick<Ticket, "id" | "state" | "holder">,
): Promise<OpenQuestion | undefined> {
  if (ticket.holder !== "user") return undefined;
  const entryId = await findArrival(db, ticket.id, ticket.state);
  const asked = entryId === undefined ? undefined : await findEntry(db, entryId);
  const since = await findLastHeard(db, ticket);
  if (asked === undefined || since === undefined) return undefined;
  const reminders = await db
    .selectFrom("entry")
    .select(["at", sql<Reached>`answers ->> 'reached'`.as("reached")])
    .where("ticket_id", "=", ticket.id)
    .where("kind", "=", "reminded")
    .where("id", ">", since.id)
    .orderBy("id")
    .execute();
  return {
    entryId: asked.id,
    askedBy: asked.personId,
    note: asked.answers.note,
    askedAt: since.at,
    remindedAt: reminders.at(-1)?.at ?? null,
    isForPhone: reminders.some(({ reached }) => reached === "help-desk"),
  };
}

/** Whether a reminder of the ticket's latest question has come; from then on the office's people may answer it. */
export async function isReminded(db: Db, ticketId: number): Promise<boolean> {
  const reminder = await db
    .selectFrom("entry as reminder")
    .select("reminder.id")
    .where("reminder.ticket_id", "=", ticketId)
    .where("reminder.kind", "=", "reminded")
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom("entry as asked")
            .select("asked.id")
            .where("asked.ticket_id", "=", ticketId)
            .whereRef("asked.id", ">", "reminder.id")
            .whereRef("asked.to_state", "=", "reminder.to_state")
            .whereRef("asked.from_state", "is distinct from", "asked.to_state"),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return reminder !== undefined;
}

function findLastHeard(db: Db, ticket: Pick<Ticket, "id" | "state">): Promise<{ id: number; at: Date } | undefined> {
  return db
    .selectFrom("entry")
    .select(["id", "at"])
    .where("ticket_id", "=", ticket.id)
    .where((where) =>
      where.or([
        where.and([
          where("to_state", "=", ticket.state),
          where("from_state", "is distinct from", where.ref("to_state")),
        ]),
        where("kind", "in", ["comment", "requester-changed"]),
      ]),
    )
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}
