import { accept, refuse } from "../../core/domain/outcome.ts";
import { findNames } from "../find-names.ts";
import { type Form, noSuggestions } from "./form.ts";

/** Looks for names. */
export const nameSearchForm: Form = {
  name: "name-search",
  takesNoFiles: true,
  /** What is written later is no search. */
  goesOnForMinutes: 5,
  plan: async () => ({
    title: "🔎 Cari nama",
    fields: [{ name: "words", kind: "line", maxLength: 120 }],
    wordsFor: () => ({
      label: "Cari",
      ask: "Ketik nama, alamat, kantor, desa, atau nomor surat (contoh: simpeg, 10.10.5.20, atau Dinkes).",
    }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    const found = await findNames(conversation, draft.answers.words ?? "");
    if (found.ok) return accept(undefined);
    return refuse(found.refusal.code, { ...found.refusal.values, field: "words" });
  },
};
