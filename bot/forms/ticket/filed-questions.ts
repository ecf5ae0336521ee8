import { findApplicationByStack } from "../../../core/db/hosting/applications.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Filing } from "../../../core/domain/catalogue/catalogue.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { whatApplies } from "../../../core/domain/hosting/what-applies.ts";
import { askForHosting } from "../../replies/hosting/ask-for-hosting.ts";
import type { OfficeWords } from "../../replies/office-words.ts";
import { type FieldWords, fieldWords, wordsOfFiled } from "../../replies/procedure-words.ts";
import { offersOfHosting } from "../hosting/hosting-offers.ts";
import { offeringWords, withOffers } from "../offered-fields.ts";

/** What is asked of who files something, as far as they have answered, and in which words. */
export async function questionsOfFiling(
  { procedure, item, form }: Pick<Filing, "procedure" | "item" | "form">,
  { db, personId, answers, office }: { db: Db; personId: number; answers: Answers; office: OfficeWords },
): Promise<{ fields: Field[]; wordsFor: (field: string) => FieldWords }> {
  const words = wordsOfFiled({ procedure: procedure.name, item }, office.catalogue);
  const known = { ...answers, ...(await runtimeOfNamed(db, answers)) };
  const { fields, answers: applying } = whatApplies(form, known, office.hosting);
  const offers = await offersOfHosting(fields, { db, personId, answers: applying, office });
  return {
    fields: withOffers(fields, offers),
    wordsFor: (field) => {
      const own = { ...fieldWords(words, field), ...askForHosting(field, applying, office.hosting) };
      const offered = offers[field];
      return offered === undefined ? own : offeringWords(own, offered);
    },
  };
}

/** An application that stands has its runtime, which decides what a new version of it is. */
async function runtimeOfNamed(db: Db, answers: Answers): Promise<Answers> {
  const stack = answers["hosted-application"];
  const application = stack === undefined ? undefined : await findApplicationByStack(db, stack);
  return application === undefined ? {} : { runtime: application.runtime };
}
