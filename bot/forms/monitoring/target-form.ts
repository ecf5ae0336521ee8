import { addTarget, changeTarget, refusalOfName } from "../../../core/actions/monitoring/targets.ts";
import { findTarget, listTargets, type StoredTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { findOffice, listOffices } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Answers, Field } from "../../../core/domain/form/field.ts";
import { publicKindOf } from "../../../core/domain/monitoring/public-status.ts";
import type { TargetKind } from "../../../core/domain/monitoring/target.ts";
import {
  agreedPercents,
  answersOfTarget,
  changeFieldsOf,
  targetFieldsOf,
  targetKinds,
} from "../../../core/domain/monitoring/target-values.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { type Conversation, reply } from "../../conversation.ts";
import { inheritedWords } from "../../replies/monitoring/inherited-words.ts";
import { kindWords, linkKindWords } from "../../replies/monitoring/monitor-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import type { Form } from "../form.ts";

/** The answers that mean nobody's in particular, and nothing. */
const everybodys = "bersama";
const nothing = "0";

const words: Record<string, FieldWords> = {
  place: {
    label: "Tempat",
    ask: "Di mana kantor itu? Tulis alamat atau petunjuknya (contoh: Jl. Lintas Sumatera No. 12, Aek Kanopan, lantai 2).",
  },
  contact: {
    label: "Kontak di kantor itu",
    ask: "Siapa yang dapat ditanya apakah listrik padam, dengan nomor teleponnya? Orang kantor itu dapat ditanya lewat Telegram (contoh: Rina, 0812-3456-7890)",
  },
  "link-kind": { label: "Jenis link", ask: "Link apa ini?", choices: linkKindWords },
  provider: { label: "Penyedia", ask: "Siapa penyedianya? (contoh: PT Telkom Indonesia)" },
  "circuit-number": { label: "Nomor sirkit", ask: "Berapa nomor sirkitnya? (contoh: 4700001-12345)" },
  "bandwidth-mbps": { label: "Bandwidth (Mbps)", ask: "Berapa bandwidthnya dalam Mbps? (contoh: 200)" },
  "ends-on": { label: "Akhir kontrak", ask: "Kapan kontraknya berakhir? (contoh: 31-12-2027)" },
  "noc-phone": { label: "Telepon NOC", ask: "Berapa nomor telepon NOC penyedianya? (contoh: 1500250)" },
  interval: {
    label: "Selang (detik)",
    ask: "Diperiksa tiap berapa detik? Lewati untuk mengikuti yang di depannya, atau profil (contoh: 30).",
  },
  "agreed-percent": {
    label: "Target ketersediaan",
    ask: "Berapa persen ketersediaan sebulan menurut perjanjian? Lewati untuk mengikuti yang di depannya, atau profil (contoh: 99,7%).",
  },
  public: {
    label: "Tampilkan di halaman publik",
    ask: "Bolehkah keadaannya tampil di halaman /status yang dilihat siapa saja? Lewati untuk ya (contoh: tidak, untuk yang hanya urusan Dinas).",
    choices: { yes: "Ya", no: "Tidak" },
  },
  "loss-percent": {
    label: "Batas hilang (%)",
    ask: "Mulai berapa persen hilang keadaannya disebut menurun? Lewati untuk mengikuti yang di depannya, atau profil (contoh: 20).",
  },
  "latency-ms": {
    label: "Batas latensi (ms)",
    ask: "Mulai berapa milidetik keadaannya disebut menurun? Lewati untuk mengikuti yang di depannya, atau profil (contoh: 700 untuk satelit).",
  },
  misses: {
    label: "Terputus setelah",
    ask: "Berapa kali berturut-turut tidak menjawab sampai disebut terputus? Lewati untuk mengikuti yang di depannya, atau profil (contoh: 3).",
  },
};

const nameExamples: Record<TargetKind, string> = {
  site: "Kantor Dinkes",
  link: "Link Dinkes Telkom",
  device: "SW-DINKES-1",
  application: "SIMPEG",
  job: "Backup SIMPEG",
};

function wordsOf(field: string, kind: TargetKind | undefined): FieldWords {
  const example = nameExamples[kind ?? "link"];
  if (field === "name")
    return { label: "Nama", ask: `Apa namanya, seperti yang disebut petugas? (contoh: ${example})` };
  return words[field] ?? { label: field, ask: field };
}

async function suggestPercents(_db: Db, { name }: Field): Promise<readonly string[]> {
  return name === "agreed-percent" ? agreedPercents : [];
}

/** A job is watched by what it calls, which is a page. */
function kindField({ hasPages }: Conversation["office"]): Field {
  return { name: "kind", kind: "choice", choices: targetKinds.filter((kind) => hasPages || kind !== "job") };
}
const kindQuestion: FieldWords = {
  label: "Jenis",
  ask: "Apa yang dipantau?",
  choices: Object.fromEntries(targetKinds.map((kind) => [kind, `${kindWords[kind].icon} ${kindWords[kind].label}`])),
};

/** Whose it is, and what it lies behind. */
async function placeQuestions(db: Db, own?: StoredTarget): Promise<{ field: Field; words: FieldWords }[]> {
  const offices = Object.fromEntries((await listOffices(db)).map(({ code, name }) => [code, name]));
  const targets = (await listTargets(db)).filter(({ id }) => id !== own?.id);
  const parents = Object.fromEntries(
    targets.map(({ id, kind, name }) => [String(id), `${kindWords[kind].icon} ${name}`]),
  );
  return [
    {
      field: { name: "office", kind: "choice", choices: [everybodys, ...Object.keys(offices)], findsByPart: true },
      words: {
        label: "Perangkat daerah",
        ask: "Milik perangkat daerah mana? Pilih, atau ketik sebagian namanya (contoh: Dinkes).",
        choices: { [everybodys]: "Milik bersama", ...offices },
      },
    },
    {
      field: { name: "parent", kind: "choice", choices: [nothing, ...Object.keys(parents)], findsByPart: true },
      words: {
        label: "Di belakang",
        ask: "Ini berada di belakang apa? Bila yang itu terputus, ini ikut terputus (contoh: Trunk Utara).",
        choices: { [nothing]: "Tidak di belakang apa pun", ...parents },
      },
    },
  ];
}

function kindOf({ kind }: Answers): TargetKind | undefined {
  return targetKinds.find((each) => each === kind);
}

/** null: it lies behind nothing */
function parentIn({ parent = nothing }: Answers): number | null {
  return parent === nothing ? null : Number(parent);
}

/** @param fields what is asked; what an earlier kind was asked is left out */
function inputOf({ office, parent = nothing, ...answers }: Answers, fields: readonly Field[]) {
  const asked = fields.map(({ name }) => name);
  return {
    officeCode: office === undefined || office === everybodys ? null : office,
    parentId: parentIn({ parent }),
    answers: Object.fromEntries(Object.entries(answers).filter(([name]) => asked.includes(name))),
  };
}

/** Where the profile shows nothing of that kind, there is nothing to keep off the public page. */
function shownOf(fields: readonly Field[], kind: TargetKind, { monitoring }: Conversation["office"]): readonly Field[] {
  const as = publicKindOf(kind);
  const isShown = as !== undefined && monitoring.publicPage.includes(as);
  return isShown ? fields : fields.filter(({ name }) => name !== "public");
}

/** Puts something under watch. What follows are the ways of watching it. Its subject: `assetId`, where it was begun at a device's page. */
export const targetForm: Form = {
  name: "target",
  takesNoFiles: true,
  plan: async (db, { answers }, office) => {
    const place = await placeQuestions(db);
    const kind = kindOf(answers);
    const asked = new Map(place.map((each) => [each.field.name, each.words]));
    return {
      title: "➕ Pantau sesuatu",
      fields: [
        kindField(office),
        ...place.map(({ field }) => field),
        ...(kind === undefined ? [] : shownOf(targetFieldsOf(kind), kind, office)),
      ],
      wordsFor: (field) => (field === "kind" ? kindQuestion : (asked.get(field) ?? wordsOf(field, kind))),
      hasReview: true,
      suggestions: suggestPercents,
    };
  },
  check: ({ tx }, { answers }) => refusalOfName(tx, answers),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const kind = kindOf(draft.answers) ?? "site";
    const { assetId } = draft.subject;
    const added = await addTarget(tx, person, setting, {
      ...{ kind, ...inputOf(draft.answers, targetFieldsOf(kind)) },
      assetId: assetId === undefined ? undefined : Number(assetId),
    });
    if (!added.ok) return added;
    await reply(conversation, { kind: "target-checks", targetId: added.value });
    return accept(undefined);
  },
};

/** Changes what is known of a target. Its subject: `targetId`, `version`. It begins at the last look. */
export const targetChangeForm: Form = {
  name: "target-change",
  takesNoFiles: true,
  plan: async (db, { subject, answers }, office) => {
    const target = await findTarget(db, Number(subject.targetId));
    if (target === undefined) return undefined;
    const place = await placeQuestions(db, target);
    const asked = new Map(place.map((each) => [each.field.name, each.words]));
    return {
      title: `✏️ Ubah ${target.name}`,
      fields: [...place.map(({ field }) => field), ...shownOf(changeFieldsOf(target.kind), target.kind, office)],
      wordsFor: (field) => asked.get(field) ?? wordsOf(field, target.kind),
      hasReview: true,
      beginsAtReview: true,
      inherited: await inheritedWords(db, parentIn(answers), office.monitoring.policy),
      consequence: "Tekan ✏️ Ubah untuk mengganti satu isian.",
      suggestions: suggestPercents,
    };
  },
  check: ({ tx }, { answers, subject }) => refusalOfName(tx, answers, Number(subject.targetId)),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const targetId = Number(draft.subject.targetId);
    const target = await findTarget(tx, targetId);
    const input = inputOf(draft.answers, changeFieldsOf(target?.kind ?? "site"));
    const changed = await changeTarget(tx, person, setting, {
      ...{ ...input, targetId, version: Number(draft.subject.version) },
    });
    if (!changed.ok) return changed;
    await reply(conversation, { kind: "target", targetId });
    return accept(undefined);
  },
};

/** What stands there, as the form asks it. */
export async function presentAnswersOf(db: Db, target: StoredTarget): Promise<Answers> {
  const office = target.officeId === null ? everybodys : (await findOffice(db, target.officeId)).code;
  return { office, parent: String(target.parentId ?? nothing), ...answersOfTarget(target) };
}
