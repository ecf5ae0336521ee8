import type { ProcedureWords } from "../procedure-words.ts";

/** R03, Gangguan internet/intranet. */
export const words: ProcedureWords = {
  title: "Gangguan internet/intranet",
  file: "Lapor gangguan internet/intranet",
  fields: {
    connection: {
      label: "Jaringan",
      ask: "Jaringan apa yang bermasalah?",
      choices: {
        internet: "Internet",
        intranet: "Intranet",
        both: "Internet dan intranet",
        "wi-fi": "Wi-Fi",
      },
    },
    description: {
      label: "Keluhan",
      ask: "Apa yang terjadi? Tuliskan selengkapnya, siapa saja yang kena (contoh: semua komputer di ruang pelayanan tidak bisa membuka situs apa pun).",
    },
    place: {
      label: "Tempat",
      ask: "Di mana terjadinya? Tuliskan gedung, ruang, dan lantainya (contoh: Gedung B, ruang Sekretariat, lantai 2).",
    },
  },
  states: {
    analysing: "Keluhan dianalisis IT Support",
    "repairing-local-network": "Jaringan lokal diperbaiki IT Support",
    "checking-network": "Hasil perbaikan diperiksa Infrastruktur",
  },
  steps: {
    "complaint-is-valid": { button: "Keluhan valid", done: "memeriksa keluhan: valid" },
    "complaint-is-invalid": {
      button: "Keluhan tidak valid: kembalikan WO",
      done: "memeriksa keluhan: tidak valid, dan mengembalikan WO ke help desk",
      askNote:
        "Mengapa tidak valid, dan apa yang harus ditulis di laporan baru? Catatan ini ikut dikirim ke pemohon. Contoh: tulis ruang dan nama Wi-Fi-nya.",
      told: "Keluhan ini tidak dapat diproses. Mohon buat laporan baru lewat /lapor, dengan memperhatikan:",
    },
    "in-local-network": {
      button: "Di jaringan lokal pemohon",
      done: "menentukan letak gangguan: di jaringan lokal pemohon",
    },
    "forward-to-infrastructure": {
      button: "Bukan jaringan lokal: teruskan WO",
      done: "meneruskan WO ke Infrastruktur: gangguan bukan di jaringan lokal pemohon",
      askNote: "Catatan untuk Infrastruktur? Contoh: semua komputer di lantai 2 terputus.",
    },
    "local-network-repaired": {
      button: "Jaringan lokal sudah diperbaiki",
      done: "memperbaiki jaringan lokal pemohon",
      askNote: "Apa yang diperbaiki? Contoh: switch lantai 2 diganti.",
    },
    "not-in-local-network": {
      button: "Ternyata bukan di jaringan lokal",
      done: "memeriksa jaringan lokal pemohon: gangguan bukan di sana",
      askNote: "Apa yang sudah diperiksa? Contoh: kabel dan switch kantor baik.",
    },
    "hand-to-office": {
      button: "Serahkan ke pengelola kantor",
      done: "menyerahkan perbaikan jaringan lokal kepada kantor pemohon, dan mengembalikan WO ke help desk",
      askNote:
        "Apa yang ditemukan, dan apa yang perlu dikerjakan kantor? Catatan ini dikirim ke pemohon. Contoh: switch ruang Sekretariat rusak, perlu diganti.",
      told: "Jaringan lokal kantor Anda dikelola kantor sendiri. Yang perlu dikerjakan:",
    },
    "record-repair": {
      button: "Catat perbaikan, lalu periksa",
      done: "memperbaiki jaringan",
      askNote: "Apa yang diperbaiki? Contoh: switch lantai 2 diganti.",
    },
    "not-the-network": {
      button: "Bukan di jaringan kami: kembalikan WO",
      done: "mengembalikan WO ke IT Support: gangguan bukan di jaringan yang dikelola Infrastruktur",
      askNote: "Mengapa WO dikembalikan? Contoh: jaringan utama normal, gangguan ada di kantor.",
    },
    "problem-remains": {
      button: "Masih ada masalah",
      done: "memeriksa jaringan setelah perbaikan: masih ada masalah",
      askNote: "Apa yang masih bermasalah? Contoh: lantai 3 belum tersambung.",
    },
    "network-repaired": {
      button: "Sudah normal: kembalikan WO",
      done: "memeriksa jaringan setelah perbaikan: normal, dan mengembalikan WO ke IT Support",
      askNote: "Catatan untuk IT Support? Contoh: sudah normal, mohon verifikasi.",
    },
  },
};
