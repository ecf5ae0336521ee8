import type { ProcedureWords } from "../procedure-words.ts";
import { requestWords } from "../ticket/request-words.ts";

/** An entry of the catalogue that leadership approves first. */
export const words: ProcedureWords = {
  ...requestWords,
  title: "Permintaan dengan persetujuan",
  file: "Ajukan permintaan dengan persetujuan",
  states: {
    ...requestWords.states,
    "awaiting-approval": "Menunggu persetujuan pimpinan",
    approved: "Disetujui, menunggu WO dari help desk",
  },
  steps: {
    ...requestWords.steps,
    "ask-approval": {
      button: "Minta persetujuan pimpinan",
      done: "meminta persetujuan pimpinan",
      askNote: "Apa yang perlu diketahui pimpinan? Contoh: situs itu aman dan hanya dibuka untuk satu bidang.",
    },
    approve: {
      button: "Setujui",
      done: "menyetujui permintaan",
      askNote: "Catatan atau syarat persetujuannya? Dikirim ke pemohon. Contoh: hanya sampai akhir tahun.",
      told: "Permintaan Anda disetujui. Help desk meneruskannya untuk dikerjakan.",
    },
    reject: {
      button: "Tolak dengan alasan",
      done: "menolak permintaan",
      askNote: "Mengapa tidak disetujui? Alasan ini dikirim ke pemohon. Contoh: gunakan data dari dinas perdagangan.",
      told: "Permintaan Anda tidak disetujui. Alasan:",
      outcome: "tidak disetujui",
    },
    "approval-lapses": {
      button: "Persetujuan kedaluwarsa",
      done: "mengembalikan permintaan ke help desk karena tidak diputuskan pada waktunya",
    },
  },
};
