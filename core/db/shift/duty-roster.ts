import { sql } from "kysely";
import type { RosterDay } from "../../domain/shift/roster.ts";
import { getPerson } from "../people/people.ts";
import type { Db, Tx } from "../tables.ts";

/**
 * By day, also of people who have left the desk.
 *
 * @param from 2026-11-30 @param before absent: all that follow
 */
export async function listRoster(
  db: Db,
  { from, before }: { from: string; before?: string | undefined },
): Promise<RosterDay[]> {
  const rows = await db
    .selectFrom("duty_roster")
    .select(["day", "person_id as personId"])
    .where("day", ">=", from)
    .$if(before !== undefined, (all) => all.where("day", "<", before ?? ""))
    .orderBy("day")
    .execute();
  const people = new Map<number, RosterDay["person"]>();
  const days: RosterDay[] = [];
  for (const { day, personId } of rows) {
    const person = people.get(personId) ?? (await getPerson(db, personId));
    people.set(personId, person);
    days.push({ day, person });
  }
  return days;
}

/** One change at a time: whoever comes second sees what the first has done. */
export async function lockRoster(tx: Tx): Promise<void> {
  await sql`lock table duty_roster in share row exclusive mode`.execute(tx);
}

/** In the place of whoever had the day; it is told anew. */
export async function setRosterDays(tx: Tx, days: readonly string[], personId: number): Promise<void> {
  await tx
    .insertInto("duty_roster")
    .values(days.map((day) => ({ day, person_id: personId })))
    .onConflict((conflict) => conflict.column("day").doUpdateSet({ person_id: personId, told_at: null }))
    .execute();
}

export async function deleteRosterDay(tx: Tx, day: string): Promise<void> {
  await tx.deleteFrom("duty_roster").where("day", "=", day).execute();
}

/** @returns false where it was told before */
export async function markDayTold(tx: Tx, day: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable("duty_roster")
    .set({ told_at: now })
    .where("day", "=", day)
    .where("told_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
