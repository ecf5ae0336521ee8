import { accept, refuse } from "../../core/domain/outcome.ts";
import { findAddresses } from "../find-addresses.ts";
import { type Form, noSuggestions } from "./form.ts";

/** Looks for addresses and prefixes. */
export const addressSearchForm: Form = {
  name: "address-search",
  takesNoFiles: true,
  /** What is written later is no search. */
  goesOnForMinutes: 5,
  plan: async () => ({
    title: "🔎 Cari alamat",
    fields: [{ name: "words", kind: "line", maxLength: 80 }],
    wordsFor: () => ({
      label: "Cari",
      ask: "Ketik alamat, prefix, nama, nomor surat, atau kantor (contoh: 10.10.5.20, SIMPEG, atau Dinkes).",
    }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    const found = await findAddresses(conversation, draft.answers.words ?? "");
    if (found.ok) return accept(undefined);
    return refuse(found.refusal.code, { ...found.refusal.values, field: "words" });
  },
};
