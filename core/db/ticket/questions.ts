import { sql } from "kysely";
import type { Question } from "../../domain/ticket/silence-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Db } from "../tables.ts";
import { findArrival } from "./done-steps.ts";
import { findEntry } from "./entries.ts";

/** The question that a ticket waits for, with the entry of the step that asked it and what it said. */
export type OpenQuestion = Question & {
  entryId: number;
  askedBy: number | null;
  note: string | undefined;
  /** A reminder has come since it was asked, whatever the requester wrote meanwhile: the office's people may answer it. */
  isForColleagues: boolean;
};

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
  const reminders = (await listReminders(db, ticket.id)).filter(({ state }) => state === ticket.state);
  const counted = reminders.filter(({ id }) => id > since.id);
  return {
    entryId: asked.id,
    askedBy: asked.personId,
    note: asked.answers.note,
    askedAt: since.at,
    remindedAt: counted.at(-1)?.at ?? null,
    isForPhone: counted.some(({ reached }) => reached === "help-desk"),
    isForColleagues: reminders.length > 0,
  };
}

/** Whether the office's people may, or could, answer the latest question of a ticket, also when it is answered by now. */
export async function wasReminded(db: Db, ticketId: number): Promise<boolean> {
  return (await listReminders(db, ticketId)).length > 0;
}

/** The reminders of the latest question: the ticket has not come to that state anew since. */
function listReminders(db: Db, ticketId: number) {
  return db
    .selectFrom("entry as reminder")
    .select(["id", "at", "to_state as state", sql<Reached>`answers ->> 'reached'`.as("reached")])
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "reminded")
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
    .orderBy("id")
    .execute();
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
