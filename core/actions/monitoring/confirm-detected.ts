import type { Tx } from "../../db/tables.ts";
import { hasDone } from "../../db/ticket/done-steps.ts";
import { detected } from "../../domain/procedures/common-steps.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { doStepByMachine } from "../hosting/do-step-by-machine.ts";
import type { Setting } from "../setting.ts";

/**
 * IT support gets the ticket of an outage with its first question answered. Once: who reopens it, or says that it is still
 * bad, complains of something that people have to look at.
 *
 * @param ticket as a step has left it @returns as it is now
 */
export async function confirmDetected(tx: Tx, setting: Setting, ticket: Ticket): Promise<Ticket> {
  if (ticket.channel !== "monitor" || (await hasDone(tx, ticket.id, [detected]))) return ticket;
  // Refused where it has not come so far, or goes another way.
  const done = await doStepByMachine(tx, setting, { ticketId: ticket.id, step: detected });
  return done.ok ? done.value : ticket;
}
