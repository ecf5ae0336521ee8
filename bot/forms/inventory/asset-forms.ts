import { addAsset, changeAsset } from "../../../core/actions/inventory/change-asset.ts";
import { findAsset } from "../../../core/db/inventory/assets.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { type AssetKind, assetKinds } from "../../../core/domain/inventory/asset.ts";
import { type AssetField, answersOf, fieldsOf } from "../../../core/domain/inventory/asset-fields.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { assetFieldWords, assetKindWords, maintainerWords } from "../../replies/inventory/asset-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";
import { officeQuestion } from "../people/office-question.ts";

const asks: Record<AssetField | "kind", string> = {
  kind: "Apa jenisnya? Pilih, atau ketik sebagian namanya (contoh: switch).",
  name: "Apa namanya, seperti yang disebut petugas? (contoh: SW-DINKES-1)",
  model: "Apa merek dan modelnya? (contoh: MikroTik CRS326)",
  "serial-number": "Berapa nomor serinya, seperti pada labelnya? (contoh: HF208ABC)",
  "asset-tag": "Berapa nomor inventarisnya? (contoh: 1.3.2.10/0042)",
  location: "Di mana letaknya: gedung, lantai, ruang? (contoh: Ruang server lantai 2)",
  ports: "Berapa port yang dapat dipasangi kabel? (contoh: 24)",
  provider: "Siapa penyedianya? (contoh: PT Telkom Indonesia)",
  "circuit-number": "Berapa nomor sirkit atau nomor pelanggannya? (contoh: 4700001-12345)",
  "bandwidth-mbps": "Berapa bandwidthnya dalam Mbps? (contoh: 200)",
  "ends-on": "Kapan kontraknya berakhir? Hari itu masih termasuk (contoh: 31-12-2027).",
  maintainer: "Siapa yang memeliharanya? Menurut jenisnya berarti seperti pada daftar Diskominfo.",
};

const kindField: Field = { name: "kind", kind: "choice", choices: assetKinds, findsByPart: true };

/** What a kind is asked; before it is chosen only that. */
function fieldsAfter({ kind }: Answers): Field[] {
  const known: AssetKind | undefined = assetKinds.find((each) => each === kind);
  return known === undefined ? [] : fieldsOf(known);
}

function wordsOfField(field: string): FieldWords {
  const name = field as AssetField | "kind";
  const own = { label: assetFieldWords[name], ask: asks[name] };
  if (field === "kind") return { ...own, choices: assetKindWords };
  return field === "maintainer" ? { ...own, choices: maintainerWords } : own;
}

/** What is asked of the kind; what an earlier kind was asked is left out. */
function answersTo({ kind, ...answers }: Answers): { kind: string; answers: Answers } {
  const asked = kind === undefined ? [] : fieldsAfter({ kind }).map(({ name }) => name);
  return {
    kind: kind ?? "",
    answers: Object.fromEntries(Object.entries(answers).filter(([name]) => asked.includes(name))),
  };
}

/** Enters something in the inventory. What follows is its page. */
export const assetForm: Form = {
  name: "asset",
  takesNoFiles: true,
  plan: async (db, { answers }) => {
    const office = await officeQuestion(db, "Milik perangkat daerah mana?");
    return {
      title: "➕ Catat perangkat",
      fields: [kindField, office.field, ...fieldsAfter(answers)],
      wordsFor: (field) => (field === "office" ? office.words : wordsOfField(field)),
      hasReview: true,
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const { office: officeCode = "", ...answers } = draft.answers;
    const added = await addAsset(tx, person, setting, { officeCode, ...answersTo(answers) });
    if (!added.ok) return added;
    await reply(conversation, { kind: "asset", assetId: added.value });
    return accept(undefined);
  },
};

/** Changes what is known of something. Its subject: `assetId`, `version`. It begins at the last look. */
export const assetChangeForm: Form = {
  name: "asset-change",
  takesNoFiles: true,
  plan: async (db, { subject, answers }) => {
    const asset = await findAsset(db, Number(subject.assetId));
    if (asset === undefined) return undefined;
    return {
      title: `✏️ Ubah data ${asset.name}`,
      fields: [kindField, ...fieldsAfter(answers)],
      wordsFor: wordsOfField,
      hasReview: true,
      beginsAtReview: true,
      consequence: "Tekan ✏️ Ubah untuk mengganti satu isian. Setiap perubahan tersimpan dalam riwayatnya.",
      suggestions: noSuggestions,
    };
  },
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const assetId = Number(draft.subject.assetId);
    const version = Number(draft.subject.version);
    const changed = await changeAsset(tx, person, setting, { assetId, version, ...answersTo(draft.answers) });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "asset", assetId });
    return accept(undefined);
  },
};

/** What stands there, as the form asks it. */
export function presentAnswers(asset: Parameters<typeof answersOf>[0]): Answers {
  return { kind: asset.kind, ...answersOf(asset) };
}
