import { findProcedure } from "../procedures/index.ts";
import { asksApproval, asksRequester } from "../procedures/procedure.ts";
import { type ApprovalRules, nextOfApproval } from "./approval-clock.ts";
import type { Approval } from "./approval-rules.ts";
import type { Freeze } from "./freeze-rules.ts";
import { nextOfSilence, type Question, type SilenceRules } from "./silence-rules.ts";
import { nextOfTerm, type Term } from "./term-rules.ts";
import type { Ticket } from "./ticket.ts";

/** What the clock does with a ticket by itself. */
export type ClockTask = {
  do:
    | "remind"
    | "close-unanswered"
    | "resume"
    | "remind-approvers"
    | "lapse"
    /** Nothing but to see whether it still has to wait. */
    | "look-again"
    | "remind-of-end"
    | "end-term";
  at: Date;
};

/** What a ticket waits for beside an answer of the requester. */
export type Waits = {
  /** Its request for approval, in whichever state; with the freeze, which stops its clock. */
  approval?: { request: Approval; freeze: Freeze; now: Date; rules: ApprovalRules };
  /** Of what was granted for a time. */
  term?: Term;
};

/**
 * What the clock has to do next with a ticket, and when: the one place that knows every reason to wake it. Each reason
 * gives a task or none, and the earliest is the next one.
 *
 * @param question that waits for an answer, if the ticket does
 */
export function nextOfClock(
  ticket: Pick<Ticket, "procedure" | "state" | "pendingUntil">,
  question: Question | undefined,
  rules: SilenceRules,
  { approval, term }: Waits = {},
): ClockTask | undefined {
  const tasks: (ClockTask | undefined)[] = [
    ofSilence(ticket, question, rules),
    ofWaiting(ticket),
    ofApproval(ticket, approval),
    term && nextOfTerm(term),
  ];
  return tasks
    .filter((task) => task !== undefined)
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .at(0);
}

function ofSilence(
  { procedure, state }: Pick<Ticket, "procedure" | "state">,
  question: Question | undefined,
  rules: SilenceRules,
): ClockTask | undefined {
  if (question === undefined || !asksRequester(findProcedure(procedure), state)) return undefined;
  return nextOfSilence(question, rules);
}

function ofApproval(
  { procedure, state }: Pick<Ticket, "procedure" | "state">,
  approval: Waits["approval"],
): ClockTask | undefined {
  if (approval?.request.state !== state || !asksApproval(findProcedure(procedure), state)) return undefined;
  return nextOfApproval(approval.request, approval.freeze, approval.rules, approval.now);
}

/** What a ticket waited for has not come in time: it goes on. */
function ofWaiting({ pendingUntil }: Pick<Ticket, "pendingUntil">): ClockTask | undefined {
  return pendingUntil === null ? undefined : { do: "resume", at: pendingUntil };
}
