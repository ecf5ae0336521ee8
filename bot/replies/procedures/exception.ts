import type { ProcedureWords } from "../procedure-words.ts";

/** R38, Pengecualian. */
export const words: ProcedureWords = {
  title: "Pengecualian dari ketentuan",
  file: "Minta pengecualian dari ketentuan",
  hint: "Untuk sementara, diputuskan pimpinan",
  fields: {
    rule: {
      label: "Ketentuan",
      ask: "Ketentuan atau batas mana yang perlu dikecualikan? Jangan tulis nama orang (contoh: batas ukuran lampiran e-mail, atau pemblokiran situs tertentu).",
    },
    description: {
      label: "Alasan",
      ask: "Mengapa pengecualian ini diperlukan, dan untuk siapa atau perangkat apa? Pimpinan memutuskan berdasarkan jawaban ini. Contoh: mengirim gambar perencanaan 40 MB kepada provinsi.",
    },
    until: {
      label: "Berlaku sampai",
      ask: "Sampai hari apa pengecualian ini diperlukan? Hari itu masih termasuk. Pilih, atau ketik tanggalnya (contoh: 30-11-2026).",
    },
    files: {
      label: "Lampiran",
      ask: "Kirim surat atau dokumen pendukung bila ada, boleh lebih dari satu. Bila sudah atau tidak ada, tekan Lanjut.",
    },
  },
  states: {
    "awaiting-approval": "Menunggu persetujuan",
    "in-force": "Pengecualian berlaku",
  },
  steps: {
    "approve-exception": {
      button: "✅ Setujui",
      done: "menyetujui pengecualian",
      askNote:
        "Ada syarat atau catatan? Pemohon ikut membacanya. Contoh: hanya untuk satu komputer. Bila tidak ada, tekan Lewati. Keputusan tidak dapat ditarik kembali.",
      told: "Pengecualian Anda disetujui dan mulai berlaku.",
    },
    "reject-exception": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak pengecualian",
      askNote:
        "Mengapa ditolak? Alasan ini dikirim ke pemohon. Contoh: pakai berbagi berkas di intranet. Keputusan tidak dapat ditarik kembali.",
      told: "Permintaan pengecualian Anda ditolak. Alasannya:",
      outcome: "ditolak",
    },
    "exception-approval-lapses": {
      button: "Tidak diputuskan",
      done: "mengakhiri permintaan karena tidak diputuskan sampai batas waktunya",
      told: "Permintaan pengecualian Anda tidak diputuskan sampai batas waktunya, jadi berakhir. Bila masih perlu, tekan Buka kembali.",
      outcome: "tidak diputuskan",
    },
    "revoke-exception": {
      button: "⛔ Akhiri pengecualian",
      done: "mengakhiri pengecualian sebelum waktunya",
      askNote: "Mengapa diakhiri sebelum waktunya? Alasan ini dikirim ke pemohon. Contoh: kegiatannya sudah selesai.",
      told: "Pengecualian Anda diakhiri sebelum waktunya. Alasannya:",
    },
    "remind-of-exception-end": {
      button: "Ingatkan akhir pengecualian",
      done: "mengingatkan bahwa pengecualian segera berakhir",
      told: "Pengecualian Anda segera berakhir. Bila masih perlu, ajukan permintaan baru lewat /menu dan sebut nomor tiket ini.",
    },
    "exception-ends": {
      button: "Pengecualian berakhir",
      done: "mengakhiri pengecualian pada waktunya",
      told: "Masa berlaku pengecualian Anda sudah habis. Bila masih perlu, ajukan permintaan baru lewat /menu dan sebut nomor tiket ini.",
    },
  },
};
