import { mayRun } from "../form/csv.ts";
import type { Answers, Field } from "../form/field.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { parseTicketNumber } from "../ticket/ticket.ts";
import type { Grounds } from "./address-range.ts";

/** What an address is for, and the ticket or the letter because of which it is given. */
export const groundsFields = [
  { name: "name", kind: "line", maxLength: 80 },
  { name: "basis", kind: "line", maxLength: 80 },
] as const satisfies Field[];

export const rangeName = { name: "name", kind: "line", maxLength: 80 } as const satisfies Field;

/** A range that nobody is given an address of, and for what. */
export const keptRangeFields = [{ name: "range", kind: "address-range" }, rangeName] as const satisfies Field[];

/** Until when an address is reserved: the whole of that day. */
export const reservedUntil = { name: "until", kind: "coming-day" } as const satisfies Field;

/** A ticket's number, or else the number of a letter. */
export function readBasis(text: string): { ticketId: number; letter: null } | { ticketId: null; letter: string } {
  const ticketId = parseTicketNumber(text);
  return ticketId === undefined ? { ticketId: null, letter: text } : { ticketId, letter: null };
}

/** All of it goes into spreadsheets, which would run it. @param answers by the names of their fields */
export function refusalOfFormulas(answers: Answers): Outcome {
  const [field] = Object.entries(answers).find(([, text]) => mayRun(text)) ?? [];
  return field === undefined ? accept() : refuse("text-like-formula", { field });
}

/** Nothing would be corrected. @param present null: of a quarantine */
export function isSameGrounds(present: Grounds | null, entered: Grounds): boolean {
  const { name, officeId, ticketId, letter } = entered;
  return (
    present?.name === name &&
    present.officeId === officeId &&
    present.ticketId === ticketId &&
    present.letter === letter
  );
}
