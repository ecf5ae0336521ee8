import { decideRegistration, rejectionFields } from "../../../core/actions/people/decide-registration.ts";
import { findRegistration } from "../../../core/db/people/registrations.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { type Form, noSuggestions } from "../form.ts";

/** Why somebody who registers is rejected. Its subject: `registrationId`. */
export const rejectionForm: Form = {
  name: "rejection",
  takesNoFiles: true,
  plan: async (db, draft) => {
    const registration = await findRegistration(db, Number(draft.subject.registrationId));
    if (registration === undefined) return undefined;
    return {
      title: `Tolak pendaftaran ${registration.name}`,
      fields: rejectionFields,
      wordsFor: () => ({
        label: "Alasan",
        ask: "Mengapa ditolak? Alasannya dikirim kepada pendaftar (contoh: bukan pegawai kantor ini). Boleh dilewati.",
      }),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async ({ tx, person, setting }, draft) => {
    const { note } = draft.answers;
    const decided = await decideRegistration(tx, person, setting, {
      registrationId: Number(draft.subject.registrationId),
      decision: "rejected",
      ...(note === undefined ? {} : { reason: note }),
    });
    return decided.ok ? accept(undefined) : decided;
  },
};
