import { tryCheck } from "../../../core/actions/monitoring/try-check.ts";
import { findTarget } from "../../../core/db/monitoring/monitor-targets.ts";
import { isAsked } from "../../../core/domain/form/field.ts";
import { checkFieldsOf, settingsIn } from "../../../core/domain/monitoring/check-fields.ts";
import type { MonitoringRules } from "../../../core/domain/monitoring/monitoring-rules.ts";
import { accept } from "../../../core/domain/outcome.ts";
import { reply } from "../../conversation.ts";
import { checkWords } from "../../replies/monitoring/monitor-words.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";
import { type Form, noSuggestions } from "../form.ts";

const words: Record<string, FieldWords> = {
  check: {
    label: "Cara",
    ask: "Dengan cara apa diperiksa?",
    choices: checkWords,
  },
  port: { label: "Port", ask: "Port berapa? (contoh: 443)" },
  url: { label: "Alamat halaman", ask: "Apa alamat halamannya? (contoh: https://simpeg.labura.go.id/)" },
  status: {
    label: "Status HTTP",
    ask: "Status apa yang diharapkan? Lewati bila yang penting halamannya tampil (contoh: 200).",
  },
  text: { label: "Teks di halaman", ask: "Teks apa yang harus ada di halamannya? (contoh: Masuk ke SIMPEG)" },
  certificate: {
    label: "Sertifikat",
    ask: "Apakah sertifikatnya dinilai? Lewati bila ya; halaman perangkat sering punya sertifikat buatan sendiri (contoh: router).",
    choices: { ignored: "Tidak dinilai" },
  },
  domain: { label: "Nama", ask: "Nama apa yang ditanyakan? (contoh: simpeg.labura.go.id)" },
  server: {
    label: "Server nama",
    ask: "Server nama mana yang ditanya? Lewati untuk server nama Simpul (contoh: 10.10.0.53).",
  },
  "every-minutes": {
    label: "Tiap (menit)",
    ask: "Tiap berapa menit skrip itu berkabar? (contoh: 1440 untuk backup sekali sehari)",
  },
  "grace-minutes": {
    label: "Boleh terlambat (menit)",
    ask: "Berapa menit kabar itu boleh terlambat? (contoh: 60)",
  },
  expected: {
    label: "Jawaban",
    ask: "Alamat IP apa yang diharapkan sebagai jawaban? Beberapa alamat dengan koma; lewati bila jawaban apa pun baik (contoh: 10.10.5.20, 10.10.5.21).",
  },
};

/** Of an address, in a playground one of its links: it asks nothing else. */
function wordsOf(field: string, { playedAddresses: [played] = [] }: MonitoringRules): FieldWords {
  const ofAddress = (ask: string, example: string) => ({
    label: "Alamat",
    ask: `${ask} (contoh: ${played ?? example})`,
  });
  if (field === "address") return ofAddress("Alamat IP atau nama mana yang diping?", "10.20.1.1");
  if (field === "host") return ofAddress("Alamat IP atau nama mana yang portnya diperiksa?", "10.20.1.5");
  return words[field] ?? { label: field, ask: field };
}

/** One more way of watching a target. Its subject: `targetId`. */
export const checkForm: Form = {
  name: "target-check",
  takesNoFiles: true,
  plan: async (db, { subject, answers }, office) => {
    const target = await findTarget(db, Number(subject.targetId));
    if (target === undefined) return undefined;
    return {
      title: `➕ Pemeriksaan ${target.name}`,
      fields: checkFieldsOf(target.kind, office).filter((field) => isAsked(field, answers)),
      wordsFor: (field) => wordsOf(field, office.monitoring),
      hasReview: false,
      suggestions: noSuggestions,
    };
  },
  check: ({ setting }, { answers }) => settingsIn(answers, setting.rules.monitoring),
  submit: async (conversation, draft) => {
    const { tx, person, setting } = conversation;
    const targetId = Number(draft.subject.targetId);
    const tried = await tryCheck(tx, person, setting, { targetId, answers: draft.answers });
    if (!tried.ok) return tried;
    if (tried.value === "name-asked") return accept("check-name-asked");
    await reply(conversation, { kind: "target-checks", targetId });
    return accept(undefined);
  },
};
