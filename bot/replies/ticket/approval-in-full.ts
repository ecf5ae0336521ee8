import type { Db } from "../../../core/db/tables.ts";
import { findApproval } from "../../../core/db/ticket/approvals.ts";
import { listResultsOf } from "../../../core/db/ticket/check-results.ts";
import { findEntry } from "../../../core/db/ticket/entries.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { stepsFrom } from "../../../core/domain/procedures/procedure.ts";
import { type Approval, isOfChain } from "../../../core/domain/ticket/approval-rules.ts";
import { maySee, readsInternalNotes, type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import type { Screen } from "../../screens/screens.ts";
import { html, lines } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { longestNoteInList } from "./check-list.ts";

/** Of what an approval is asked with; together they stay below Telegram's 4,096 characters. */
export const longestAnswer = 300;
export const longestNote = 300;

export function readInFullButton({ id: ticketId }: Ticket): Button {
  return { label: "📄 Baca lengkap", press: { do: "full-request", ticketId } };
}

/** Whether the message does not hold all that was written to decide upon. */
export async function isShortened(db: Db, ticket: Ticket, approval: Approval): Promise<boolean> {
  const asked = (await findEntry(db, approval.entryId))?.answers ?? {};
  const isLong = [...Object.values(ticket.answers), ...Object.values(asked)].some(({ length }) => length > longestNote);
  if (isLong) return true;
  const list = listToRead(ticket);
  const results = list === undefined ? [] : await listResultsOf(db, ticket.id, list);
  return results.some(({ note = "" }) => note.length > longestNoteInList);
}

/** The check list on which the approval rests. */
function listToRead(ticket: Pick<Ticket, "procedure" | "state">): string | undefined {
  const steps = stepsFrom(findProcedure(ticket.procedure), ticket.state);
  return steps.find(({ readsChecksOf }) => readsChecksOf !== undefined)?.readsChecksOf;
}

/** What to send so that who approves reads all of it: nothing to somebody who may not. */
export async function partsInFull(db: Db, viewer: Person, ticket: Ticket, office: { zone: string }): Promise<Screen[]> {
  const approval = await findApproval(db, ticket, office);
  if (approval === undefined || !(isOfChain(viewer, approval) || readsInternalNotes(viewer, ticket))) return [];
  const { id: ticketId } = ticket;
  const list = listToRead(ticket);
  return [
    ...Object.keys(ticket.answers).flatMap((field): Screen[] =>
      (ticket.answers[field] ?? "").length > longestAnswer ? [{ kind: "full-text", ticketId, field }] : [],
    ),
    { kind: "full-entry", ticketId, entryId: approval.entryId },
    ...(list === undefined ? [] : [{ kind: "checks-told", ticketId, list } as const]),
  ];
}

/** What was written with a step, in full: for the desk, and for who approves. */
export async function renderFullEntry(
  db: Db,
  viewer: Person,
  { ticketId, entryId }: { ticketId: number; entryId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry?.ticketId !== ticketId) return undefined;
  const approval = await findApproval(db, ticket, office);
  const isTheirs = approval?.entryId === entryId && isOfChain(viewer, approval);
  if (!isTheirs && !readsInternalNotes(viewer, ticket)) return undefined;
  const { note } = entry.answers;
  return note === undefined
    ? undefined
    : { as: "text", html: lines(html`<b>${ticketNumber(ticketId)}</b>`, html`${note}`).markup };
}

/** One long answer of the filed form, in full. */
export async function renderFullText(
  db: Db,
  viewer: Person,
  { ticketId, field }: { ticketId: number; field: string },
): Promise<Rendered | undefined> {
  const ticket = await findTicket(db, ticketId);
  const text = ticket?.answers[field];
  if (ticket === undefined || text === undefined || !maySee(viewer, ticket)) return undefined;
  return { as: "text", html: lines(html`<b>${ticketNumber(ticketId)}</b>`, html`${text}`).markup };
}
