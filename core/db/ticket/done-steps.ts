import { sql } from "kysely";
import type { Role } from "../../domain/people/roles.ts";
import type { LastStep } from "../../domain/ticket/undo-rules.ts";
import type { Db } from "../tables.ts";
import { type Entry, selectEntries, stands } from "./entries.ts";

/** Whether one of these steps was done and stands. */
export async function hasDone(db: Db, ticketId: number, steps: readonly string[]): Promise<boolean> {
  if (steps.length === 0) return false;
  const done = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("step", "in", steps)
    .where(stands)
    .limit(1)
    .executeTakeFirst();
  return done !== undefined;
}

/** Who last worked on the ticket in that role, or to whom it was handed over. */
export async function findLastWorker(db: Db, ticketId: number, role: Role): Promise<number | undefined> {
  const row = await db
    .selectFrom("entry")
    // A step is done by its person; whom it names works in another role.
    .select(
      sql<number>`case when kind = 'step' then person_id else coalesce(to_person_id, person_id) end`.as("worker_id"),
    )
    .where("ticket_id", "=", ticketId)
    .where("role", "=", role)
    .where("kind", "in", ["step", "taken", "handed-over", "assigned"])
    .where("person_id", "is not", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.worker_id ?? undefined;
}

/** The last note that a step left, in the person's own words. */
export async function findLastNote(
  db: Db,
  ticketId: number,
  { except }: { except: readonly string[] },
): Promise<string | undefined> {
  const row = await db
    .selectFrom("entry")
    .select(sql<string>`answers ->> 'note'`.as("note"))
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .where("step", "not in", except)
    .where(sql<boolean>`answers ? 'note'`)
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.note;
}

/** The step that brought the ticket to that state; where the requester is asked, the step that asked. */
export async function findArrival(db: Db, ticketId: number, state: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "step")
    .where("to_state", "=", state)
    .whereRef("from_state", "is distinct from", "to_state")
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Whether that step was done after that entry. */
export async function hasStepSince(db: Db, ticketId: number, step: string, entryId: number): Promise<boolean> {
  const row = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("step", "=", step)
    .where("id", ">", entryId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The step that ended the wait for an answer to that question: of the requester or for them, or of the clock. */
export function findAnswer(
  db: Db,
  { id, ticketId, toState }: Pick<Entry, "id" | "ticketId" | "toState">,
): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.id", ">", id)
    .where("entry.kind", "=", "step")
    .where(stands)
    .where("entry.from_state", "=", toState)
    .whereRef("entry.to_state", "is distinct from", "entry.from_state")
    .orderBy("entry.id")
    .limit(1)
    .executeTakeFirst();
}

/** The last step that left something to read, check lists aside. */
export function findLastNotedStep(db: Db, ticketId: number): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", "step")
    .where(sql<boolean>`entry.answers <> '{}'`)
    .where(stands)
    .whereRef("entry.from_state", "is distinct from", "entry.to_state")
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The newest entry of one of these steps since the ticket was moved to its procedure. */
export function findLastOfSteps(db: Db, ticketId: number, steps: readonly string[]): Promise<Entry | undefined> {
  return selectEntries(db)
    .where("entry.ticket_id", "=", ticketId)
    .where("entry.kind", "=", "step")
    .where("entry.step", "in", steps)
    .where(stands)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("entry as moved")
            .select("moved.id")
            .where("moved.ticket_id", "=", ticketId)
            .where("moved.kind", "=", "reclassified")
            .whereRef("moved.id", ">", "entry.id"),
        ),
      ),
    )
    .orderBy("entry.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Whether a step was taken back, and when. */
export async function findTakenBack(db: Db, entryId: number): Promise<Entry | undefined> {
  return selectEntries(db).where("entry.takes_back", "=", entryId).executeTakeFirst();
}

/** What last changed the ticket's state and stands; undefined where that was no step, or one of before this was kept. */
export async function findLastStep(db: Db, ticketId: number): Promise<LastStep | undefined> {
  const row = await db
    .selectFrom("entry")
    .select(["id", "step", "role", "person_id", "at", "from_state", "before"])
    .where("ticket_id", "=", ticketId)
    .where("to_state", "is not", null)
    // A ticket that was moved to another procedure may stand in a state of the same name.
    .where((where) =>
      where.or([where("from_state", "is distinct from", where.ref("to_state")), where("kind", "=", "reclassified")]),
    )
    .where(stands)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row?.step == null || row.role === null || row.from_state === null || row.before === null) return undefined;
  const gone = await db
    .selectFrom("entry")
    .select("id")
    .where("ticket_id", "=", ticketId)
    .where("id", ">", row.id)
    .where("kind", "in", ["step", "taken", "assigned", "handed-over", "pending", "resumed"])
    .where("person_id", "is distinct from", row.person_id)
    .where(stands)
    .limit(1)
    .executeTakeFirst();
  return {
    entryId: row.id,
    step: row.step,
    role: row.role,
    personId: row.person_id,
    at: row.at,
    fromState: row.from_state,
    before: row.before,
    hasGoneOn: gone !== undefined,
  };
}
