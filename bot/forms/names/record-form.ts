import { addRecord } from "../../../core/actions/names/dns-records.ts";
import { type RecordType, recordFields, recordTypes } from "../../../core/domain/names/record.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";

/** Adds a record of mail or a text to the main domain. What follows is the list of them. */
export const recordForm: Form = {
  name: "dns-record",
  takesNoFiles: true,
  plan: async (_db, { answers }, { names: { domain } }) => {
    const type = recordTypes.find((each) => each === answers.type);
    const words = wordsOf(domain, type);
    return {
      title: "➕ Tambah catatan MX atau TXT",
      fields: recordFields(type),
      wordsFor: (field) => words[field] ?? { label: field, ask: field },
      hasReview: true,
      suggestions: async (_, field) => (field.name === "owner" ? [domain] : []),
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const added = await addRecord(tx, person, setting, { answers: draft.answers });
    if (!added.ok) return added;
    await reply(conversation, { kind: "dns-records", page: 0 });
    return accept(undefined);
  },
};

function wordsOf(domain: string, type: RecordType | undefined): Record<string, FieldWords> {
  return {
    owner: { label: "Nama", ask: `Untuk nama apa? (contoh: ${domain} atau _dmarc.${domain})` },
    type: {
      label: "Jenis",
      ask: "Catatan apa?",
      choices: { MX: "MX: server e-mail", TXT: "TXT: teks, misalnya SPF atau DKIM" },
    },
    preference: { label: "Prioritas", ask: "Prioritasnya berapa? Yang terkecil didahulukan (contoh: 10)." },
    value:
      type === "MX"
        ? { label: "Server", ask: `Apa nama server e-mailnya? (contoh: mail.${domain})` }
        : { label: "Isi", ask: "Apa isi teksnya? (contoh: v=spf1 mx -all)" },
  };
}
