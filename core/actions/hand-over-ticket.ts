import { insertEntry } from "../db/entries.ts";
import { writeJournal } from "../db/journal.ts";
import { findPerson } from "../db/people.ts";
import type { Tx } from "../db/tables.ts";
import { assignTicket, lockTicket } from "../db/tickets.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { refusalOfHandingOver } from "../domain/ticket/step-rules.ts";
import { refreshCards, tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

/** "Alihkan ke rekan": a colleague of the same team works on it from now on, and gets the card. */
export async function handOverTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; toPersonId: number },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  const to = await findPerson(tx, input.toPersonId);
  if (ticket === undefined || to === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfHandingOver(ticket, person, to);
  if (refusal !== undefined) return { ok: false, refusal };

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "handed-over",
    personId: person.id,
    toPersonId: to.id,
    at: setting.now,
    ...(ticket.holder === null ? {} : { role: ticket.holder }),
  });
  await assignTicket(tx, ticket.id, to.id, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-handed-over",
    subject: { kind: "ticket", id: ticket.id },
    details: { to: to.id, entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  await tell(tx, [to.id], { kind: "ticket-card", ticketId: ticket.id, news: "handed-over" }, setting);
  return accept();
}
