import { machineWords } from "../hosting/machine-words.ts";
import type { ProcedureWords } from "../procedure-words.ts";

/** The proxy of a host, on which all its applications lean. */
export const words: ProcedureWords = {
  title: "Proksi server aplikasi",
  file: "Bangun atau ubah proksi server aplikasi",
  fields: {
    ...machineWords.fields,
    target: { label: "Host", ask: "Proksi host mana yang dibangun?" },
    stack: { label: "Stack", ask: "Stack" },
    description: {
      label: "Alasan",
      ask: "Mengapa proksinya dibangun atau diubah? Contoh: profil memakai versi Caddy yang baru.",
    },
  },
  states: {
    ...machineWords.states,
    "checking-platform": "Proksi diperiksa Data Center",
    "planning-application": "Rencana proksi sedang dibuat mesin",
    "accepting-plan": "Rencana proksi diperiksa Infrastruktur",
    "awaiting-plan-approval": "Menunggu persetujuan pimpinan atas rencana proksi",
    "building-application": "Disetujui, proksi sedang dibangun mesin",
    "building-stopped": "Pembangunan proksi terhenti, di Data Center",
  },
  steps: {
    ...machineWords.steps,
    "plan-platform": {
      button: "Buat rencana proksi",
      done: "meminta mesin membuat rencana proksi",
      askNote: "Catatan untuk Infrastruktur dan pimpinan? Contoh: aplikasi tetap dapat dibuka selama pembaruan.",
    },
    "application-planned": { button: "Rencana selesai", done: "membuat rencana proksi" },
    "planning-failed": { button: "Rencana gagal", done: "tidak dapat membuat rencana proksi" },
    "accept-plan": {
      button: "Terima rencana",
      done: "menerima rencana proksi, dan meminta persetujuan pimpinan",
      askNote: "Catatan untuk pimpinan? Contoh: image-nya sudah dicocokkan.",
    },
    "refuse-plan": {
      button: "Kembalikan rencana",
      done: "mengembalikan rencana proksi ke Data Center",
      askNote: "Apa yang harus diubah? Contoh: alamat proksi di profil belum benar.",
    },
    "approve-plan": {
      button: "✅ Setujui",
      done: "menyetujui rencana proksi",
      askNote: "Catatan untuk Data Center? Contoh: kerjakan di luar jam layanan.",
    },
    "reject-plan": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak rencana proksi",
      told: "Rencana proksi Anda ditolak pimpinan. Alasannya:",
      askNote: "Mengapa ditolak? Contoh: tunggu sampai masa penerimaan siswa selesai.",
      outcome: "ditolak",
    },
    "application-built": {
      button: "Proksi dibangun",
      done: "membangun proksi",
      told: "Proksi sudah dibangun dan berjalan.",
    },
    "building-failed": { button: "Pembangunan gagal", done: "tidak dapat menyelesaikan pembangunan proksi" },
  },
};
