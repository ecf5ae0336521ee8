import { findProcedure } from "../procedures/index.ts";
import { asksRequester } from "../procedures/procedure.ts";
import { nextOfSilence, type Question, type SilenceRules } from "./silence-rules.ts";
import type { Ticket } from "./ticket.ts";

/** What the clock does with a ticket by itself. */
export type ClockTask = { do: "remind" | "close-unanswered" | "resume"; at: Date };

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
): ClockTask | undefined {
  const tasks = [ofSilence(ticket, question, rules), ofWaiting(ticket)];
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

/** What a ticket waited for has not come in time: it goes on. */
function ofWaiting({ pendingUntil }: Pick<Ticket, "pendingUntil">): ClockTask | undefined {
  return pendingUntil === null ? undefined : { do: "resume", at: pendingUntil };
}
