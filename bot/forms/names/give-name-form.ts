import { assignName, reserveName } from "../../../core/actions/names/give-name.ts";
import { findNameNow, listLookAlikes } from "../../../core/db/names/names.ts";
import { findOfficeByCode } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { groundsFields, reservedUntil } from "../../../core/domain/ipam/grounds.ts";
import { type NameKind, nameKinds } from "../../../core/domain/names/name.ts";
import { freeVillageNames } from "../../../core/domain/names/name-rules.ts";
import { villageLabel, villageNames } from "../../../core/domain/names/village-name.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { nameKindWords } from "../../replies/names/name-words.ts";
import type { OfficeWords } from "../../replies/office-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { targetQuestions, zoneOfKey } from "../monitoring/target-questions.ts";
import { officeQuestion } from "../people/office-question.ts";
import { villageOfKey, villageQuestion } from "./village-question.ts";

const words: Record<string, FieldWords> = {
  kind: { label: "Jenis", ask: "Nama untuk apa?", choices: nameKindWords },
  name: { label: "Untuk", ask: "Dipakai untuk apa? (contoh: Aplikasi kepegawaian)" },
  basis: { label: "Dasar", ask: "Apa dasarnya: nomor tiket atau nomor surat? (contoh: T-0042 atau 555/210/2026)" },
  until: {
    label: "Dipesan sampai",
    ask: "Dipesan sampai hari apa? Hari itu masih termasuk; sesudahnya nama bebas lagi (contoh: 30-11-2026).",
  },
};

type Asked = { fields: Field[]; words: Record<string, FieldWords> };

/** Gives or reserves a name. Its subject: `as`, and `villageId` where it is known. What follows is the name's page. */
export const giveNameForm: Form = {
  name: "give-name",
  takesNoFiles: true,
  plan: async (db, { subject, answers }, office) => {
    const isReserved = subject.as === "reserved";
    const kind: Field = { name: "kind", kind: "choice", choices: nameKinds };
    const named =
      answers.kind === "village" ? await askVillage(db, answers, office) : await askOffice(db, answers, office);
    const similar = await askSimilar(db, answers);
    const target = await targetQuestions(db, answers, { domain: office.names.domain, mayWait: true });
    const own: Record<string, FieldWords> = { ...words, ...named.words, ...similar.words, ...target.words };
    return {
      title: isReserved ? "🔖 Pesan nama domain" : "➕ Berikan nama domain",
      fields: [
        ...[kind, ...(answers.kind === undefined ? [] : named.fields), ...similar.fields],
        ...[...groundsFields, ...target.fields, ...(isReserved ? [reservedUntil] : [])],
      ],
      wordsFor: (field) => own[field] ?? { label: field, ask: field },
      hasReview: true,
      suggestions: answers.kind === "office" ? suggestOfOffice(answers) : noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { kind, office, village, zone, similar, "domain-name": name = "", ...answers } = draft.answers;
    const give = draft.subject.as === "reserved" ? reserveName : assignName;
    const given = await give(tx, person, setting, {
      ...{ name, kind: kind as NameKind, answers, acceptsLookAlikes: similar === "sure", zoneId: zoneOfKey(zone) },
      officeId: kind === "village" ? null : (await findOfficeByCode(tx, office ?? "")).id,
      villageId: kind === "village" ? villageOfKey(village) : null,
    });
    if (!given.ok) return given;
    await reply(conversation, { kind: "name", name: given.value.name, page: 0 });
    return accept(undefined);
  },
};

async function askOffice(db: Db, answers: Answers, { names: { domain } }: OfficeWords): Promise<Asked> {
  const office = await officeQuestion(db, "Untuk perangkat daerah mana?");
  const example = answers.kind === "office" ? "dinkes" : "simpeg";
  return {
    fields: [office.field, { name: "domain-name", kind: "dns-name", mayBeReserved: true }],
    words: {
      office: office.words,
      "domain-name": {
        label: "Nama",
        ask: `Nama apa di bawah ${domain}? (contoh: ${example}, atau lengkap: ${example}.${domain})`,
      },
    },
  };
}

/** source: L V: the plain name, or, where it is registered already, the one with the regency's short name */
async function askVillage(db: Db, { village }: Answers, { names: rules }: OfficeWords): Promise<Asked> {
  const question = await villageQuestion(db);
  const chosen = question.all.find(({ id }) => id === villageOfKey(village));
  const names = chosen && villageNames(chosen.name, rules.villageSuffix);
  if (!names?.ok) return { fields: [question.field], words: { village: question.words } };
  const { plain, fallback } = names.value;
  const taken = await Promise.all([plain, fallback].map((name) => findNameNow(db, name)));
  const free = freeVillageNames(names.value, (name) => taken.some((each) => each?.name === name));
  const choices = free.length > 0 ? free : [plain, fallback];
  return {
    fields: [question.field, { name: "domain-name", kind: "choice", choices, dependsOn: ["village"] }],
    words: {
      village: question.words,
      "domain-name": {
        label: "Nama",
        ask: `Nama yang mana? ${fallback} hanya bila ${plain} sudah didaftarkan pihak lain.`,
        choices: Object.fromEntries(choices.map((name) => [name, name])),
      },
    },
  };
}

/** A name that looks like another is given to who says so. */
async function askSimilar(db: Db, { "domain-name": name }: Answers): Promise<Asked> {
  const [other] = name === undefined ? [] : await listLookAlikes(db, name);
  if (other === undefined) return { fields: [], words: {} };
  return {
    fields: [{ name: "similar", kind: "choice", choices: ["sure"], dependsOn: ["domain-name"] }],
    words: {
      similar: {
        label: "Mirip nama lain",
        ask: `${name} mirip dengan ${other}, jadi mudah tertukar. Tetap pakai? Untuk nama lain, tekan Kembali.`,
        choices: { sure: "Ya, tetap pakai" },
      },
    },
  };
}

/** Of its code: "Dinkes" is dinkes. */
function suggestOfOffice({ office }: Answers) {
  return async (_db: Db, field: Field): Promise<string[]> => {
    const label = field.name === "domain-name" && office !== undefined ? villageLabel(office) : undefined;
    return label?.ok ? [label.value] : [];
  };
}
