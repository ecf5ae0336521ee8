import { correctAddress } from "../../../core/actions/ipam/correct-address.ts";
import { findListedRange, type ListedRange } from "../../../core/db/ipam/address-lists.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { groundsFields } from "../../../core/domain/ipam/grounds.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { basisOf, spanOf } from "../../replies/ipam/address-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";
import { groundsWords } from "./grounds-words.ts";

/** Corrects for whom and why an address is given. Its subject: `rangeId`. It begins at its last look, with what is written now. */
export const correctAddressForm: Form = {
  name: "correct-address",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const range = await findListedRange(db, Number(subject.rangeId));
    if (range === undefined || range.endedAt !== null) return undefined;
    const office = await officeQuestion(db, "Untuk perangkat daerah mana?");
    return {
      title: `✏️ Perbaiki keterangan ${spanOf(range)}`,
      fields: [office.field, ...groundsFields],
      wordsFor: (field) => (field === "office" ? office.words : (groundsWords[field] ?? { label: field, ask: field })),
      hasReview: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { office = "", ...answers } = draft.answers;
    const { id: officeId } = await findOfficeByCode(tx, office);
    const rangeId = Number(draft.subject.rangeId);
    const corrected = await correctAddress(tx, person, setting, { rangeId, officeId, answers });
    if (!corrected.ok) return corrected;
    const range = await findListedRange(tx, corrected.value);
    if (range !== undefined) {
      const { zoneId, first: address } = range;
      await reply(conversation, { kind: "address", zoneId, address, page: 0 });
    }
    return accept(undefined);
  },
};

/** What is written of an address now. */
export function writtenOf(range: ListedRange): Answers {
  return { office: range.officeCode ?? "", name: range.name ?? "", basis: basisOf(range) ?? "" };
}
