import { insertEntry } from "../db/entries.ts";
import { writeJournal } from "../db/journal.ts";
import { findPerson, lockPerson, updatePerson } from "../db/people.ts";
import type { Tx } from "../db/tables.ts";
import { changeTicket, listTicketsOfRequester, lockTicket } from "../db/tickets.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { refusalOfIdentifying } from "../domain/ticket/identify-rules.ts";
import { refreshCards, tell } from "./notices.ts";
import type { Setting } from "./setting.ts";

const all = { offset: 0, limit: 10_000 };

/**
 * Whom the help desk had noted by name turns out to be somebody of the register: all that was noted for the name
 * becomes theirs, and the noted line ends. They see the tickets from then on.
 */
export async function identifyRequester(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; personId: number },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const noted = await lockPerson(tx, ticket.requesterId);
  const found = await findPerson(tx, input.personId);
  if (noted === undefined || found === undefined) return refuse("no-such-person");
  const refusal = refusalOfIdentifying(ticket, person, noted, found);
  if (refusal !== undefined) return { ok: false, refusal };

  for (const { id: ticketId } of await listTicketsOfRequester(tx, noted.id, all)) {
    await lockTicket(tx, ticketId);
    const entryId = await insertEntry(tx, {
      ...{ ticketId, kind: "requester-changed", personId: person.id, toPersonId: found.id, at: setting.now },
    });
    await changeTicket(tx, ticketId, { requester_id: found.id, changed_at: setting.now });
    await writeJournal(tx, {
      at: setting.now,
      actorId: person.id,
      event: "requester-identified",
      subject: { kind: "ticket", id: ticketId },
      details: { from: noted.id, to: found.id, entryId },
    });
    await refreshCards(tx, ticketId, setting);
    await tell(tx, [found.id], { kind: "ticket-card", ticketId, news: "noted-for-you" }, setting);
  }
  await updatePerson(tx, noted.id, { is_active: false });
  return accept();
}
