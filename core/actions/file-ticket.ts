import { attachDraftFiles } from "../db/attachments.ts";
import { insertEntry } from "../db/entries.ts";
import { writeJournal } from "../db/journal.ts";
import type { Tx } from "../db/tables.ts";
import { insertTicket } from "../db/tickets.ts";
import { type Answers, parseAnswers } from "../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { findProcedure } from "../domain/procedures/index.ts";
import { officersOf, tell, workersOf } from "./notices.ts";
import type { Setting } from "./setting.ts";

/**
 * Files a complaint or a request for the person's own office; everybody in the register is a user of theirs.
 *
 * @param input.draftId the form it was filled in with, whose files become the ticket's
 * @returns the number of the ticket
 */
export async function fileTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { procedure: string; answers: Answers; draftId: number },
): Promise<Outcome<number>> {
  if (!person.isActive) return refuse("person-inactive");
  const procedure = findProcedure(input.procedure);
  const parsed = parseAnswers(procedure.form, input.answers, { now: setting.now, zone: setting.rules.zone });
  if (!parsed.ok) return parsed;
  const answers = parsed.value;

  const holder = procedure.states[procedure.initial]?.holder;
  if (holder === undefined) throw new Error(`filing a ticket: nobody holds the first state of ${procedure.name}`);
  const occurredAt = answers["occurred-at"];
  const ticketId = await insertTicket(tx, {
    procedure: procedure.name,
    state: procedure.initial,
    holder,
    requesterId: person.id,
    officeId: person.officeId,
    subject: answers[procedure.subject] ?? procedure.name,
    answers,
    occurredAt: occurredAt === undefined ? null : new Date(occurredAt),
    now: setting.now,
  });
  const entryId = await insertEntry(tx, {
    ticketId,
    kind: "filed",
    personId: person.id,
    role: "user",
    at: setting.now,
    toState: procedure.initial,
  });
  const files = await attachDraftFiles(tx, input.draftId, { ticketId, entryId });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-filed",
    subject: { kind: "ticket", id: ticketId },
    details: { procedure: procedure.name, officeId: person.officeId, state: procedure.initial, entryId, files },
  });
  const workers = await workersOf(tx, { assigneeId: null, holder });
  await tell(tx, workers, { kind: "ticket-card", ticketId, news: "arrived" }, setting);
  const officers = await officersOf(tx, person.officeId);
  const onlookers = officers.filter((id) => id !== person.id && !workers.includes(id));
  await tell(tx, onlookers, { kind: "ticket-card", ticketId, news: "office-filed" }, setting);
  return accept(ticketId);
}
