import { dayInMilliseconds } from "../durations.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "./person.ts";
import type { Role } from "./roles.ts";

/** The questions, in their order; then the registration waits for somebody of the office, and ends. */
export type RegistrationState =
  | "asking-nip"
  | "asking-name"
  | "reviewing"
  | "waiting"
  | "approved"
  | "rejected"
  /** The NIP is that of somebody whose rights only an administrator's code may give away. */
  | "needs-code"
  | "withdrawn"
  | "expired";

export const openStates = ["asking-nip", "asking-name", "reviewing", "waiting"] as const satisfies RegistrationState[];

/** Somebody who opened the poster of an office and asks to be linked. */
export type Registration = {
  id: number;
  /** Also the id of the private chat. */
  telegramUserId: number;
  /** As the account gives it; anybody can call themselves so. */
  telegramName: string;
  telegramUsername: string | null;
  officeId: number;
  state: RegistrationState;
  nip: string | null;
  name: string | null;
  sentAt: Date | null;
  decidedBy: number | null;
  decidedAt: Date | null;
  reason: string | null;
};

/** Rights that an account may get by an officer's word; whoever holds more is linked by an administrator's code. */
const rolesByApproval: readonly Role[] = ["user", "system-officer"];

export type Found = { person: Person; isLinked: boolean };

/**
 * Who decides on the registrations of that office, and sees them: its system officer, or an administrator, who is asked
 * where an office has no officer.
 *
 * source: L 9 (the officer); office practice (the administrator)
 */
export function decidesOn(person: Person, { officeId }: Pick<Registration, "officeId">): boolean {
  const isOfficer = person.officeId === officeId && hasRole(person, "system-officer");
  return isOfficer || hasRole(person, "administrator");
}

/** Whether this person may decide on this registration now. Nobody decides on their own. Source: office practice. */
export function refusalOfDeciding(
  decider: Person,
  registration: Registration,
  { now, registrationDays }: { now: Date; registrationDays: number },
): Outcome {
  if (!decidesOn(decider, registration)) return refuse("not-officer-of-office");
  if (registration.state !== "waiting") return refuse("registration-decided", { registrationId: registration.id });
  if (hasExpired(registration, { now, registrationDays })) return refuse("registration-expired");
  if (decider.nip !== null && decider.nip === registration.nip) return refuse("not-your-own-registration");
  return accept();
}

/**
 * What an approval leads to.
 *
 * @param found who has the NIP of the registration
 * @returns `needs-code` where an officer's word would give away rights of the desk
 */
export function decideApproval(
  registration: Pick<Registration, "officeId">,
  found: Found | undefined,
): Outcome<"new-person" | "link" | "needs-code"> {
  if (found === undefined) return accept("new-person");
  const { person, isLinked } = found;
  if (person.officeId !== registration.officeId) return refuse("registrant-of-another-office");
  if (!person.isActive) return refuse("registrant-left", { name: person.name });
  if (isLinked) return refuse("registrant-linked-already", { name: person.name });
  const isOrdinary = person.roles.every((role) => rolesByApproval.includes(role));
  return accept(isOrdinary ? "link" : "needs-code");
}

function hasExpired(
  { sentAt }: Pick<Registration, "sentAt">,
  { now, registrationDays }: { now: Date; registrationDays: number },
): boolean {
  return sentAt !== null && now.getTime() - sentAt.getTime() >= registrationDays * dayInMilliseconds;
}
