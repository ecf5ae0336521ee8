import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { changeTicket, lockTicket } from "../../db/ticket/tickets.ts";
import { type Answers, parseAnswers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import { refusalOfUrgency } from "../../domain/ticket/urgency-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { readersOf } from "./readers-of-ticket.ts";
import { refreshCards } from "./refresh-cards.ts";

/** "Layanan publik berhenti", or no longer; always with what stands still, or why not. Who works on it is told. */
export async function changeUrgency(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; isUrgent: boolean; answers: Answers },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfUrgency(ticket, person, input.isUrgent);
  if (refusal !== undefined) return { ok: false, refusal };
  const parsed = parseAnswers([note], input.answers, { now: setting.now, zone: setting.rules.zone });
  if (!parsed.ok) return parsed;

  const answers = { urgency: input.isUrgent ? "urgent" : "normal", ...parsed.value };
  const by = { personId: person.id, at: setting.now };
  const entryId = await insertEntry(tx, { ticketId: ticket.id, kind: "urgency", answers, ...by });
  await changeTicket(tx, ticket.id, { is_urgent: input.isUrgent, changed_at: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: input.isUrgent ? "marked-urgent" : "unmarked-urgent",
    subject: { kind: "ticket", id: ticket.id },
    details: { entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  if (!input.isUrgent) return accept();
  const others = (await readersOf(tx, ticket)).filter((id) => id !== person.id);
  await tell(tx, others, { kind: "ticket-card", ticketId: ticket.id, news: "urgent" }, setting);
  return accept();
}
