import { transferPerson } from "../../../core/actions/people/move-person.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "./office-question.ts";

/** Moves somebody to another office. Its subject: `personId`. */
export const transferForm: Form = {
  name: "transfer",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const person = await findPerson(db, Number(draft.subject.personId));
    if (person === undefined) return undefined;
    const { field, words } = await officeQuestion(db, `${person.name} pindah ke perangkat daerah mana?`);
    return {
      title: `🏢 Pindah kantor: ${person.name}`,
      fields: [field],
      wordsFor: () => words,
      hasReview: true,
      consequence:
        "Semua peran selain pengguna berakhir dan pekerjaannya kembali ke tim. Tiket yang dilaporkannya tetap milik kantor lama. Akun Telegram tetap terhubung.",
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const personId = Number(draft.subject.personId);
    const { id: officeId } = await findOfficeByCode(tx, draft.answers.office ?? "");
    const moved = await transferPerson(tx, person, setting, { personId, officeId });
    if (!moved.ok) return moved;
    await reply(conversation, { kind: "person", personId });
    return accept(undefined);
  },
};
