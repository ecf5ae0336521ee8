import { writeJournal } from "../../db/journal/journal.ts";
import { lockPerson, updatePerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { changeTicket, findTicket, lockTicketsOfRequester } from "../../db/ticket/tickets.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { refusalOfIdentifying } from "../../domain/ticket/identify-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { findPresentApproval, refreshApproval } from "./approvals.ts";
import { refreshCards } from "./refresh-cards.ts";
import { setClock } from "./set-clock.ts";

/**
 * Whom the help desk had noted by name turns out to be somebody of the register: all that was noted for the name
 * becomes theirs, and the noted line ends. They see the tickets from then on, and are asked what is open.
 */
export async function identifyRequester(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; personId: number },
): Promise<Outcome> {
  const seen = await findTicket(tx, input.ticketId);
  if (seen === undefined) return refuse("no-such-ticket");
  // People before tickets, and each in the order of their ids, as everybody locks them.
  const people = new Map<number, Person | undefined>();
  for (const id of [seen.requesterId, input.personId].sort((one, other) => one - other)) {
    people.set(id, await lockPerson(tx, id));
  }
  const [noted, found] = [people.get(seen.requesterId), people.get(input.personId)];
  if (noted === undefined || found === undefined) return refuse("no-such-person");
  const tickets = await lockTicketsOfRequester(tx, noted.id);
  const ticket = tickets.find(({ id }) => id === input.ticketId);
  if (ticket === undefined) return refuse("requester-known-already"); // by somebody who was quicker
  const refusal = refusalOfIdentifying(ticket, person, noted, found);
  if (refusal !== undefined) return { ok: false, refusal };

  for (const each of tickets) await changeRequester(tx, each, { from: noted, to: found, by: person }, setting);
  await updatePerson(tx, noted.id, { is_active: false });
  return accept();
}

async function changeRequester(
  tx: Tx,
  ticket: Ticket,
  { from, to, by }: { from: Person; to: Person; by: Person },
  setting: Setting,
): Promise<void> {
  const { id: ticketId } = ticket;
  const entryId = await insertEntry(tx, {
    ticketId,
    kind: "requester-changed",
    personId: by.id,
    toPersonId: to.id,
    at: setting.now,
  });
  await changeTicket(tx, ticketId, { requester_id: to.id, changed_at: setting.now });
  await setClock(tx, ticketId, setting);
  await writeJournal(tx, {
    at: setting.now,
    actorId: by.id,
    event: "requester-identified",
    subject: { kind: "ticket", id: ticketId },
    details: { from: from.id, to: to.id, entryId },
  });
  await refreshCards(tx, ticketId, setting);
  const approval = await findPresentApproval(tx, ticket, setting);
  if (approval !== undefined) await refreshApproval(tx, ticketId, approval, setting);
  await tell(tx, [to.id], { kind: "ticket-card", ticketId, news: "noted-for-you" }, setting);
  const asked = ticket.holder === "user" ? await findArrival(tx, ticketId, ticket.state) : undefined;
  if (asked !== undefined) await tell(tx, [to.id], { kind: "step-told", ticketId, entryId: asked }, setting);
}
