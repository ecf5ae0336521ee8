import { recordMisuse } from "../../../core/actions/ticket/record-misuse.ts";
import { note } from "../../../core/domain/procedures/procedure.ts";
import { refusalOfMisuse } from "../../../core/domain/ticket/misuse-rules.ts";
import { ticketForm } from "./ticket-form.ts";

/** Records that something was used for other than official duties (R64). */
export const misuseForm = ticketForm({
  name: "misuse",
  title: () => "🚩 Catat penyalahgunaan",
  refusal: async ({ person }, ticket) => refusalOfMisuse(ticket, person),
  fields: async () => [note],
  words: async () => ({
    note: {
      label: "Keterangan",
      ask: "Apa yang disalahgunakan, kapan, dan bagaimana diketahui? Contoh: Wi-Fi kantor dipakai menambang kripto, terlihat di log 20 November. Pimpinan diberi tahu; pemohon tidak melihatnya.",
    },
  }),
  act: ({ tx, person, setting }, ticketId, { answers }) =>
    recordMisuse(tx, person, setting, { ticketId, note: answers.note ?? "" }),
});
