import type { Db } from "../../../core/db/tables.ts";
import { findArrival } from "../../../core/db/ticket/done-steps.ts";
import { findEntry, latestAnswers } from "../../../core/db/ticket/entries.ts";
import { findRating, findRatingOfClosing, type Rating } from "../../../core/db/ticket/ratings.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { dayInMilliseconds } from "../../../core/domain/durations.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { isLow, ratings, refusalOfRating } from "../../../core/domain/ticket/rating-rules.ts";
import { maySee, readsInternalNotes, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { subjectOf } from "../procedure-words.ts";

const longestComment = 300;

/** "⭐⭐⭐⭐ (4 dari 5)" */
export function showStars(stars: number): string {
  return `${"⭐".repeat(stars)} (${stars} dari ${ratings.length})`;
}

/** On the message that tells of the end: the question and its five buttons, or what was given and may be changed. */
export async function ratingPart(
  db: Db,
  viewer: Person,
  ticket: Ticket,
  closingEntryId: number,
  context: { now: Date; reopenWithinDays: number; office: OfficeWords },
): Promise<{ text: Html; buttons: Button[] } | undefined> {
  const isLatest = (await findArrival(db, ticket.id, ticket.state)) === closingEntryId;
  if (refusalOfRating(ticket, viewer, { isLatest }, context) !== undefined || ticket.endedAt === null) return undefined;
  const given = await findRatingOfClosing(db, closingEntryId);
  const until = new Date(ticket.endedAt.getTime() + context.reopenWithinDays * dayInMilliseconds);
  const text =
    given === undefined
      ? html`\n<b>Penilaian layanan</b>: bagaimana kami melayani Anda? 1 = sangat kurang, 5 = sangat baik.`
      : html`\n<b>Penilaian Anda:</b> ${showStars(given.stars)}. Dapat diubah sampai ${showTime(until, context.office)}.`;
  const press = { do: "rate", ticketId: ticket.id, entryId: closingEntryId } as const;
  return { text, buttons: ratings.map((stars) => ({ label: `⭐ ${stars}`, press: { ...press, stars } })) };
}

/** On the card of a closed ticket; the words are for the desk. */
export async function ratingLine(db: Db, ticket: Ticket, isForDesk: boolean): Promise<Html | undefined> {
  if (ticket.state !== "closed") return undefined;
  const closingEntryId = await findArrival(db, ticket.id, ticket.state);
  const rating = closingEntryId === undefined ? undefined : await findRatingOfClosing(db, closingEntryId);
  if (rating === undefined) return undefined;
  const words = isForDesk ? await commentOf(db, rating) : undefined;
  return html`\n<b>Penilaian:</b> ${showStars(rating.stars)}${words === undefined ? "" : html`: ${words}`}`;
}

/** Few stars, and why, for the help desk; as it stands now, for it may be changed. */
export async function renderLowRating(
  db: Db,
  viewer: Person,
  { ticketId, ratingId }: { ticketId: number; ratingId: number },
): Promise<Rendered | undefined> {
  const [ticket, rating] = [await findTicket(db, ticketId), await findRating(db, ratingId)];
  if (ticket === undefined || rating === undefined || !maySee(viewer, ticket)) return undefined;
  if (!readsInternalNotes(viewer, ticket)) return undefined;
  const text = lines(
    html`<b>${ticketNumber(ticket.id)}</b> · ${subjectOf(ticket)}`,
    html`Penilaian pemohon: ${showStars(rating.stars)}. ${isLow(rating.stars) ? "Mohon hubungi pemohon." : "Pemohon mengubah penilaiannya."}`,
    html`<blockquote>${(await commentOf(db, rating)) ?? ""}</blockquote>`,
  );
  const open = openButton(ticketId);
  return { as: "text", html: text.markup, buttons: [[open]], isSilent: true };
}

async function commentOf(db: Db, { commentEntryId }: Rating): Promise<string | undefined> {
  const entry = commentEntryId === null ? undefined : await findEntry(db, commentEntryId);
  const { note } = entry === undefined ? {} : latestAnswers(entry);
  return note === undefined ? undefined : shorten(note, longestComment);
}
