import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";

/**
 * Whether updates and approvals stand still for the whole office. What cannot be read counts as set: the reference names
 * the line of the log.
 */
export type Freeze =
  /** `at`: since when; null: it was never set. */
  | { state: "lifted"; at: Date | null }
  | { state: "set"; at: Date; personId: number; personName: string; reason: string }
  | { state: "unreadable"; reference: string; fault: string };

/** While it is set, or cannot be read, nothing is approved. */
export function refusalWhileFrozen(freeze: Freeze): Refusal | undefined {
  if (freeze.state === "set") return refuse("approvals-frozen", { personId: freeze.personId }).refusal;
  if (freeze.state === "unreadable") return refuse("freeze-unreadable", { reference: freeze.reference }).refusal;
  return undefined;
}

/**
 * Set by leadership, or by who is on duty.
 *
 * source: office practice
 */
export function refusalOfFreezing(person: Person, isOnDuty: boolean, freeze: Freeze): Refusal | undefined {
  if (!hasRole(person, "leadership") && !isOnDuty) return refuse("not-on-duty-or-leadership").refusal;
  if (freeze.state === "unreadable") return refuse("freeze-unreadable", { reference: freeze.reference }).refusal;
  return freeze.state === "set" ? refuse("frozen-already", { personId: freeze.personId }).refusal : undefined;
}

/** Lifted by leadership alone. */
export function refusalOfLifting(person: Person, freeze: Freeze): Refusal | undefined {
  if (!hasRole(person, "leadership")) return refuse("not-your-role", { role: "leadership" }).refusal;
  if (freeze.state === "unreadable") return refuse("freeze-unreadable", { reference: freeze.reference }).refusal;
  return freeze.state === "lifted" ? refuse("not-frozen").refusal : undefined;
}
