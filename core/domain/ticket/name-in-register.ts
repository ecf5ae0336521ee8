import { shorten } from "../form/text.ts";
import { findProcedure } from "../procedures/index.ts";
import { subjectFor } from "../procedures/procedure.ts";
import { type Ticket, ticketNumber } from "./ticket.ts";

const longestName = 80;

/** How the thing that a ticket asks for is called in a register: "T-0042 SIMPEG". Begins with the number, so that no spreadsheet runs it. */
export function nameInRegister(ticket: Pick<Ticket, "id" | "procedure" | "answers">): string {
  return shorten(
    `${ticketNumber(ticket.id)} ${subjectFor(findProcedure(ticket.procedure), ticket.answers)}`,
    longestName,
  );
}
