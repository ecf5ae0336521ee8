import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";

const operators = ["data-center", "infrastructure"] as const;

/** Who has hosts compared, puts back what was changed by hand, and takes applications off the net. */
export function operatesHosting(person: Person): boolean {
  return operators.some((role) => hasRole(person, role));
}

export function refusalOfOperating(person: Person): Outcome {
  return operatesHosting(person) ? accept() : refuse("not-your-role", { role: "data-center" });
}
