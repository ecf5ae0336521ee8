import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { asksOfHosted, type Procedure } from "../procedures/procedure.ts";
import type { Channel } from "./ticket.ts";

/** By which the help desk writes down what somebody else says. */
export type OtherChannel = Exclude<Channel, "chat" | "monitor">;

/** Whether somebody may ask for it at all, for themself or for others. */
export function refusalOfFiling(person: Person, { filedBy }: Pick<Procedure, "filedBy">): Refusal | undefined {
  if (filedBy === undefined || filedBy.some((role) => hasRole(person, role))) return undefined;
  return refuse("not-your-role", { role: filedBy[0] ?? "data-center" }).refusal;
}

/** By which ways somebody writes down what others ask for under that procedure; none: they may not. */
export function channelsToFileFor(person: Person, procedure: Procedure): OtherChannel[] {
  if (asksOfHosted(procedure)) return [];
  if (hasRole(person, "help-desk")) return ["phone", "letter", "counter"];
  // The secretariat receives the letters (L IV.1), also those on paper.
  const receives = procedure.states[procedure.initial]?.holder === "non-technical";
  return receives && hasRole(person, "non-technical") ? ["letter"] : [];
}
