import { askForPoster } from "../../../core/actions/people/posters.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "./office-question.ts";

/** The poster of which office? */
export const posterForm: Form = {
  name: "poster",
  takesNoFiles: true,
  plan: async (db) => {
    const { field, words } = await officeQuestion(db, "Poster untuk perangkat daerah mana?");
    return {
      title: "🖼 Poster pendaftaran",
      fields: [field],
      wordsFor: () => words,
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting, office } = conversation;
    const { id: officeId } = await findOfficeByCode(tx, draft.answers.office ?? "");
    const { regency, botUsername } = office;
    const asked = await askForPoster(tx, person, setting, { officeId, regency, botUsername });
    if (!asked.ok) return asked;
    await reply(conversation, { kind: "poster", officeId });
    return accept("poster-asked");
  },
};
