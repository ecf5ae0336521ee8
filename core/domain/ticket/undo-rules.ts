import { hourInMilliseconds } from "../durations.ts";
import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import type { Role } from "../people/roles.ts";
import { findProcedure } from "../procedures/index.ts";
import { findStep, isMachineAtWork } from "../procedures/procedure.ts";
import { maySee, type PendingOn, type Ticket } from "./ticket.ts";

/** What a step found: the ticket and its open work order, as they are when it is taken back. Instants are ISO 8601. */
export type Before = {
  assigneeId: number | null;
  resolution: string | null;
  endedAt: string | null;
  pendingOn: PendingOn | null;
  pendingUntil: string | null;
  /** Absent in entries of before this was kept. */
  dueAt?: string | null;
  workOrder: { id: number; holder: Role } | null;
};

/** The last step that changed a ticket's state and still stands. */
export type LastStep = {
  entryId: number;
  step: string;
  /** In which it was done. */
  role: Role;
  /** null: the machine did it */
  personId: number | null;
  at: Date;
  fromState: string;
  before: Before;
  /** Somebody else has done something with the ticket since: taken, assigned or put it off, done a step that left its state. */
  hasGoneOn: boolean;
};

/**
 * Taking back a wrong press: by who did it, soon, and as long as nobody has built upon it. A decision on a request for
 * approval stands, and so does what was taken out of a register: it is given back there.
 *
 * @param last undefined where nothing has been done yet, or the last change was no step
 * source: office practice
 */
export function refusalOfTakingBack(
  ticket: Ticket,
  person: Person,
  last: LastStep | undefined,
  { now, undoWithinHours }: { now: Date; undoWithinHours: number },
): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (last === undefined) return refuse("nothing-to-take-back").refusal;
  const procedure = findProcedure(ticket.procedure);
  const { decides, takes, frees } = findStep(procedure, last.step) ?? {};
  if (decides !== undefined) return refuse("decision-stands").refusal;
  if (takes !== undefined) return refuse("taken-from-register").refusal;
  if (frees && procedure.states[last.fromState]?.isPlanned) return refuse("plan-given-up").refusal;
  if (isMachineAtWork(procedure, ticket.state)) return refuse("machine-at-work").refusal;
  if (last.personId !== person.id) return refuse("not-your-step", { personId: last.personId ?? 0 }).refusal;
  if (last.role !== "user" && !hasRole(person, last.role)) return refuse("not-your-role", { role: last.role }).refusal;
  if (last.hasGoneOn) return refuse("work-has-gone-on").refusal;
  const isTooLate = now.getTime() - last.at.getTime() > undoWithinHours * hourInMilliseconds;
  return isTooLate ? refuse("too-late-to-take-back", { hours: undoWithinHours }).refusal : undefined;
}
