import type { ProcedureWords } from "../procedure-words.ts";

/** R01, Gangguan aplikasi. */
export const words: ProcedureWords = {
  title: "Gangguan aplikasi",
  file: "Lapor gangguan aplikasi",
  fields: {
    application: {
      label: "Aplikasi",
      ask: "Aplikasi apa yang bermasalah? Pilih dari daftar, atau ketik namanya (contoh: SIMPEG).",
    },
    "suspected-place": {
      label: "Perkiraan lokasi gangguan",
      ask: "Di mana kira-kira gangguannya? IT Support yang memastikan.",
      choices: {
        unknown: "Belum diketahui",
        "data-center": "Di data center",
        "outside-data-center": "Di luar data center",
        network: "Di jaringan",
      },
    },
    recommendation: {
      label: "Rekomendasi",
      ask: "Apa rekomendasi untuk komputer pemohon?",
      choices: {
        "reinstall-browser": "Pasang ulang browser",
        "reinstall-operating-system": "Pasang ulang sistem operasi",
        "use-antivirus": "Gunakan antivirus",
        other: "Lainnya",
      },
    },
    check: {
      label: "Pemeriksaan",
      ask: "Apa yang diperiksa?",
      choices: {
        server: "Server",
        "application-intranet-internet": "Aplikasi dari intranet dan internet",
        database: "Database",
        "connection-intranet-internet": "Koneksi intranet dan internet",
        "data-cable": "Kabel data",
      },
    },
    result: {
      label: "Hasil",
      ask: "Bagaimana hasil pemeriksaannya?",
      choices: { passed: "Sesuai", failed: "Tidak sesuai" },
    },
  },
  states: {
    "checking-application": "Aplikasi diperiksa IT Support",
    "checking-computer": "Komputer pemohon diperiksa IT Support",
    "checking-data-center": "Diperiksa Data Center",
    "referring-to-vendor": "Help desk menghubungi pemohon tentang pengelola aplikasi",
  },
  steps: {
    "refer-at-once": {
      button: "Arahkan langsung ke pengelola",
      done: "mengarahkan pemohon ke vendor atau SKPD pengelola aplikasi",
      askNote:
        "Siapa yang harus dihubungi pemohon, dan bagaimana? Catatan ini dikirim ke pemohon. Contoh: CV Aplikasi Maju, 0812-3456-7890.",
      told: "Aplikasi ini dikelola pihak lain. Silakan hubungi:",
    },
    "application-is-normal": { button: "Aplikasi normal", done: "memeriksa aplikasi: normal" },
    "application-is-faulty": { button: "Aplikasi tidak normal", done: "memeriksa aplikasi: tidak normal" },
    "computer-is-normal": { button: "Komputer pemohon normal", done: "memeriksa komputer pemohon: normal" },
    recommend: {
      button: "Beri rekomendasi",
      done: "memberi rekomendasi untuk komputer pemohon",
      askNote: "Penjelasan rekomendasinya? Contoh: pasang ulang browser, lalu hapus cache.",
    },
    "forward-to-data-center": {
      button: "Di data center: teruskan WO",
      done: "meneruskan WO ke Data Center",
      askNote: "Catatan untuk Data Center? Contoh: layanan database menolak koneksi.",
    },
    "report-outside-data-center": {
      button: "Di luar data center: kembalikan WO",
      done: "menyampaikan bahwa aplikasi tidak berada di data center",
      askNote:
        "Siapa yang mengelola aplikasi ini? Tuliskan vendor atau SKPD yang perlu dihubungi pemohon. Contoh: BKN lewat helpdesk.bkn.go.id.",
    },
    "forward-to-infrastructure": {
      button: "Di jaringan: teruskan WO",
      done: "meneruskan WO ke Infrastruktur",
      askNote: "Catatan untuk Infrastruktur? Contoh: ping ke gateway kantor putus-putus.",
    },
    "record-check": {
      button: "Periksa",
      done: "mencatat hasil pemeriksaan",
      askNote: "Apa yang ditemukan? Contoh: disk server penuh 98 persen.",
    },
    "data-center-repaired": {
      button: "Sudah diperbaiki: kembalikan WO",
      done: "memperbaiki dan mengembalikan WO ke IT Support",
      askNote: "Apa yang diperbaiki? Contoh: kabel diganti, layanan dijalankan ulang.",
    },
    "not-in-data-center": {
      button: "Bukan di data center: kembalikan WO",
      done: "mengembalikan WO ke IT Support: gangguan bukan di data center",
      askNote: "Mengapa WO dikembalikan? Contoh: semua pemeriksaan sesuai, gangguan di tempat lain.",
    },
    "network-repaired": {
      button: "Jaringan diperbaiki: kembalikan WO",
      done: "memperbaiki jaringan dan mengembalikan WO ke IT Support",
      askNote: "Apa yang diperbaiki? Contoh: kabel diganti, layanan dijalankan ulang.",
    },
    "not-the-network": {
      button: "Bukan jaringan: kembalikan WO",
      done: "mengembalikan WO ke IT Support: gangguan bukan di jaringan",
      askNote: "Mengapa WO dikembalikan? Contoh: semua pemeriksaan sesuai, gangguan di tempat lain.",
    },
    "refer-to-vendor": {
      button: "Arahkan pemohon ke pengelola",
      done: "mengarahkan pemohon ke vendor atau SKPD pengelola aplikasi",
      askNote: "Siapa yang harus dihubungi pemohon, dan bagaimana? Contoh: CV Aplikasi Maju, 0812-3456-7890.",
      told: "Aplikasi ini dikelola pihak lain. Silakan hubungi:",
    },
  },
};
