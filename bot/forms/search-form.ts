import { accept } from "../../core/domain/outcome.ts";
import { reply } from "../conversation.ts";
import { type Form, noSuggestions } from "./form.ts";

/** Looks for somebody in the people register. */
export const searchForm: Form = {
  name: "search",
  takesNoFiles: true,
  plan: async () => ({
    title: "Cari orang",
    fields: [{ name: "search", kind: "line", maxLength: 50 }],
    wordsFor: () => ({ label: "Cari", ask: "Ketik sebagian nama atau NIP (contoh: Siti)." }),
    hasReview: false,
    suggestions: noSuggestions,
  }),
  submit: async (conversation, draft) => {
    await reply(conversation, { kind: "people", search: draft.answers.search ?? "", page: 0 });
    return accept(undefined);
  },
};
