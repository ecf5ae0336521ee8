import type { Tx } from "../../db/tables.ts";
import { findArrival, hasStepSince } from "../../db/ticket/done-steps.ts";
import { findEntry } from "../../db/ticket/entries.ts";
import { readFreeze } from "../../db/ticket/freeze.ts";
import { findOpenQuestion } from "../../db/ticket/questions.ts";
import { findTicket, setWakesAt } from "../../db/ticket/tickets.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { nextOfClock, type Waits } from "../../domain/ticket/clock-rules.ts";
import { runningTerm, type Term, termEnd } from "../../domain/ticket/term-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import type { Setting } from "../setting.ts";
import { findPresentApproval } from "./approvals.ts";

/** Notes when the clock has to look at the ticket next, after anything that changes what it waits for. @returns that moment */
export async function setClock(tx: Tx, ticketId: number, { now, rules }: Setting): Promise<Date | null> {
  const ticket = await findTicket(tx, ticketId);
  if (ticket === undefined) return null;
  const waits = await findWaits(tx, ticket, { now, rules });
  const next = nextOfClock(ticket, await findOpenQuestion(tx, ticket), rules, waits);
  const wakesAt = next?.at ?? null;
  if (wakesAt?.getTime() !== ticket.wakesAt?.getTime()) await setWakesAt(tx, ticketId, wakesAt);
  return wakesAt;
}

/** What a ticket waits for beside an answer of the requester: an approval, the end of what was granted. */
export async function findWaits(
  tx: Tx,
  ticket: Ticket,
  { now, rules }: Pick<Setting, "now" | "rules">,
): Promise<Waits> {
  const request = await findPresentApproval(tx, ticket, { rules });
  const approval = request && { request, freeze: await readFreeze(tx), now, rules };
  const term = await findTerm(tx, ticket, rules);
  return { ...(approval && { approval }), ...(term && { term }) };
}

async function findTerm(tx: Tx, ticket: Ticket, rules: Setting["rules"]): Promise<Term | undefined> {
  const procedure = findProcedure(ticket.procedure);
  const endsAt = termEnd(procedure, ticket.answers, rules.zone);
  if (procedure.term === undefined || endsAt === null || ticket.state !== procedure.term.state) return undefined;
  const entryId = await findArrival(tx, ticket.id, ticket.state);
  const granted = entryId === undefined ? undefined : await findEntry(tx, entryId);
  if (granted === undefined) return undefined;
  const isReminded = await hasStepSince(tx, ticket.id, procedure.term.reminds, granted.id);
  const { exceptionReminderDays: reminderDays, zone } = rules;
  return runningTerm(endsAt, granted.at, isReminded, { reminderDays, zone });
}
