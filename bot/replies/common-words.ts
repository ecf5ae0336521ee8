import type { ProcedureWords } from "./procedure-words.ts";

const byPhone =
  "Siapa yang dihubungi, lewat apa, kapan, dan apa katanya? Contoh: Bu Siti, telepon, 09.30: sudah bisa login.";

/** What means the same in several procedures has the same name in their tables, and its words here; their own go before. */
export const commonWords: Pick<ProcedureWords, "fields" | "states" | "steps"> = {
  fields: {
    description: {
      label: "Keluhan",
      ask: "Apa yang terjadi? Tuliskan selengkapnya, termasuk pesan kesalahan yang muncul, tetapi tanpa kata sandi (contoh: layar putih setelah masuk, tertulis Error 500).",
    },
    "occurred-at": {
      label: "Waktu kejadian",
      ask: "Sejak kapan terjadi? Pilih, atau ketik waktunya (contoh: 08.30, kemarin 14.00, atau 22-11-2026 08.30).",
    },
    "official-duty": {
      label: "Tugas kedinasan",
      ask: "Jaringan, perangkat, dan layanan pemerintah daerah hanya untuk tugas kedinasan; penyalahgunaan dicatat. Apakah permintaan ini untuk tugas kedinasan?",
      choices: { accepted: "Ya, hanya untuk tugas kedinasan" },
    },
    files: {
      label: "Lampiran",
      ask: "Kirim foto layar atau dokumen bila ada, boleh lebih dari satu. Bila sudah atau tidak ada, tekan Lanjut.",
    },
    note: { label: "Catatan", ask: "Tuliskan catatannya (contoh: sudah diperiksa, semua normal)." },
  },
  states: {
    filed: "Baru, menunggu help desk",
    "locating-fault": "Letak gangguan ditentukan IT Support",
    "repairing-network": "Diperbaiki Infrastruktur",
    verifying: "IT Support akan memverifikasi ke pemohon",
    "awaiting-confirmation": "Menunggu konfirmasi pemohon",
    "ready-to-close": "Menunggu ditutup help desk",
    closed: "Selesai",
    cancelled: "Dibatalkan",
  },
  steps: {
    "issue-work-order": {
      button: "Terbitkan WO",
      done: "menerbitkan perintah kerja (WO) untuk IT Support",
      askNote: "Catatan untuk IT Support? Contoh: pemohon ada di tempat sampai pukul 15.00.",
    },
    "outage-detected": {
      button: "Gangguan terdeteksi sendiri",
      done: "memastikan: gangguan terdeteksi sendiri oleh pemantauan",
    },
    "announce-maintenance": {
      button: "Umumkan perbaikan ke pemohon",
      done: "memberi tahu pemohon tentang perbaikan jaringan",
      askNote: "Apa yang diperbaiki, dan sampai kapan kira-kira? Contoh: kabel serat diganti, sampai pukul 16.00.",
      told: "Jaringan sedang dalam perbaikan.",
    },
    "ask-requester": {
      button: "Verifikasi ke pemohon",
      done: "menanyakan kepada pemohon apakah sudah normal",
      askNote:
        "Apa hasil analisis dan tindakannya? Catatan ini ikut dikirim ke pemohon. Contoh: cache browser dibersihkan.",
      told: "Apakah sudah normal?",
    },
    "confirm-resolved": { button: "Ya, sudah normal", done: "menyatakan sudah normal" },
    "report-still-bad": {
      button: "Masih bermasalah",
      done: "menyatakan masih bermasalah",
      askNote: "Apa yang masih bermasalah? Contoh: masih tidak bisa masuk.",
    },
    close: {
      button: "Tutup",
      done: "menutup WO dan tiket",
      askNote:
        "Tuliskan hasil analisis akhir. Hasil ini dikirim ke pemohon. Contoh: server dijalankan ulang, sudah normal.",
      told: "Tiket Anda telah selesai. Hasil akhir:",
    },
    "confirm-resolved-by-phone": {
      button: "📞 Sudah normal (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: sudah normal",
      askNote: byPhone,
      told: "Help desk mencatat jawaban Anda di luar bot: sudah normal.",
    },
    "report-still-bad-by-phone": {
      button: "📞 Masih bermasalah (lewat telepon)",
      done: "mencatat jawaban pemohon di luar bot: masih bermasalah",
      askNote: byPhone,
      told: "Help desk mencatat jawaban Anda di luar bot: masih bermasalah.",
    },
    "confirm-restored": {
      button: "Normal menurut pemantauan",
      done: "memastikan normal kembali menurut pemantauan",
    },
    "close-unanswered": {
      button: "Ditutup tanpa jawaban",
      done: "menutup WO dan tiket karena pemohon tidak menjawab",
      told: "Tiket ditutup karena pertanyaan kami tidak dijawab. Bila masih bermasalah, tekan Buka kembali. Hasil akhir:",
    },
    cancel: {
      button: "Batalkan tiket",
      done: "membatalkan tiket",
      askNote: "Mengapa tiket ini dibatalkan? Contoh: sudah normal sendiri.",
    },
    reopen: {
      button: "Buka kembali",
      done: "membuka kembali tiket",
      askNote: "Apa yang masih bermasalah? Contoh: terputus lagi sejak tadi pagi.",
    },
  },
};
