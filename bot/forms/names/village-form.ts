import { addVillage } from "../../../core/actions/names/villages.ts";
import { villageFields } from "../../../core/domain/names/name-fields.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

const words: Record<string, FieldWords> = {
  village: { label: "Desa", ask: "Apa nama desanya? (contoh: Aek Tapa)" },
  district: { label: "Kecamatan", ask: "Di kecamatan mana? Pilih, atau ketik sebagian namanya (contoh: Marbau)." },
};

/** Adds a village to the register. What follows is its page. */
export const villageForm: Form = {
  name: "village",
  takesNoFiles: true,
  plan: async (_db, _draft, { districts }) => {
    const choices = Object.fromEntries(districts.map((name) => [name, name]));
    return {
      title: "➕ Tambah desa",
      fields: villageFields(districts),
      wordsFor: (field) => ({
        ...(words[field] ?? { label: field, ask: field }),
        ...(field === "district" ? { choices } : {}),
      }),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const added = await addVillage(tx, person, setting, { answers: draft.answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "village", villageId: added.value });
    return accept(undefined);
  },
};
