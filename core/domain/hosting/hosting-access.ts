import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { deskRoles } from "../people/roles.ts";

const hosts = ["data-center", "infrastructure", "leadership"] as const;

/** Whose work it is, and who approves it: they may ask for a change of any office's application. */
export function hostsApplications(person: Person): boolean {
  return hosts.some((role) => hasRole(person, role));
}

/** Also everybody of the desk: any of them may be on duty when one has to be taken off the net. */
export function mayReadHosting(person: Person): boolean {
  return hostsApplications(person) || deskRoles.some((role) => hasRole(person, role));
}

/** Its page, with how it stands and what it was: for its office, too. */
export function mayReadApplication(person: Person, { officeId }: { officeId: number }): boolean {
  return person.officeId === officeId || mayReadHosting(person);
}

export function refusalOfReadingHosting(person: Person): Outcome {
  return mayReadHosting(person) ? accept() : refuse("not-your-role", { role: "data-center" });
}
