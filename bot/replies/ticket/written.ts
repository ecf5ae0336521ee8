import { isReplyToAffected } from "../../../core/actions/ticket/write-message.ts";
import type { Db } from "../../../core/db/tables.ts";
import { type Entry, findEntry, latestAnswers } from "../../../core/db/ticket/entries.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { maySee, readsInternalNotes, speaksForRequester, type Ticket } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { renderReplyToAffected } from "../monitoring/incident-told.ts";
import { heading } from "../notices.ts";
import { whoDid } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { replyButton } from "../reply-button.ts";

type Written = {
  kind: "comment-added" | "reply-received" | "reply-sent";
  ticketId: number;
  entryId: number;
  isUnreached?: true;
};

/** What the requester added, for the desk; what the desk answered, for the requester. */
export async function renderWritten(db: Db, viewer: Person, written: Written): Promise<Rendered | undefined> {
  const { kind, ticketId, entryId } = written;
  const [ticket, entry] = [await findTicket(db, ticketId), await findEntry(db, entryId)];
  if (ticket === undefined || entry === undefined) return undefined;
  if (!maySee(viewer, ticket)) {
    const isToAffected = kind === "reply-received" && isReplyToAffected(ticket, entry.kind);
    return isToAffected ? renderReplyToAffected(db, viewer, ticket, writtenWords(entry)) : undefined;
  }
  if (entry.kind === "internal-note" && !readsInternalNotes(viewer, ticket)) return undefined;
  const answer: Button =
    kind === "reply-received"
      ? { label: "💬 Jawab", press: { do: "write", ticketId, kind: "comment" } }
      : replyButton(ticket);
  // One of the desk may have joined an outage, which makes nobody its requester.
  const isOnlyRead = kind === "reply-received" && !speaksForRequester(viewer, ticket);
  const isForDeskOnly = entry.kind === "internal-note" || kind === "reply-sent";
  const buttons = isForDeskOnly || isOnlyRead ? [openButton(ticketId)] : [answer, openButton(ticketId)];
  return {
    as: "text",
    html: lines(heading(ticket), fromLine(ticket, entry, written), writtenWords(entry)).markup,
    buttons: [buttons],
  };
}

function fromLine({ channel, requesterId }: Ticket, entry: Entry, { kind, isUnreached }: Written): Html {
  const by = whoDid(entry.personName);
  if (kind === "reply-received") return html`✉️ Balasan petugas`;
  if (kind === "reply-sent" && isUnreached) {
    return html`⚠️ Untuk pemohon, tetapi belum sampai (gunakan telepon atau surat), dari ${by}`;
  }
  if (kind === "reply-sent") {
    return html`✉️ Terkirim ${channel === "monitor" ? "kepada yang terdampak" : "ke pemohon"}, dari ${by}`;
  }
  if (entry.kind === "internal-note") return html`📝 Catatan internal dari ${by}`;
  return html`💬 Keterangan dari ${entry.personId === requesterId ? "pemohon" : "kantor pemohon"}, ${by}`;
}

function writtenWords(entry: Entry): Html {
  const { note } = latestAnswers(entry);
  const mark = entry.formerWords === null ? "" : " (diubah)";
  return note === undefined ? html`(lampiran)${mark}` : html`<blockquote>${note}</blockquote>${mark}`;
}
