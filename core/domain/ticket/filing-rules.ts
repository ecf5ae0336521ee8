import { hasRole, type Person } from "../people/person.ts";
import type { Procedure } from "../procedures/procedure.ts";
import type { Channel } from "./ticket.ts";

/** By which ways somebody writes down what others ask for under that procedure; none: they may not. */
export function channelsToFileFor(person: Person, procedure: Procedure): Exclude<Channel, "chat">[] {
  if (hasRole(person, "help-desk")) return ["phone", "letter", "counter"];
  // The secretariat receives the letters (L IV.1), also those on paper.
  const receives = procedure.states[procedure.initial]?.holder === "non-technical";
  return receives && hasRole(person, "non-technical") ? ["letter"] : [];
}
