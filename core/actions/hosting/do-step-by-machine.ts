import type { Tx } from "../../db/tables.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Outcome } from "../../domain/outcome.ts";
import { refuse } from "../../domain/outcome.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { decideStepByClock } from "../../domain/ticket/step-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Setting } from "../setting.ts";
import { storeStep } from "../ticket/store-step.ts";

/** A step that a machine's work has come to. Refused where the ticket has gone on without it, such as when it was cancelled. */
export async function doStepByMachine(
  tx: Tx,
  setting: Setting,
  { ticketId, step, answers = {} }: { ticketId: number; step: string; answers?: Answers },
): Promise<Outcome<Ticket>> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const context = { now: setting.now, zone: setting.rules.zone };
  const decided = decideStepByClock(findProcedure(ticket.procedure), step, ticket, answers, context);
  if (!decided.ok) return decided;
  return { ok: true, value: await storeStep(tx, setting, ticket, decided.value, { person: null }) };
}
