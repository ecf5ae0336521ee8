import { listRoster } from "../../db/shift/duty-roster.ts";
import { findPersonOnDuty } from "../../db/shift/shifts.ts";
import type { Db } from "../../db/tables.ts";
import type { Person } from "../../domain/people/person.ts";
import { onCall, rosterDayAt } from "../../domain/shift/roster.ts";
import type { Setting } from "../setting.ts";

/** Who of the desk hears of an outage now. @param reminders how many were sent of it, this one included */
export async function listOnCall(db: Db, { now, rules }: Setting, reminders = 0): Promise<Person[]> {
  const day = rosterDayAt(now, rules.zone);
  const onDuty = await findPersonOnDuty(db);
  return onCall(await listRoster(db, { from: day }), { day, onDuty, reminders });
}
