import { accept } from "../../core/domain/outcome.ts";
import { longestSearch } from "../../core/domain/ticket/search.ts";
import { findTickets } from "../find-tickets.ts";
import { type Form, noSuggestions } from "./form.ts";

/** Looks for tickets by number and words. */
export const ticketSearchForm: Form = {
  name: "ticket-search",
  takesNoFiles: true,
  /** What is written later is no search. */
  goesOnForMinutes: 5,
  plan: async () => ({
    title: "🔎 Cari tiket",
    fields: [{ name: "words", kind: "line", maxLength: longestSearch }],
    wordsFor: () => ({
      label: "Cari",
      ask: "Ketik nomor tiket atau kata yang dicari: aplikasi, kantor, nama pemohon, atau isi catatan (contoh: SIMPEG Dinkes).",
    }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    const found = await findTickets(conversation, draft.answers.words ?? "");
    if (found.ok) return accept(undefined);
    return { ok: false, refusal: { ...found.refusal, values: { ...found.refusal.values, field: "words" } } };
  },
};
