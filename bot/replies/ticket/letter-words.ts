import type { ProcedureWords } from "../procedure-words.ts";

/** The words of a letter that is recorded, looked into and handed on (R04, R05). */
export const letterWords: Pick<ProcedureWords, "fields" | "states" | "steps"> = {
  fields: {
    "letter-number": {
      label: "Nomor surat",
      ask: "Nomor surat permohonannya? (contoh: 555/210/Dinkes/2026)",
    },
    "letter-date": {
      label: "Tanggal surat",
      ask: "Tanggal suratnya? Pilih, atau ketik tanggalnya (contoh: 20-11-2026).",
    },
    letter: {
      label: "Surat permohonan",
      ask: "Kirim foto atau PDF surat permohonan yang sudah ditandatangani, lalu tekan Lanjut.",
    },
    "agenda-number": { label: "Nomor agenda", ask: "Nomor agenda surat masuk? (contoh: 1024/2026)" },
    "letter-nature": {
      label: "Sifat surat",
      ask: "Apa sifat suratnya?",
      choices: { ordinary: "Biasa", important: "Penting", urgent: "Segera", secret: "Rahasia" },
    },
    "received-on": {
      label: "Diterima tanggal",
      ask: "Kapan surat diterima? Pilih, atau ketik tanggalnya (contoh: 20-11-2026).",
    },
    officer: { label: "Kepada", ask: "Disposisi kepada siapa di Data Center? Pilih namanya." },
    deadline: {
      label: "Batas waktu",
      ask: "Sampai kapan harus selesai? Pilih, atau ketik harinya (contoh: Jumat atau 30-11-2026).",
    },
  },
  states: {
    filed: "Baru, surat menunggu dicatat Non-Teknis",
    "reviewing-letter": "Surat dikaji Non-Teknis",
    archived: "Surat tidak disetujui, diarsipkan",
    disposing: "Menunggu disposisi Non-Teknis",
  },
  steps: {
    "record-letter": {
      button: "Catat surat",
      done: "mencatat surat permohonan",
      askNote: "Catatan tentang suratnya? Contoh: lampiran satu berkas.",
    },
    "accept-letter": {
      button: "Surat disetujui",
      done: "mengkaji surat: disetujui",
      askNote: "Catatan hasil kajian? Contoh: lengkap dan ditandatangani kepala dinas.",
    },
    "reject-letter": {
      button: "Surat tidak disetujui: arsipkan",
      done: "mengkaji surat: tidak disetujui, dan mengarsipkannya",
      askNote:
        "Mengapa tidak disetujui? Alasan ini dikirim ke pemohon. Contoh: surat belum ditandatangani kepala dinas.",
      told: "Surat permohonan tidak disetujui dan diarsipkan, karena:",
    },
    dispose: {
      button: "Disposisi",
      done: "mendisposisikan surat",
      askNote: "Apa instruksinya? Contoh: periksa kelayakannya dan laporkan.",
    },
    "return-disposition": {
      button: "Kembalikan disposisi",
      done: "mengembalikan disposisi ke Non-Teknis",
      askNote: "Mengapa disposisi dikembalikan? Contoh: surat ini bukan permohonan penitipan.",
    },
  },
};
