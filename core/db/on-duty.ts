import { hasRole, type Person } from "../domain/people/person.ts";
import type { Db } from "./tables.ts";

/** Whether it is this person who is on duty for the desk. */
export async function isOnDuty(_db: Db, person: Person): Promise<boolean> {
  return hasRole(person, "help-desk");
}
