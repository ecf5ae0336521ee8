import { endRun, insertRun, lockOpenRun, putPart } from "../../db/hosting/machine-runs.ts";
import type { Tx } from "../../db/tables.ts";
import type { MachinePart } from "../../domain/hosting/machine-parts.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { editSent, tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { workersOf } from "../ticket/readers-of-ticket.ts";

/** A machine gets a ticket: one message says so, in its topic or to who holds it, and is edited from now on. */
export async function beginMachineRun(tx: Tx, setting: Setting, ticket: Ticket): Promise<void> {
  const { id: ticketId, state: doing } = ticket;
  const runId = await insertRun(tx, { ticketId, doing, now: setting.now });
  await tell(tx, await workersOf(tx, ticket), { kind: "machine-progress", ticketId, runId }, setting);
}

/**
 * A part begins, or is done. A worker that comes after a crash goes on in the same message; one that comes after the end of all of
 * it says nothing.
 */
export async function noteMachinePart(
  tx: Tx,
  setting: Setting,
  { ticketId, part, isDone }: { ticketId: number; part: MachinePart; isDone: boolean },
): Promise<void> {
  const runId = await lockOpenRun(tx, ticketId);
  if (runId === undefined) return;
  await putPart(tx, runId, { part, isDone, now: setting.now });
  await refresh(tx, setting, { ticketId, runId });
}

/** The ticket goes on by that step. */
export async function endMachineRun(
  tx: Tx,
  setting: Setting,
  { ticketId, step }: { ticketId: number; step: string },
): Promise<void> {
  const runId = await lockOpenRun(tx, ticketId);
  if (runId === undefined) return;
  await endRun(tx, runId, { endedBy: step, now: setting.now });
  await refresh(tx, setting, { ticketId, runId });
}

function refresh(tx: Tx, setting: Setting, which: { ticketId: number; runId: number }): Promise<void> {
  const notice = { kind: "machine-progress", ...which } as const;
  return editSent(tx, notice, notice, setting);
}
