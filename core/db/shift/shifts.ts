import { sql, type Updateable } from "kysely";
import type { Person } from "../../domain/people/person.ts";
import type { Shift } from "../../domain/shift/shift-rules.ts";
import { worksAtDesk } from "../../domain/ticket/ticket.ts";
import { getPerson } from "../people/people.ts";
import type { Db, Tables, Tx } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";

function selectShifts(db: Db) {
  return db
    .selectFrom("shift")
    .select(["shift.id", "shift.person_id as personId", "shift.began_at as beganAt", "shift.ended_at as endedAt"])
    .select(["shift.note", "shift.offered_to as offeredTo", "shift.handed_to as handedTo"]);
}

/** Who is on duty now. Who has left the desk meanwhile is not: the desk's rights have ended with the role. */
export async function findPersonOnDuty(db: Db): Promise<Person | undefined> {
  return (await findPresentShift(db))?.person;
}

/** The present shift and its person; undefined where nobody is on duty. */
export async function findPresentShift(db: Db): Promise<(Shift & { person: Person }) | undefined> {
  const shift = await selectShifts(db).where("ended_at", "is", null).executeTakeFirst();
  if (shift === undefined) return undefined;
  const person = await getPerson(db, shift.personId);
  return worksAtDesk(person) ? { ...shift, person } : undefined;
}

/** One change of who is on duty at a time: whoever comes second sees what the first has done. */
export async function lockShifts(tx: Tx): Promise<void> {
  await sql`lock table shift in share row exclusive mode`.execute(tx);
}

export function findShift(db: Db, id: number): Promise<Shift | undefined> {
  return selectShifts(db).where("id", "=", id).executeTakeFirst();
}

export async function insertShift(tx: Tx, shift: { personId: number; now: Date }): Promise<number> {
  const { id } = await tx
    .insertInto("shift")
    .values({ person_id: shift.personId, began_at: shift.now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateShift(
  tx: Tx,
  id: number,
  changes: Pick<Updateable<Tables["shift"]>, "ended_at" | "note" | "offered_to" | "handed_to">,
): Promise<void> {
  await tx.updateTable("shift").set(changes).where("id", "=", id).execute();
}

/** Of somebody who has left the desk without ending it: it ends when the next one begins. */
export async function endAbandonedShift(tx: Tx, now: Date): Promise<number | undefined> {
  const ended = await tx
    .updateTable("shift")
    .set({ ended_at: now, offered_to: null })
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return ended?.id;
}

export type NotedShift = Shift & { note: string; personName: string; handedToName: string | null };

/** Shifts that left a note, the latest first. */
export function listNotedShifts(db: Db, page: Page): Promise<NotedShift[]> {
  return selectShifts(db)
    .innerJoin("person", "person.id", "shift.person_id")
    .leftJoin("person as successor", "successor.id", "shift.handed_to")
    .select(["person.name as personName", "successor.name as handedToName"])
    .where("shift.note", "is not", null)
    .where("shift.ended_at", "is not", null)
    .orderBy("shift.ended_at", "desc")
    .orderBy("shift.id", "desc")
    .offset(page.offset)
    .limit(page.limit)
    .$narrowType<{ note: string }>()
    .execute();
}
