import { refuse } from "../../../core/domain/outcome.ts";
import { type Form, noSuggestions } from "../form.ts";

/**
 * Words or files that came without a form. They wait as a draft until the person says what they are: a new ticket, or
 * something for an open one. Its one question is answered by buttons only.
 */
export const unsortedForm: Form = {
  name: "unsorted",
  goesOnForMinutes: 10,
  plan: async () => ({
    title: "Pesan Anda",
    fields: [],
    wordsFor: (field) => ({ label: field, ask: field }),
    hasReview: true,
    suggestions: noSuggestions,
  }),
  submit: async () => refuse("not-a-choice"),
};
