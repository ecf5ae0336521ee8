import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";

const readers = ["data-center", "infrastructure", "leadership"] as const;

/** Whose work it is, and who approves it. */
export function mayReadHosting(person: Person): boolean {
  return readers.some((role) => hasRole(person, role));
}

export function refusalOfReadingHosting(person: Person): Outcome {
  return mayReadHosting(person) ? accept() : refuse("not-your-role", { role: "data-center" });
}
