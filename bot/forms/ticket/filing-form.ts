import { checkAsked } from "../../../core/actions/hosting/check-change.ts";
import { checkWishes } from "../../../core/actions/hosting/check-wishes.ts";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import type { Draft } from "../../../core/db/ticket/drafts.ts";
import { findFiling, type Wanted } from "../../../core/domain/catalogue/catalogue.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { wordsOfFiled } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";
import { questionsOfFiling } from "./filed-questions.ts";
import { warnOfTrouble } from "./warn-of-trouble.ts";

/** Files a ticket of one procedure, or of one entry of the catalogue. Its subject: `procedure` or `item`. */
export const filingForm: Form = {
  name: "filing",
  plan: async (db, draft, office) => {
    const { applications, catalogue } = office;
    const filing = findFiling(wantedBy(draft.subject), catalogue);
    if (filing === undefined) return undefined;
    const { procedure, item } = filing;
    const { file } = wordsOfFiled({ procedure: procedure.name, item }, catalogue);
    const { personId, answers } = draft;
    return {
      title: item === null ? file : `Ajukan permintaan: ${filing.subjectOf({})}`,
      ...(await questionsOfFiling(filing, { db, personId, answers, office })),
      hasReview: procedure.isSentAtOnce !== true,
      suggestions: async (_db, field) =>
        field.kind === "line" && field.suggestions === "applications" ? applications : [],
    };
  },
  warning: warnOfTrouble,
  check: async ({ tx, person, setting }, { subject, answers }) => {
    const filing = findFiling(wantedBy(subject), setting.rules.catalogue);
    if (filing === undefined) return accept();
    const asked = { procedure: filing.procedure.name, answers };
    const possible = await checkAsked(tx, setting, person, asked);
    return possible.ok ? checkWishes(tx, setting, asked) : possible;
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const wanted = wantedBy(draft.subject);
    // What the entry asked when the form was begun and asks no more is left out.
    const form = findFiling(wanted, setting.rules.catalogue)?.form ?? [];
    const asked = form.flatMap(({ name }) => (draft.answers[name] === undefined ? [] : [[name, draft.answers[name]]]));
    const filed = await fileTicket(tx, person, setting, {
      ...wanted,
      answers: Object.fromEntries(asked) as Answers,
      draftId: draft.id,
    });
    if (!filed.ok) return filed;
    await reply(conversation, { kind: "ticket-card", ticketId: filed.value, news: "filed" });
    return accept(undefined);
  },
};

/** Of a button that names a procedure or an entry. */
export function subjectOfFiling({
  procedure,
  item,
}: {
  procedure?: string | undefined;
  item?: string | undefined;
}): Draft["subject"] {
  return item === undefined ? { procedure: procedure ?? "" } : { item };
}

function wantedBy({ procedure, item }: Draft["subject"]): Wanted {
  return item === undefined ? { procedure: String(procedure) } : { item: String(item) };
}
