import { writeJournal } from "../../db/journal/journal.ts";
import { listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import { refusalOfMisuse } from "../../domain/ticket/misuse-rules.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards } from "./refresh-cards.ts";

/**
 * Records misuse of what is for official duties only (R64). It is an internal note, so that the requester's side learns
 * nothing of it, and leadership is told.
 */
export async function recordMisuse(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { ticketId: number; note: string },
): Promise<Outcome> {
  const ticket = await lockTicket(tx, input.ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const refusal = refusalOfMisuse(ticket, person);
  if (refusal !== undefined) return { ok: false, refusal };
  const words = parseAnswer(note, input.note, { now: setting.now, zone: setting.rules.zone });
  if (!words.ok) return refuseAbout(note.name, words.refusal);

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "internal-note",
    personId: person.id,
    at: setting.now,
    answers: { about: "misuse", note: words.value },
  });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "misuse-recorded",
    subject: { kind: "ticket", id: ticket.id },
    details: { entryId },
  });
  await refreshCards(tx, ticket.id, setting);
  const leadership = await listPeopleWithRole(tx, "leadership");
  const told = leadership.map(({ id }) => id).filter((id) => id !== person.id && id !== ticket.requesterId);
  await tell(tx, told, { kind: "misuse-recorded", ticketId: ticket.id, entryId }, setting);
  return accept();
}
