import { type MessageKind, writeMessage } from "../../core/actions/write-message.ts";
import { findTicket } from "../../core/db/tickets.ts";
import { accept } from "../../core/domain/outcome.ts";
import { note } from "../../core/domain/procedures/procedure.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import { type Form, noSuggestions } from "./form.ts";

const messageWords: Record<MessageKind, { title: string; ask: string }> = {
  comment: { title: "Tambah keterangan", ask: "Tuliskan keterangan tambahan, atau kirim foto atau dokumen." },
  reply: {
    title: "✉️ Balas ke pemohon",
    ask: "Tuliskan balasannya. Pesan ini DIKIRIM KE PEMOHON.",
  },
  "internal-note": {
    title: "📝 Catatan internal",
    ask: "Tuliskan catatannya. Hanya petugas yang dapat membacanya.",
  },
};

function isMessageKind(text: unknown): text is MessageKind {
  return typeof text === "string" && Object.hasOwn(messageWords, text);
}

/** Words or files for a ticket. Its subject: `ticketId`, `kind`. */
export const messageForm: Form = {
  name: "message",
  plan: async (db, draft) => {
    const ticket = await findTicket(db, Number(draft.subject.ticketId));
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
      ...(draft.answers.note === undefined ? {} : { text: draft.answers.note }),
    });
    return written.ok ? accept(kind === "internal-note" ? "note-kept" : "sent") : written;
  },
};
