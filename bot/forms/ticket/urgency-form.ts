import { changeUrgency } from "../../../core/actions/ticket/change-urgency.ts";
import { note } from "../../../core/domain/procedures/procedure.ts";
import { refusalOfUrgency } from "../../../core/domain/ticket/urgency-rules.ts";
import { ticketForm } from "./ticket-form.ts";

/** Says that a public service stands still. */
export const urgentForm = urgencyForm("urgent", true, {
  title: "🔥 Layanan publik berhenti",
  ask: "Layanan publik apa yang berhenti, dan siapa yang terdampak? Contoh: pelayanan KTP di loket, antrean 40 orang.",
});

/** Says that none does, or no longer. */
export const notUrgentForm = urgencyForm("not-urgent", false, {
  title: "🔥 Bukan mendesak",
  ask: "Mengapa tiket ini tidak mendesak lagi? Pemohon ikut membacanya. Contoh: loket sudah melayani lagi.",
});

function urgencyForm(name: string, isUrgent: boolean, { title, ask }: { title: string; ask: string }) {
  return ticketForm({
    name,
    title: () => title,
    refusal: async ({ person }, ticket) => refusalOfUrgency(ticket, person, isUrgent),
    fields: async () => [note],
    words: async () => ({ note: { label: "Keterangan", ask } }),
    act: ({ tx, person, setting }, ticketId, { answers }) =>
      changeUrgency(tx, person, setting, { ticketId, isUrgent, answers }),
  });
}
