import { accept, type Outcome, refuseAbout } from "../../core/domain/outcome.ts";
import type { Conversation } from "../conversation.ts";
import { type Form, type FormPlan, noSuggestions } from "./form.ts";

/** What a search asks. */
export function askForWords({ ask, maxLength }: { ask: string; maxLength: number }): Omit<FormPlan, "title"> {
  return {
    fields: [{ name: "words", kind: "line", maxLength }],
    wordsFor: () => ({ label: "Cari", ask }),
    hasReview: false,
    suggestions: noSuggestions,
  };
}

/** A form for the words of one search, which shows what it found. */
export function wordsForm({
  name,
  title,
  find,
  ...asked
}: {
  name: string;
  title: string;
  ask: string;
  maxLength: number;
  find: (conversation: Conversation, words: string) => Promise<Outcome>;
}): Form {
  return {
    name,
    takesNoFiles: true,
    // What is written later is no search.
    goesOnForMinutes: 5,
    plan: async () => ({ title, ...askForWords(asked) }),
    submit: async (conversation, draft) => {
      const found = await find(conversation, draft.answers.words ?? "");
      return found.ok ? accept(undefined) : refuseAbout("words", found.refusal);
    },
  };
}
