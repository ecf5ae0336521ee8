import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { assignTicket, lockTicket } from "../../db/ticket/tickets.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { refusalOfTaking } from "../../domain/ticket/step-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "./refresh-cards.ts";

/**
 * "Saya kerjakan": the person works on the ticket from now on. A colleague from whom it is taken is told.
 *
 * @param input.fromPersonId who had it when the button was made, null for nobody; another one is refused, so that of
 *   two who press at once one gets it
 */
export async function takeTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; fromPersonId: number | null },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfTaking(ticket, person);
  if (refusal !== undefined) return { ok: false, refusal };
  if (ticket.assigneeId !== input.fromPersonId) {
    return ticket.assigneeId === null
      ? refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state })
      : refuse("taken-by-colleague", { assigneeId: ticket.assigneeId });
  }

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "taken",
    personId: person.id,
    at: setting.now,
    ...(ticket.holder === null ? {} : { role: ticket.holder }),
  });
  await assignTicket(tx, ticket.id, person.id, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-taken",
    subject: { kind: "ticket", id: ticket.id },
    details: { from: ticket.assigneeId, entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  if (ticket.assigneeId !== null) {
    await tell(tx, [ticket.assigneeId], { kind: "taken-over", ticketId: ticket.id, byPersonId: person.id }, setting);
  }
  return accept();
}
