import type { Tx } from "../../db/tables.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Setting } from "../setting.ts";
import { beginMachineRun } from "./machine-progress.ts";

const taskOf = {
  "planning-application": "plan-application",
  "building-application": "build-application",
  "clearing-application": "clear-application",
} as const;

/** Leaves a task where a ticket has come to a state in which a machine works, and a message that follows it. */
export async function beginMachineWork(tx: Tx, setting: Setting, ticket: Ticket): Promise<void> {
  const task = Object.entries(taskOf).find(([state]) => state === ticket.state)?.[1];
  if (task === undefined) return;
  await setting.tasks.enqueue(tx, task, { ticketId: ticket.id });
  await beginMachineRun(tx, setting, ticket);
}
