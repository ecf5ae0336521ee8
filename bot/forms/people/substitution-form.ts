import { setSubstitute } from "../../../core/actions/people/substitutions.ts";
import { listAccounts } from "../../../core/db/people/accounts.ts";
import { findPerson, listPeopleOfOffice } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { accept, refuse } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { substitutionFields } from "../../../core/domain/people/substitution-rules.ts";
import { reply } from "../../conversation.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

/** As many as an office plausibly has. */
const manyPeople = 500;

const words: Record<string, FieldWords> = {
  "substitution-kind": {
    label: "Sebagai",
    ask: "Sebagai apa? Plh. bila pejabatnya berhalangan beberapa hari; Plt. bila jabatannya kosong atau ditinggal lama.",
    choices: { plh: "Plh. (pelaksana harian)", plt: "Plt. (pelaksana tugas)" },
  },
  "from-day": {
    label: "Mulai",
    ask: "Mulai hari apa (pukul 00.00)? Pilih, atau ketik tanggalnya, contoh: 30-11-2026.",
  },
  "until-day": {
    label: "Sampai",
    ask: "Sampai hari apa (pukul 24.00)? Hari itu masih termasuk. Pilih, atau ketik tanggalnya, contoh: 30-11-2026.",
  },
  decree: {
    label: "Nomor SK atau surat perintah",
    ask: "Nomor SK atau surat perintahnya? Contoh: 821.2/123/BKD/2026.",
  },
};

/** Names a substitute, or proposes one. Its subject: `forPersonId`. */
export const substitutionForm: Form = {
  name: "substitution",
  takesNoFiles: true,
  plan: async (db, { subject, personId }) => {
    const holder = await findPerson(db, Number(subject.forPersonId));
    if (holder === undefined) return undefined;
    const candidates = await listCandidates(db, holder);
    const choices = Object.fromEntries(candidates.map(({ id, name }) => [String(id), name]));
    const isOwn = personId === holder.id;
    return {
      title: `🪪 Plh./Plt. untuk ${holder.name}`,
      fields: [
        { name: "substitute", kind: "choice", choices: Object.keys(choices), findsByPart: true },
        ...substitutionFields,
      ],
      wordsFor: (field) => {
        if (field !== "substitute") return words[field] ?? { label: field, ask: field };
        const ask = "Siapa yang ditunjuk? Pilih, atau ketik sebagian namanya (contoh: Siti).";
        return { label: "Yang ditunjuk", ask, choices };
      },
      hasReview: true,
      consequence: `Selama tanggal itu, orang ini memutuskan persetujuan atas nama jabatan.${isOwn ? "" : " Usulan ini perlu persetujuan administrator kedua."}`,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { substitute, ...answers } = draft.answers;
    const forPersonId = Number(draft.subject.forPersonId);
    const done = await setSubstitute(tx, person, setting, { forPersonId, personId: Number(substitute), answers });
    if (!done.ok) return done;
    await reply(conversation, { kind: "substitutions", forPersonId });
    return accept(done.value === "proposed" ? "substitution-proposed" : undefined);
  },
};

export async function refusalOfNaming(db: Db, holder: Person) {
  return (await listCandidates(db, holder)).length === 0 ? refuse("nobody-to-substitute").refusal : undefined;
}

/** Colleagues of the same office who are linked, and no administrators. */
async function listCandidates(db: Db, holder: Person): Promise<Person[]> {
  const all = await listPeopleOfOffice(db, holder.officeId, "", manyPeople);
  const accounts = await listAccounts(
    db,
    all.map(({ id }) => id),
  );
  const linked = new Set(accounts.map(({ personId }) => personId));
  return all.filter(({ id, roles }) => id !== holder.id && linked.has(id) && !roles.includes("administrator"));
}
