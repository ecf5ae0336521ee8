import { addPrefix, changePrefix } from "../../../core/actions/ipam/prefixes.ts";
import { findPrefix, listZones } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { rangeName } from "../../../core/domain/ipam/grounds.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import { prefixFields } from "../../../core/domain/ipam/prefix-fields.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

/** What the first zone is called, where nobody needs another. */
const firstZone = "Utama";

const words: Record<string, FieldWords> = {
  zone: {
    label: "Zona",
    ask: "Di zona mana? Pilih, atau ketik nama zona baru (contoh: Cabang). Alamat yang sama boleh ada di zona yang berbeda.",
  },
  network: { label: "Prefix", ask: "Apa prefixnya, dengan panjangnya? (contoh: 10.10.5.0/24 atau 2001:db8::/64)" },
  name: { label: "Nama", ask: "Untuk apa prefix ini? (contoh: LAN Dinkes)" },
};

/** Adds a prefix. What follows is its page. */
export const prefixForm: Form = {
  name: "prefix",
  takesNoFiles: true,
  plan: async () => ({
    title: "➕ Tambah prefix",
    fields: prefixFields,
    wordsFor: (field) => words[field] ?? { label: field, ask: field },
    hasReview: false,
    suggestions: suggestZones,
  }),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const added = await addPrefix(tx, person, setting, { answers: draft.answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "prefix", prefixId: added.value, page: 0 });
    return accept(undefined);
  },
};

async function suggestZones(db: Db, field: Field): Promise<string[]> {
  if (field.name !== "zone") return [];
  const names = (await listZones(db)).map(({ name }) => name);
  return names.length === 0 ? [firstZone] : names;
}

/** Gives a prefix another name. Its subject: `prefixId`. */
export const renamePrefixForm: Form = {
  name: "prefix-name",
  takesNoFiles: true,
  plan: async (db, { subject }) => {
    const prefix = await findPrefix(db, Number(subject.prefixId));
    if (prefix === undefined || prefix.isRemoved) return undefined;
    return {
      title: `✏️ Ubah nama ${showPrefix(prefix)}`,
      fields: [rangeName],
      wordsFor: () => words.name ?? { label: "name", ask: "name" },
      hasReview: false,
      present: { name: prefix.name },
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const prefixId = Number(draft.subject.prefixId);
    const changed = await changePrefix(tx, person, setting, { prefixId, answers: draft.answers });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "prefix", prefixId, page: 0 });
    return accept(undefined);
  },
};
