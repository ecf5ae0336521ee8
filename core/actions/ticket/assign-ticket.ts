import { writeJournal } from "../../db/journal/journal.ts";
import { lockPerson } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { lockTicket, assignTicket as storeAssignee } from "../../db/ticket/tickets.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import { refusalOfAssigning } from "../../domain/ticket/assign-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "./refresh-cards.ts";

/**
 * Gives the work to somebody of the team by name: "Alihkan ke rekan" by who has it, "Tugaskan" by others. Who gets it
 * gets the card, who had it is told. From somebody it goes with a reason only.
 *
 * @param input.fromPersonId who had it when the form was begun, null for nobody; another one is refused
 */
export async function assignTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; fromPersonId: number | null; toPersonId: number; note?: string | undefined },
): Promise<Outcome> {
  // Before the ticket, as whoever takes a person's roles away locks them.
  const to = await lockPerson(tx, input.toPersonId);
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined || to === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfAssigning(ticket, person, to);
  if (refusal !== undefined) return { ok: false, refusal };
  const { assigneeId: from } = ticket;
  if (from !== input.fromPersonId) {
    return from === null
      ? refuse("ticket-moved-on", { ticketId: ticket.id, state: ticket.state })
      : refuse("assigned-meanwhile", { assigneeId: from });
  }
  if (from !== null && input.note === undefined) return refuse("answer-missing", { field: note.name });
  const reason =
    input.note === undefined
      ? undefined
      : parseAnswer(note, input.note, { now: setting.now, zone: setting.rules.zone });
  if (reason !== undefined && !reason.ok) {
    return refuseAbout(note.name, reason.refusal);
  }

  const isHandedOver = from === person.id;
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: isHandedOver ? "handed-over" : "assigned",
    personId: person.id,
    toPersonId: to.id,
    at: setting.now,
    answers: reason === undefined ? {} : { note: reason.value },
    ...(ticket.holder === null ? {} : { role: ticket.holder }),
  });
  await storeAssignee(tx, ticket.id, to.id, setting.now);
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: isHandedOver ? "ticket-handed-over" : "ticket-assigned",
    subject: { kind: "ticket", id: ticket.id },
    details: { from, to: to.id, entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  if (to.id !== person.id) {
    await tell(tx, [to.id], { kind: "ticket-card", ticketId: ticket.id, news: "handed-over" }, setting);
  }
  if (from !== null && !isHandedOver) {
    await tell(tx, [from], { kind: "taken-over", ticketId: ticket.id, byPersonId: to.id }, setting);
  }
  return accept();
}
