import { attachHeard } from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findArrival } from "../../db/ticket/done-steps.ts";
import { insertEntry } from "../../db/ticket/entries.ts";
import { findRatingOfClosing, type Rating, saveRating, saveRatingComment } from "../../db/ticket/ratings.ts";
import { lockTicket } from "../../db/ticket/tickets.ts";
import { parseAnswer } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { note } from "../../domain/procedures/procedure.ts";
import { isLow, refusalOfRating, type Stars } from "../../domain/ticket/rating-rules.ts";
import type { Ticket } from "../../domain/ticket/ticket.ts";
import { editSent, tellRole } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { refreshCards, refreshQuestion } from "./refresh-cards.ts";

/** One closing of a ticket: the step that closed it. */
export type Closing = { ticketId: number; entryId: number };

/** "Penilaian layanan": one to five stars for how the ticket was closed; another press changes them. */
export async function rateTicket(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Closing & { stars: Stars },
): Promise<Outcome> {
  const found = await lockRateable(tx, person, setting, input);
  if (!found.ok) return found;
  const ticket = found.value;
  const former = await findRatingOfClosing(tx, input.entryId);
  if (former?.stars === input.stars) return accept();

  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "rated",
    personId: person.id,
    at: setting.now,
    answers: { stars: String(input.stars) },
  });
  const { ticketId, entryId: closingEntryId, stars } = input;
  await saveRating(tx, { ticketId, closingEntryId, personId: person.id, stars, now: setting.now });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "ticket-rated",
    subject: { kind: "ticket", id: ticketId },
    details: { stars, closingEntryId, entryId },
  });
  await refreshCards(tx, ticketId, setting);
  await refreshQuestion(tx, ticketId, closingEntryId, setting);
  await tellHelpDesk(tx, ticket, former, setting);
  return accept();
}

/** What the requester has to say about it; where it was not good the help desk learns of it, so that somebody calls back. */
export async function commentRating(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Closing & { note: string; draftId?: number },
): Promise<Outcome<number>> {
  const found = await lockRateable(tx, person, setting, input);
  if (!found.ok) return found;
  const rating = await findRatingOfClosing(tx, input.entryId);
  if (rating === undefined) return refuse("not-rated");
  const text = parseAnswer(note, input.note, { now: setting.now, zone: setting.rules.zone });
  if (!text.ok) return refuseAbout(note.name, text.refusal);

  const entryId = await insertEntry(tx, {
    ticketId: found.value.id,
    kind: "rated",
    personId: person.id,
    at: setting.now,
    answers: { note: text.value },
  });
  await saveRatingComment(tx, rating.id, entryId);
  if (input.draftId !== undefined) await attachHeard(tx, input.draftId, { entryId });
  await writeJournal(tx, {
    at: setting.now,
    actorId: person.id,
    event: "rating-commented",
    subject: { kind: "ticket", id: found.value.id },
    details: { closingEntryId: rating.closingEntryId, entryId },
  });
  await refreshCards(tx, found.value.id, setting);
  await tellHelpDesk(tx, found.value, rating, setting);
  return accept(entryId);
}

/** The ticket, locked, where this person may rate that closing of it now. */
export async function lockRateable(
  tx: Tx,
  person: Person,
  setting: Setting,
  { ticketId, entryId }: Closing,
): Promise<Outcome<Ticket>> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket === undefined) return refuse("no-such-ticket");
  const isLatest = (await findArrival(tx, ticket.id, ticket.state)) === entryId;
  const { reopenWithinDays } = setting.rules;
  const refusal = refusalOfRating(ticket, person, { isLatest }, { now: setting.now, reopenWithinDays });
  return refusal === undefined ? accept(ticket) : { ok: false, refusal };
}

/** Few stars with words come without a sound, once; what was told and has changed is edited in place. */
async function tellHelpDesk(tx: Tx, ticket: Ticket, former: Rating | undefined, setting: Setting): Promise<void> {
  if (former === undefined) return;
  const rating = await findRatingOfClosing(tx, former.closingEntryId);
  if (rating === undefined) return;
  const notice = { kind: "rating-low", ticketId: ticket.id, ratingId: rating.id } as const;
  await editSent(tx, notice, notice, setting);
  const wasTold = isLow(former.stars) && former.commentEntryId !== null;
  if (wasTold || !isLow(rating.stars) || rating.commentEntryId === null) return;
  await tellRole(tx, "help-desk", notice, setting, ticket.requesterId);
}
