import { takeBackStep } from "../../../core/actions/ticket/take-back-step.ts";
import { findLastStep } from "../../../core/db/ticket/done-steps.ts";
import { findEntry } from "../../../core/db/ticket/entries.ts";
import { note } from "../../../core/domain/procedures/procedure.ts";
import { refusalOfTakingBack } from "../../../core/domain/ticket/undo-rules.ts";
import { stepWords, wordsOf } from "../../replies/procedure-words.ts";
import { ticketForm } from "./ticket-form.ts";

/** Takes back a wrong press. Its subject: `entryId` of the step. */
export const takeBackForm = ticketForm({
  name: "take-back",
  title: async (db, ticket, { subject }) => {
    const entry = await findEntry(db, Number(subject.entryId));
    const { button } = stepWords(wordsOf({ name: ticket.procedure }), entry?.step ?? "");
    return `↩️ Tarik kembali: ${button}`;
  },
  refusal: async ({ tx, person, setting }, ticket) =>
    refusalOfTakingBack(ticket, person, await findLastStep(tx, ticket.id), {
      now: setting.now,
      undoWithinHours: setting.rules.undoWithinHours,
    }),
  subject: async (db, ticket) => ({ entryId: (await findLastStep(db, ticket.id))?.entryId ?? 0 }),
  fields: async () => [note],
  words: async () => ({
    note: {
      label: "Alasan",
      ask: "Mengapa ditarik kembali? Alasan ini dibaca petugas, dan juga pemohon bila langkah itu sudah disampaikan kepadanya. Contoh: salah menekan tombol.",
    },
  }),
  act: ({ tx, person, setting }, ticketId, { subject, answers }) =>
    takeBackStep(tx, person, setting, { ticketId, entryId: Number(subject.entryId), note: answers.note ?? "" }),
});
