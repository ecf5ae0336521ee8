import type { Person } from "../../domain/people/person.ts";
import type { Db } from "../tables.ts";
import { findPersonOnDuty } from "./shifts.ts";

/** Whether it is this person who is on duty for the desk. */
export async function isOnDuty(db: Db, person: Person): Promise<boolean> {
  return (await findPersonOnDuty(db))?.id === person.id;
}
