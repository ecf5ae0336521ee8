import { findOpenQuestion } from "../db/questions.ts";
import type { Tx } from "../db/tables.ts";
import { findTicket, setWakesAt } from "../db/tickets.ts";
import { nextOfClock } from "../domain/ticket/clock-rules.ts";
import type { Setting } from "./setting.ts";

/** Notes when the clock has to look at the ticket next, after anything that changes what it waits for. @returns that moment */
export async function setClock(tx: Tx, ticketId: number, { rules }: Setting): Promise<Date | null> {
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return null;
  const next = nextOfClock(ticket, await findOpenQuestion(tx, ticket), rules);
  const wakesAt = next?.at ?? null;
  if (wakesAt?.getTime() !== ticket.wakesAt?.getTime()) await setWakesAt(tx, ticketId, wakesAt);
  return wakesAt;
}
