import { fileTicket } from "../../core/actions/file-ticket.ts";
import { accept } from "../../core/domain/outcome.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { reply } from "../conversation.ts";
import { fieldWords, wordsOf } from "../replies/procedure-words.ts";
import type { Form } from "./form.ts";

/** Files a ticket of one procedure. Its subject: `procedure`. */
export const filingForm: Form = {
  name: "filing",
  plan: async (_db, draft, office) => {
    const procedure = findProcedure(String(draft.subject.procedure));
    const words = wordsOf(procedure);
    return {
      title: words.file,
      fields: procedure.form,
      wordsFor: (field) => fieldWords(words, field),
      hasReview: procedure.isSentAtOnce !== true,
      suggestions: async (_db, field) =>
        field.kind === "line" && field.suggestions === "applications" ? office.applications : [],
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const procedure = String(draft.subject.procedure);
    const filed = await fileTicket(tx, person, setting, { procedure, answers: draft.answers, draftId: draft.id });
    if (!filed.ok) return filed;
    await reply(conversation, { kind: "ticket-card", ticketId: filed.value, news: "filed" });
    return accept(undefined);
  },
};
