import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { worksAtDesk } from "../ticket/ticket.ts";
import type { Target } from "./target.ts";

/** Infrastructure looks after the network (L IV.4), the data center after what runs there; administrators help out. */
export function mayManageTargets(person: Person): boolean {
  return (["infrastructure", "data-center", "administrator"] as const).some((role) => hasRole(person, role));
}

export function refusalOfManagingTargets(person: Person): Outcome {
  return mayManageTargets(person) ? accept() : refuse("not-your-role", { role: "infrastructure" });
}

export function seesAllTargets(person: Person): boolean {
  return worksAtDesk(person) || hasRole(person, "administrator");
}

/** People see what is their office's, and what is everybody's; the desk sees all. */
export function maySeeTarget(person: Person, { officeId }: Pick<Target, "officeId">): boolean {
  return officeId === null || officeId === person.officeId || seesAllTargets(person);
}
