import { machineCheckWords } from "../hosting/machine-check-words.ts";
import { machineWords, seenWords } from "../hosting/machine-words.ts";
import type { ProcedureWords } from "../procedure-words.ts";

export const words: ProcedureWords = {
  title: "Perubahan aplikasi",
  file: "Ajukan perubahan aplikasi",
  hint: "Versi baru, ukuran, nama, henti, jalankan, versi lama, atau hapus, untuk aplikasi yang dihosting mesin",
  fields: {
    ...machineWords.fields,
    ...machineCheckWords.fields,
    ...seenWords,
    "hosted-application": {
      label: "Aplikasi",
      ask: "Aplikasi yang mana? Pilih, atau ketik sebagian namanya (contoh: simpeg).",
      askWithoutOffer:
        "Kantor Anda belum punya aplikasi yang dihosting mesin. Ajukan dahulu penitipannya lewat /permintaan.",
    },
    change: {
      label: "Perubahan",
      ask: "Apa yang diinginkan?",
      choices: {
        version: "Versi baru",
        size: "Ukuran lain",
        name: "Nama domain lain",
        stop: "Hentikan",
        start: "Jalankan lagi",
        "roll-back": "Kembali ke versi lama",
        delete: "Hapus",
      },
    },
    "image-reference": {
      label: "Rujukan image",
      ask: "Rujukan image-nya di registry, dengan digest? (contoh: registry.go.id/simpeg@sha256:2c26…e7ae)",
    },
    "application-files": {
      label: "Berkas aplikasi",
      ask: "Kirim versi barunya: image dari docker save (contoh: simpeg-2.tar). Mesin memeriksanya. Bila sudah, tekan Lanjut.",
    },
    size: { label: "Ukuran", ask: "Ukuran mana yang diperlukan? Pilih satu." },
    "new-name": {
      label: "Nama domain baru",
      ask: "Nama domain baru apa? Cukup bagian depannya (contoh: simpeg-baru). Nama lama dilepas bila yang baru sudah menjawab.",
    },
    "former-version": {
      label: "Versi lama",
      ask: "Kembali ke versi yang mana? Pilih satu.",
      askWithoutOffer: "Aplikasi ini belum punya versi lama. Tekan Kembali, lalu pilih perubahan lain.",
    },
    description: {
      label: "Alasan",
      ask: "Mengapa perubahan ini diperlukan, dan kapan sebaiknya? (contoh: perbaikan laporan cuti, setelah jam kerja).",
    },
    "dns-name": { label: "Nama domain", ask: "Nama domain" },
    "application-file": { label: "Berkas", ask: "Berkas" },
  },
  states: {
    ...machineWords.states,
    filed: "Baru, permintaan diperiksa Data Center",
    "planning-application": "Rencana perubahan sedang dibuat mesin",
    "accepting-plan": "Rencana perubahan diperiksa Infrastruktur",
    "awaiting-plan-approval": "Menunggu persetujuan pimpinan atas rencana perubahan",
    "building-application": "Disetujui, perubahan sedang dijalankan mesin",
    "building-stopped": "Perubahan terhenti, di Data Center",
    "reporting-application": "Perubahan selesai, laporan di Data Center",
  },
  steps: {
    ...machineWords.steps,
    ...machineCheckWords.steps,
    "plan-change": {
      button: "Rencanakan perubahan",
      done: "meminta mesin membuat rencana perubahan",
      askNote: "Catatan untuk Infrastruktur dan pimpinan? Contoh: sudah dibicarakan dengan pemohon.",
    },
    "refuse-change": {
      button: "Tolak permintaan",
      done: "menolak permintaan perubahan",
      askNote: "Mengapa ditolak? Catatan ini dikirim ke pemohon. Contoh: nama itu sudah dipakai kantor lain.",
      told: "Permintaan perubahan aplikasi ditolak, karena:",
      outcome: "ditolak",
    },
    "accept-plan": {
      button: "Terima rencana",
      done: "menerima rencana perubahan, dan meminta persetujuan pimpinan",
      askNote: "Catatan untuk pimpinan? Contoh: alamat dan nama sudah sesuai.",
    },
    "reject-plan": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak rencana perubahan",
      askNote: "Mengapa ditolak? Alasan ini dikirim ke pemohon. Contoh: tunggu sampai penggajian selesai.",
      told: "Perubahan aplikasi tidak disetujui, karena:",
      outcome: "tidak disetujui",
    },
    "application-built": { button: "Perubahan selesai", done: "menjalankan dan menguji perubahan" },
    "building-failed": { button: "Perubahan gagal", done: "tidak dapat menyelesaikan perubahan" },
    "take-change-back": {
      button: "Kembalikan seperti semula",
      done: "meminta mesin merencanakan keadaan semula",
      askNote: "Mengapa dikembalikan? Contoh: versi barunya tidak sehat.",
    },
    "report-change": {
      button: "Laporkan ke pemohon",
      done: "melaporkan bahwa perubahan selesai",
      askNote: "Apa hasilnya? Catatan ini dikirim ke pemohon. Contoh: versi baru sudah dapat dibuka.",
      told: "Perubahan aplikasi Anda sudah selesai:",
    },
  },
};
