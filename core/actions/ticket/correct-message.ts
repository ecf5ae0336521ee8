import {
  changeHeardLength,
  findHeard,
  type HeardMessage,
  listHeardWith,
  type Source,
} from "../../db/heard-messages.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import type { Tx } from "../../db/tables.ts";
import { findApproval } from "../../db/ticket/approvals.ts";
import { type Entry, findEntry, former, insertEntry, latestAnswers } from "../../db/ticket/entries.ts";
import { findRatingOfComment } from "../../db/ticket/ratings.ts";
import { changeTicket, findTicket, lockTicket } from "../../db/ticket/tickets.ts";
import { type Catalogue, formOf } from "../../domain/catalogue/catalogue.ts";
import { type Field, parseAnswer } from "../../domain/form/field.ts";
import { replacePart } from "../../domain/form/parts.ts";
import { cleanText } from "../../domain/form/text.ts";
import { accept, type Outcome, type Refusal, refuse } from "../../domain/outcome.ts";
import { hasRole, type Person } from "../../domain/people/person.ts";
import { findProcedure } from "../../domain/procedures/index.ts";
import { note } from "../../domain/procedures/procedure.ts";
import { maySee, speaksForRequester, type Ticket } from "../../domain/ticket/ticket.ts";
import type { Notice } from "../notice.ts";
import { editSent } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { lockRateable } from "./rate-ticket.ts";
import { readersOfReply } from "./readers-of-reply.ts";
import { refreshCards } from "./refresh-cards.ts";
import { isMessageKind, refusalOfMessage, replySent } from "./write-message.ts";

/**
 * Somebody edited a message that is part of a ticket. Both versions stay: the new words are an entry that names the one
 * they correct. Who was told of the first words sees the new ones in the same message.
 *
 * @returns whether there was anything to change
 */
export async function correctMessage(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: Pick<Source, "chatId" | "messageId"> & { text: string },
): Promise<Outcome<"corrected" | "unchanged">> {
  const heard = await findHeard(tx, input);
  const known = heard?.entryId == null ? undefined : await findEntry(tx, heard.entryId);
  const ticket = known === undefined ? undefined : await lockTicket(tx, known.ticketId);
  const entry = known === undefined ? undefined : await findEntry(tx, known.id);
  if (heard === undefined || ticket === undefined || entry === undefined) return refuse("edit-not-traced");
  // The account may belong to somebody else by now.
  if (entry.personId !== person.id) return refuse("edit-not-traced");
  const refusal = await refusalOfCorrecting(tx, ticket, entry, person, setting);
  if (refusal !== undefined) return { ok: false, refusal };
  const field = fieldOf(ticket, entry, heard, setting.rules.catalogue);
  if (field === undefined) return refuse("edit-not-traced");

  const before = (entry.kind === "filed" ? ticket.answers : latestAnswers(entry))[field.name] ?? "";
  const parts = await listHeardWith(tx, heard);
  const index = parts.findIndex(({ messageId }) => messageId === heard.messageId);
  const words = cleanText(input.text);
  const lengths = parts.map(({ length }) => length);
  const whole = replacePart(before, lengths, index, words);
  if (whole === undefined) return refuse("edit-not-traced");
  const parsed = parseAnswer(field, whole, {
    now: setting.now,
    zone: setting.rules.zone,
    domain: setting.rules.names.domain,
  });
  if (!parsed.ok) return parsed;
  if (parsed.value === before) return accept("unchanged");

  // What is kept on one line is one message.
  await changeHeardLength(tx, heard, parts.length === 1 ? parsed.value.length : words.length);
  await storeCorrection(tx, ticket, entry, { field: field.name, before, after: parsed.value }, setting);
  return accept("corrected");
}

/** Who may write that now may correct it now. */
async function refusalOfCorrecting(
  tx: Tx,
  ticket: Ticket,
  entry: Entry,
  person: Person,
  setting: Setting,
): Promise<Refusal | undefined> {
  if (isMessageKind(entry.kind)) return refusalOfMessage(ticket, person, entry.kind);
  if (entry.kind === "filed") {
    const isAsked = (await findApproval(tx, ticket, setting.rules)) !== undefined;
    return refusalOfCorrectingForm(ticket, person, isAsked);
  }
  if (entry.kind === "step") return refuse("edit-of-step").refusal;
  const rating = entry.kind === "rated" ? await findRatingOfComment(tx, entry.id) : undefined;
  if (rating === undefined) return refuse("edit-not-traced").refusal;
  const rateable = await lockRateable(tx, person, setting, { ticketId: ticket.id, entryId: rating.closingEntryId });
  return rateable.ok ? undefined : rateable.refusal;
}

/** By who filed it: the requester's side, or the help desk for somebody else. */
function refusalOfCorrectingForm(ticket: Ticket, person: Person, isApprovalAsked: boolean): Refusal | undefined {
  if (!maySee(person, ticket)) return refuse("no-such-ticket").refusal;
  if (ticket.holder === null) return refuse("ticket-ended").refusal;
  const mayFile = speaksForRequester(person, ticket) || hasRole(person, "help-desk");
  if (!mayFile) return refuse("not-the-requester").refusal;
  return isApprovalAsked || isOnRecord(ticket) ? refuse("edit-of-request").refusal : undefined;
}

/**
 * What is decided upon is what was shown: once approval was asked, or work on what needs one has begun (a letter is on
 * record, R09), the form stays as it was filed.
 */
function isOnRecord({ procedure, state }: Ticket): boolean {
  const { initial, steps } = findProcedure(procedure);
  return state !== initial && steps.some(({ decides }) => decides !== undefined);
}

/** Of the filed form only what was put into the person's own words. */
function fieldOf(ticket: Ticket, entry: Entry, heard: HeardMessage, catalogue: Catalogue): Field | undefined {
  if (entry.kind !== "filed") return heard.field === note.name ? note : undefined;
  const form = formOf(findProcedure(ticket.procedure), ticket.item, catalogue);
  const field = form.find(({ name }) => name === heard.field);
  return field?.kind === "line" || field?.kind === "text" ? field : undefined;
}

async function storeCorrection(
  tx: Tx,
  ticket: Ticket,
  entry: Entry,
  words: { field: string; before: string; after: string },
  setting: Setting,
): Promise<void> {
  const entryId = await insertEntry(tx, {
    ticketId: ticket.id,
    kind: "corrected",
    personId: entry.personId,
    at: setting.now,
    answers: { [words.field]: words.after, [former]: words.before },
    corrects: entry.id,
    isTold: entry.kind !== "internal-note",
  });
  if (entry.kind === "filed") {
    const isSubject = findProcedure(ticket.procedure).subject === words.field;
    await changeTicket(tx, ticket.id, {
      answers: JSON.stringify({ ...ticket.answers, [words.field]: words.after }),
      changed_at: setting.now,
      ...(isSubject ? { subject: words.after } : {}),
    });
  }
  await writeJournal(tx, {
    at: setting.now,
    actorId: entry.personId,
    event: "message-corrected",
    subject: { kind: "ticket", id: ticket.id },
    details: { entryId, correctedEntryId: entry.id, field: words.field },
  });
  await refreshCards(tx, ticket.id, setting);
  await refreshWritten(tx, entry, setting);
}

/** Whoever was told of these words sees them as they are now. */
export async function refreshWritten(tx: Tx, entry: Entry, setting: Setting): Promise<void> {
  const { id: entryId, kind, ticketId } = entry;
  const rating = kind === "rated" ? await findRatingOfComment(tx, entryId) : undefined;
  const notice: Notice =
    rating === undefined
      ? { kind: kind === "reply" ? "reply-received" : "comment-added", ticketId, entryId }
      : { kind: "rating-low", ticketId, ratingId: rating.id };
  await editSent(tx, notice, notice, setting);
  if (kind !== "reply") return;
  const ticket = await findTicket(tx, ticketId);
  const readers = ticket === undefined ? [] : await readersOfReply(tx, ticket);
  const mirrored = replySent(ticketId, entryId, readers);
  await editSent(tx, mirrored, mirrored, setting);
}
