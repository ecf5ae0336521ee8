import { requesterSideOf } from "../../core/actions/notices.ts";
import { isMessageKind, type MessageKind, writeMessage } from "../../core/actions/write-message.ts";
import type { Tx } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { accept } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { Saying } from "../screens.ts";
import { findTicketFor } from "../ticket-for.ts";
import { type Form, noSuggestions } from "./form.ts";

const messageWords: Record<MessageKind, { title: string; ask: string }> = {
  comment: {
    title: "Tambah keterangan",
    ask: "Tuliskan keterangan tambahan, atau kirim foto atau dokumen. Contoh: terjadi juga di komputer sebelah.",
  },
  reply: {
    title: "✉️ Balas ke pemohon",
    ask: "Tuliskan balasannya. Pesan ini DIKIRIM KE PEMOHON. Contoh: petugas datang pukul 14.00.",
  },
  "internal-note": {
    title: "📝 Catatan internal",
    ask: "Tuliskan catatannya. Hanya petugas yang dapat membacanya. Contoh: vendor sudah ditelepon.",
  },
};

/** What is said of words that were taken: a reply to somebody who cannot be reached has not arrived. */
export async function sayingFor(tx: Tx, kind: MessageKind, ticketId: number): Promise<Saying> {
  if (kind === "internal-note") return "note-kept";
  if (kind === "comment") return "sent";
  const ticket = await findTicket(tx, ticketId);
  const readers = ticket === undefined ? [] : await requesterSideOf(tx, ticket);
  return readers.length === 0 ? "kept-unsent" : "sent";
}

/** Words or files for a ticket. Its subject: `ticketId`, `kind`. */
export const messageForm: Form = {
  name: "message",
  plan: async (db, draft) => {
    const ticket = await findTicketFor(db, Number(draft.subject.ticketId), draft.personId);
    const { kind } = draft.subject;
    if (ticket === undefined || !isMessageKind(kind)) return undefined;
    const { title, ask } = messageWords[kind];
    return {
      title: `${ticketNumber(ticket.id)} · ${title}`,
      fields: [note],
      wordsFor: () => ({ label: title, ask }),
      hasReview: false,
      filesSuffice: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { kind } = draft.subject;
    if (!isMessageKind(kind)) throw new Error(`sending a message: the draft ${draft.id} has no kind`);
    const written = await writeMessage(tx, person, setting, {
      ticketId: Number(draft.subject.ticketId),
      kind,
      draftId: draft.id,
      isAlbum: conversation.albumId !== undefined,
      ...(draft.answers.note === undefined ? {} : { text: draft.answers.note }),
    });
    return written.ok ? accept(await sayingFor(tx, kind, Number(draft.subject.ticketId))) : written;
  },
};
