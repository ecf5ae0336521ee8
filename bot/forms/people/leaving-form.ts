import { deactivatePerson, leavingFields } from "../../../core/actions/people/move-person.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

/** Takes somebody out of the register. Its subject: `personId`. */
export const leavingForm: Form = {
  name: "leaving",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const person = await findPerson(db, Number(draft.subject.personId));
    if (person === undefined) return undefined;
    return {
      title: `🚪 Nonaktifkan ${person.name}`,
      fields: leavingFields,
      wordsFor: () => ({
        label: "Alasan",
        ask: "Mengapa orang ini dinonaktifkan (contoh: pensiun per 1 Desember)? Boleh dilewati.",
      }),
      hasReview: true,
      consequence:
        "Semua perannya berakhir, akun Telegram diputuskan, isiannya dibuang, dan pekerjaannya kembali ke tim. Tiket yang dilaporkannya tetap milik kantornya.",
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const personId = Number(draft.subject.personId);
    const left = await deactivatePerson(tx, person, setting, { personId, answers: draft.answers });
    if (!left.ok) return left;
    await reply(conversation, { kind: "person", personId });
    return accept(undefined);
  },
};
