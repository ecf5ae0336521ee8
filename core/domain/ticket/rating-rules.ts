import { dayInMilliseconds } from "../durations.ts";
import { type Refusal, refuse } from "../outcome.ts";
import type { Person } from "../people/person.ts";
import { findProcedure } from "../procedures/index.ts";
import { maySee, speaksForRequester, type Ticket } from "./ticket.ts";

/** How well the requester was served. Source: office practice (survey of satisfaction, 1 to 5). */
export const ratings = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof ratings)[number];

/** With so few stars somebody of the help desk should call back. */
const fewStars = 2;

export function isLow(stars: number): boolean {
  return stars <= fewStars;
}

/**
 * Rating how a ticket was closed, and changing that: by the requester in person, as long as it could be reopened. The
 * system officer of the office stands in for the requester elsewhere, but was not served; nor was anybody by what the desk
 * asks of itself.
 *
 * @param closing.isLatest the ticket is closed by that step, and has not been reopened since
 * source: office practice
 */
export function refusalOfRating(
  ticket: Ticket,
  person: Person,
  closing: { isLatest: boolean },
  { now, reopenWithinDays }: { now: Date; reopenWithinDays: number },
): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (person.id !== ticket.requesterId || !speaksForRequester(person, ticket)) {
    return refuse("not-the-requester").refusal;
  }
  if (!closing.isLatest || ticket.state !== "closed" || ticket.endedAt === null) {
    return refuse("closing-passed").refusal;
  }
  if (findProcedure(ticket.procedure).filedBy !== undefined) return refuse("work-of-the-desk").refusal;
  const isTooLate = now.getTime() - ticket.endedAt.getTime() > reopenWithinDays * dayInMilliseconds;
  return isTooLate ? refuse("too-late-to-rate", { days: reopenWithinDays }).refusal : undefined;
}
