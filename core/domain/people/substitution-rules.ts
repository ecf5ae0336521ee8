import { DateTime } from "luxon";
import { endOfDay } from "../form/coming-day.ts";
import type { Field } from "../form/field.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "./person.ts";
import type { Role } from "./roles.ts";

/** `plh`: pelaksana harian, the holder is away for days; `plt`: pelaksana tugas, the post is vacant or long unattended. */
const substitutionKinds = ["plh", "plt"] as const;
export type SubstitutionKind = (typeof substitutionKinds)[number];

/** Somebody acts in a role for its holder, from one instant to another, by a decree (R23). */
export type Substitution = {
  id: number;
  personId: number;
  forPersonId: number;
  role: Role;
  kind: SubstitutionKind;
  /** 00.00 of the first day, local time of the office. */
  startsAt: Date;
  /** 24.00 of the last day. */
  endsAt: Date;
  decree: string;
  setBy: number;
  setAt: Date;
  /** null: waits for a second administrator. */
  decision: "confirmed" | "rejected" | null;
  decidedBy: number | null;
  decidedAt: Date | null;
  /** When the rights were given. */
  startedAt: Date | null;
  /** When they were taken away, or that they never will be given. */
  endedAt: Date | null;
  endedBy: number | null;
};

/** The role that has substitutes: the others are held by several people each. */
export const substitutedRole = "leadership" satisfies Role;

/** What is asked beside the person: the first day and the last one, which may be the same. */
export const substitutionFields = [
  { name: "substitution-kind", kind: "choice", choices: substitutionKinds },
  { name: "from-day", kind: "coming-day" },
  { name: "until-day", kind: "coming-day", notBefore: "from-day" },
  { name: "decree", kind: "line", maxLength: 100 },
] as const satisfies readonly Field[];

/**
 * From 00.00 of the first day to 24.00 of the last one, local time of the office.
 *
 * @param days instants in those days, ISO 8601, the last not before the first
 */
export function windowOf(
  { from, until }: { from: string; until: string },
  zone: string,
): Pick<Substitution, "startsAt" | "endsAt"> {
  return { startsAt: DateTime.fromISO(from, { zone }).startOf("day").toJSDate(), endsAt: endOfDay(until, zone) };
}

/** Exactly: 00.00 of the first day is within it, 24.00 of the last one is not. */
export function isWithin({ startsAt, endsAt }: Pick<Substitution, "startsAt" | "endsAt">, now: Date): boolean {
  return startsAt <= now && now < endsAt;
}

/**
 * Whether this person may be made the substitute of that one, by `setter`: the holder for themself, or an administrator, whose
 * proposal waits for a second one. Never a substitute of a substitute, never an administrator, who approves nothing, nor who
 * has no NIP, as nobody leads without one.
 *
 * @param holds who of them holds the role in their own right
 * source: office practice
 */
export function refusalOfSubstituting(
  setter: Person,
  holder: Person,
  substitute: Person,
  holds: { holder: boolean; substitute: boolean },
): Refusal | undefined {
  const maySet = setter.id === holder.id ? hasRole(setter, substitutedRole) : hasRole(setter, "administrator");
  if (!maySet) return refuse("not-your-substitution").refusal;
  if (!holds.holder || !hasRole(holder, substitutedRole)) return refuse("no-substitute-of-substitute").refusal;
  if (!substitute.isActive) return refuse("person-inactive", { field: "substitute" }).refusal;
  if (substitute.roles.includes("administrator")) {
    return refuse("administrator-never-approves", { field: "substitute" }).refusal;
  }
  if (substitute.id === holder.id || holds.substitute) {
    return refuse("role-held-already", { field: "substitute" }).refusal;
  }
  return substitute.nip === null ? refuse("civil-servants-only", { field: "substitute" }).refusal : undefined;
}

/** The second administrator's word. Nobody decides on their own proposal, or on themself. */
export function refusalOfDecidingSubstitution(
  administrator: Person,
  substitution: Substitution,
  now: Date,
): Refusal | undefined {
  if (!hasRole(administrator, "administrator")) return refuse("not-administrator").refusal;
  if (substitution.decidedBy !== null) return refuse("decided-already", { decidedBy: substitution.decidedBy }).refusal;
  if (substitution.endedAt !== null) return refuse("substitution-over").refusal;
  if (substitution.setBy === administrator.id) return refuse("not-your-own-proposal").refusal;
  if (substitution.personId === administrator.id) return refuse("not-for-yourself").refusal;
  return substitution.endsAt <= now ? refuse("substitution-over").refusal : undefined;
}

/** Ending it before its day: by the holder, or by one administrator: that rights are taken away must not wait. */
export function refusalOfEndingSubstitution(person: Person, substitution: Substitution): Refusal | undefined {
  const isTheirs = substitution.forPersonId === person.id && hasRole(person, substitution.role);
  if (!isTheirs && !hasRole(person, "administrator")) return refuse("not-your-substitution").refusal;
  const isOver = substitution.endedAt !== null || substitution.decision === "rejected";
  return isOver ? refuse("substitution-over").refusal : undefined;
}
