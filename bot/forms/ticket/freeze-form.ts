import { changeFreeze, type FreezeChange, freezeFields } from "../../../core/actions/ticket/freeze.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { type Form, noSuggestions } from "../form.ts";

const words: Record<FreezeChange, { title: string; ask: string; consequence: string }> = {
  set: {
    title: "🧊 Bekukan persetujuan",
    ask: "Mengapa persetujuan dibekukan? Semua petugas membaca alasannya (contoh: serangan siber sedang ditangani).",
    consequence:
      "Tidak ada yang disetujui sampai pimpinan mencabut pembekuan; menolak tetap bisa. Batas waktu persetujuan ikut berhenti. Semua petugas diberi tahu.",
  },
  lifted: {
    title: "☀️ Cabut pembekuan",
    ask: "Mengapa pembekuan dicabut? Semua petugas membaca alasannya (contoh: serangan sudah selesai ditangani).",
    consequence: "Persetujuan berjalan lagi. Semua petugas diberi tahu.",
  },
};

/** Sets or lifts the freeze. Its subject: `change`. */
export const freezeForm: Form = {
  name: "freeze",
  takesNoFiles: true,
  plan: async (_db, { subject }) => {
    const { title, ask, consequence } = words[changeOf(subject)];
    return {
      title,
      fields: freezeFields,
      wordsFor: () => ({ label: "Alasan", ask }),
      hasReview: true,
      consequence,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { answers } = draft;
    const done = await changeFreeze(tx, person, setting, { change: changeOf(draft.subject), answers });
    if (!done.ok) return done;
    await reply(conversation, { kind: "menu" });
    return accept(undefined);
  },
};

function changeOf({ change }: Record<string, string | number>): FreezeChange {
  return change === "lifted" ? "lifted" : "set";
}
