import { addPerson, correctPerson, personFields } from "../../../core/actions/people/manage-people.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import { accept } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "./office-question.ts";

const words: Record<string, { label: string; ask: string }> = {
  name: { label: "Nama", ask: "Nama lengkapnya? Contoh: Siti Aminah." },
  nip: { label: "NIP", ask: "NIP-nya? Contoh: 198503122010012002. Bila bukan ASN, tekan Lewati." },
};

/** A NIP that is skipped is taken away. */
const knownNip = {
  label: "NIP",
  ask: "NIP-nya? Bila sudah benar, tekan Tetap; bila salah, ketik yang benar. Lewati menghapus NIP itu: hanya bila orang ini bukan ASN.",
};

/** Adds somebody to the register, or corrects name and NIP. Its subject: `personId` when it corrects. */
export const personForm: Form = {
  name: "person",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const corrected = draft.subject.personId === undefined ? undefined : Number(draft.subject.personId);
    const person = corrected === undefined ? undefined : await findPerson(db, corrected);
    if (corrected !== undefined && person === undefined) return undefined;
    const present = person === undefined ? {} : presentOf(person);
    const office = await officeQuestion(db, "Dari perangkat daerah mana?");
    return {
      title: person === undefined ? "Tambah orang" : `Perbaiki data ${person.name}`,
      fields: person === undefined ? [...personFields, office.field] : personFields,
      wordsFor: (field) => {
        if (field === "office") return office.words;
        return field === "nip" && present.nip !== undefined ? knownNip : (words[field] ?? { label: field, ask: field });
      },
      hasReview: true,
      present,
      suggestions: noSuggestions,
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

function presentOf({ name, nip }: Person): Answers {
  return nip === null ? { name } : { name, nip };
}
