import { accept, refuse } from "../../core/domain/outcome.ts";
import { findCablesBy } from "../find-cables.ts";
import { type Form, noSuggestions } from "./form.ts";

/** Looks for cables and for devices with ports. */
export const cableSearchForm: Form = {
  name: "cable-search",
  takesNoFiles: true,
  /** What is written later is no search. */
  goesOnForMinutes: 5,
  plan: async () => ({
    title: "🔎 Cari kabel",
    fields: [{ name: "words", kind: "line", maxLength: 120 }],
    wordsFor: () => ({
      label: "Cari",
      ask: "Ketik kode pada label atau sebagian darinya, nomor kabel, nama perangkat, atau nomor tiket (contoh: DC.A2.20, K-0042, SW-A2, atau T-0042).",
    }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    const found = await findCablesBy(conversation, draft.answers.words ?? "");
    if (found.ok) return accept(undefined);
    return refuse(found.refusal.code, { ...found.refusal.values, field: "words" });
  },
};
