import type { Tx } from "../db/tables.ts";
import type { Ticket } from "../domain/ticket/ticket.ts";
import type { Setting } from "./setting.ts";

/** Leaves a task where a ticket has come to a state in which a machine works. */
export async function beginMachineWork(
  tx: Tx,
  { tasks }: Setting,
  { id: ticketId, state }: Pick<Ticket, "id" | "state">,
): Promise<void> {
  if (state === "planning-application") await tasks.enqueue(tx, "plan-application", { ticketId });
  if (state === "building-application") await tasks.enqueue(tx, "build-application", { ticketId });
}
