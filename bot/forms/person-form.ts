import { addPerson, correctPerson, personFields } from "../../core/actions/manage-people.ts";
import { findOfficeByCode } from "../../core/db/offices.ts";
import { findPerson } from "../../core/db/people.ts";
import { accept } from "../../core/domain/outcome.ts";
import { reply } from "../conversation.ts";
import type { Form } from "./form.ts";
import { officeQuestion } from "./office-question.ts";

const words: Record<string, { label: string; ask: string }> = {
  name: { label: "Nama", ask: "Nama lengkapnya?" },
  nip: { label: "NIP", ask: "NIP-nya? Bila bukan ASN, tekan Lewati." },
};

/** Adds somebody to the register, or corrects name and NIP. Its subject: `personId` when it corrects. */
export const personForm: Form = {
  name: "person",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const corrected = draft.subject.personId === undefined ? undefined : Number(draft.subject.personId);
    const person = corrected === undefined ? undefined : await findPerson(db, corrected);
    if (corrected !== undefined && person === undefined) return undefined;
    const office = await officeQuestion(db, "Dari perangkat daerah mana?");
    return {
      title: person === undefined ? "Tambah orang" : `Perbaiki data ${person.name}`,
      fields: person === undefined ? [...personFields, office.field] : personFields,
      wordsFor: (field) => (field === "office" ? office.words : (words[field] ?? { label: field, ask: field })),
      hasReview: true,
      // A correction keeps what is right by a press; a NIP that is skipped would be taken away.
      suggestions: async (_db, { name }) => {
        const present = name === "name" || name === "nip" ? person?.[name] : undefined;
        return present == null ? [] : [present];
      },
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { office, ...answers } = draft.answers;
    if (draft.subject.personId !== undefined) {
      const personId = Number(draft.subject.personId);
      const corrected = await correctPerson(tx, person, setting, { personId, answers });
      if (!corrected.ok) return corrected;
      await reply(conversation, { kind: "person", personId });
      return accept(undefined);
    }
    const { id: officeId } = await findOfficeByCode(tx, office ?? "");
    const added = await addPerson(tx, person, setting, { officeId, answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "person", personId: added.value });
    return accept(undefined);
  },
};
