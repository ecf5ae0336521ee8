import { accept, type Outcome, refuse } from "../outcome.ts";
import { parseTicketNumber } from "./ticket.ts";

/** What somebody looks for among the tickets. */
export type Sought = {
  /** A number that was typed in full: this one ticket and no other. */
  ticketId?: number;
  /** Words, each of which the ticket has. */
  text: string;
};

export const longestSearch = 100;

/** `T-0042` or a work order's number `WO-0042-1` names one ticket; all else are words of at least two letters, or digits. */
export function parseSearch(entered: string): Outcome<Sought> {
  const text = entered.trim().replaceAll(/\s+/g, " ");
  const ticketId = parseTicketNumber(text) ?? parseWorkOrderNumber(text);
  if (ticketId !== undefined) return accept({ ticketId, text });
  if (text.length > longestSearch) return refuse("text-too-long", { length: text.length, maxLength: longestSearch });
  const hasWord = /[\p{L}\p{N}]{2}|\p{N}/u.test(text);
  return hasWord ? accept({ text }) : refuse("search-too-short");
}

/** The ticket of a work order's number. */
function parseWorkOrderNumber(text: string): number | undefined {
  const digits = /^wo[- ]?(\d{1,9})-\d{1,4}$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
