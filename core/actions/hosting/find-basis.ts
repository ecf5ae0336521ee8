import type { Tx } from "../../db/tables.ts";
import { findTicket } from "../../db/ticket/tickets.ts";
import { readBasis } from "../../domain/ipam/grounds.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";

/** The ticket, which is there, or the letter because of which something is done. @param basis as it was typed */
export async function findBasis(
  tx: Tx,
  basis: string,
): Promise<Outcome<{ ticketId: number | null; letter: string | null }>> {
  const read = readBasis(basis);
  if (read.ticketId === null || (await findTicket(tx, read.ticketId)) !== undefined) return accept(read);
  return refuse("basis-ticket-unknown", { ticketId: read.ticketId, field: "basis" });
}
