import { readersOfReply } from "../../../core/actions/ticket/readers-of-reply.ts";
import {
  isMessageKind,
  isReplyToAffected,
  type MessageKind,
  writeMessage,
} from "../../../core/actions/ticket/write-message.ts";
import type { Db, Tx } from "../../../core/db/tables.ts";
import { findTicket } from "../../../core/db/ticket/tickets.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { note } from "../../../core/domain/procedures/procedure.ts";
import { type Ticket, ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { replyTitle } from "../../replies/reply-button.ts";
import type { Saying } from "../../screens/screens.ts";
import { findTicketFor } from "../../ticket-for.ts";
import { type Form, noSuggestions } from "../form.ts";

const messageWords: Record<MessageKind, FieldWords> = {
  comment: {
    label: "Tambah keterangan",
    ask: "Tuliskan keterangan tambahan, atau kirim foto atau dokumen. Contoh: terjadi juga di komputer sebelah.",
  },
  reply: {
    label: "✉️ Balas ke pemohon",
    ask: "Tuliskan balasannya. Pesan ini DIKIRIM KE PEMOHON. Contoh: petugas datang pukul 14.00.",
  },
  "internal-note": {
    label: "📝 Catatan internal",
    ask: "Tuliskan catatannya. Hanya petugas yang dapat membacanya. Contoh: vendor sudah ditelepon.",
  },
};

/** What is said of words that were taken: a reply to somebody who cannot be reached has not arrived. */
export async function sayingFor(tx: Tx, kind: MessageKind, ticketId: number): Promise<Saying> {
  if (kind === "internal-note") return "note-kept";
  if (kind === "comment") return "sent";
  const ticket = await findTicket(tx, ticketId);
  const readers = ticket === undefined ? [] : await readersOfReply(tx, ticket);
  if (readers.length === 0) return "kept-unsent";
  return ticket !== undefined && isReplyToAffected(ticket, kind) ? "sent-to-affected" : "sent";
}

/** Who joined an outage reads the words alone: its ticket, with what lies there, is not theirs. */
async function wordsToAffected(db: Db, ticket: Ticket): Promise<FieldWords> {
  const { length } = await readersOfReply(db, ticket);
  return {
    label: replyTitle(ticket),
    ask: `Tuliskan balasannya, tanpa lampiran. Pesan ini DIKIRIM KEPADA ${length} ORANG yang terdampak. Contoh: petugas datang pukul 14.00.`,
  };
}

/** Words or files for a ticket. Its subject: `ticketId`, `kind`. */
export const messageForm: Form = {
  name: "message",
  plan: async (db, draft) => {
    const ticket = await findTicketFor(db, Number(draft.subject.ticketId), draft.personId);
    const { kind } = draft.subject;
    if (ticket === undefined || !isMessageKind(kind)) return undefined;
    const isToAffected = isReplyToAffected(ticket, kind);
    const words = isToAffected ? await wordsToAffected(db, ticket) : messageWords[kind];
    return {
      title: `${ticketNumber(ticket.id)} · ${words.label}`,
      fields: [note],
      wordsFor: () => words,
      hasReview: false,
      ...(isToAffected ? {} : { filesSuffice: true }),
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
