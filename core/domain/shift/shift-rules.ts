import { type Refusal, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { worksAtDesk } from "../ticket/ticket.ts";

/** The time in which one person of the desk is on duty. */
export type Shift = {
  id: number;
  personId: number;
  beganAt: Date;
  /** null: it is the present one */
  endedAt: Date | null;
  /** What is open and what to watch, for whoever comes next. */
  note: string | null;
  /** Who was asked to take over; the shift changes hands when they accept. */
  offeredTo: number | null;
  /** Who took over; null: it is not over, or nobody did. */
  handedTo: number | null;
};

/**
 * Any one of the desk may be on duty, one at a time.
 *
 * @param present the shift of who is on duty now
 * source: office practice, as all rules of shifts
 */
export function refusalOfBeginning(person: Person, present: Shift | undefined): Refusal | undefined {
  if (!worksAtDesk(person)) return refuse("not-at-desk").refusal;
  if (present === undefined) return undefined;
  return present.personId === person.id
    ? refuse("on-duty-already").refusal
    : refuse("somebody-on-duty", { personId: present.personId }).refusal;
}

/** @param to undefined asks whether the person may hand over at all */
export function refusalOfHandingOver(person: Person, present: Shift | undefined, to?: Person): Refusal | undefined {
  if (present?.personId !== person.id) return refuse("not-on-duty").refusal;
  if (to === undefined) return undefined;
  return to.id !== person.id && worksAtDesk(to) ? undefined : refuse("not-of-the-desk").refusal;
}

/** @param shift the one that the button was made for, which may be over, or be offered to somebody else by now */
export function refusalOfAccepting(person: Person, shift: Shift): Refusal | undefined {
  if (!worksAtDesk(person)) return refuse("not-at-desk").refusal;
  if (shift.handedTo === person.id) return refuse("on-duty-already").refusal;
  const isOffered = shift.endedAt === null && shift.offeredTo === person.id;
  return isOffered ? undefined : refuse("shift-not-offered").refusal;
}

/** One's own; leadership ends that of somebody who has gone home without a word. */
export function refusalOfEnding(person: Person, present: Shift | undefined): Refusal | undefined {
  if (present === undefined) return refuse("nobody-on-duty").refusal;
  const mayEnd = present.personId === person.id || hasRole(person, "leadership");
  return mayEnd ? undefined : refuse("not-on-duty").refusal;
}
