import type { ProcedureWords } from "../procedure-words.ts";

/** The words of what a machine checks in the files of an application, in whatever procedure. */
export const machineCheckWords: Pick<ProcedureWords, "fields" | "steps"> = {
  fields: {
    "machine-check": { label: "Pemeriksaan", ask: "Pemeriksaan yang mana?" },
    verdict: { label: "Putusan", ask: "Apa putusan Anda?", choices: { passed: "Sesuai", failed: "Tidak sesuai" } },
  },
  steps: {
    "accept-machine-check": { button: "Terima hasil mesin", done: "menerima hasil pemeriksaan mesin" },
    "overrule-machine-check": {
      button: "Putuskan hasil mesin",
      done: "memutuskan hasil pemeriksaan mesin",
      askNote: "Mengapa? Contoh: kata sandi di berkas contoh saja, bukan yang sungguhan.",
    },
    "hand-in-application": {
      button: "Masukkan berkas aplikasi",
      done: "memasukkan berkas aplikasi",
      askNote: "Catatan tentang berkasnya? Contoh: versi yang diperbaiki, dikirim pemohon.",
    },
  },
};
