import type { ProcedureWords } from "../procedure-words.ts";

/** R02, Penambahan titik jaringan. */
export const words: ProcedureWords = {
  title: "Penambahan titik jaringan",
  file: "Ajukan penambahan titik jaringan",
  hint: "Titik kabel (LAN) atau titik akses Wi-Fi baru; petugas menyurvei dahulu",
  fields: {
    "point-kind": {
      label: "Jenis titik",
      ask: "Titik jaringan apa yang diminta?",
      choices: { wired: "Titik kabel (LAN)", "access-point": "Titik akses Wi-Fi" },
    },
    place: {
      label: "Tempat",
      ask: "Di mana titiknya? Tuliskan gedung, ruang, dan lantainya (contoh: Gedung B, ruang Sekretariat, lantai 2).",
    },
    points: { label: "Jumlah titik", ask: "Berapa titik yang diminta? Pilih atau ketik angkanya, contoh: 3." },
    description: {
      label: "Keperluan",
      ask: "Untuk keperluan dinas apa titik ini? (contoh: tiga komputer baru untuk pelayanan akta)",
    },
    files: {
      label: "Lampiran",
      ask: "Kirim foto tempatnya atau denah bila ada, boleh lebih dari satu. Bila sudah atau tidak ada, tekan Lanjut.",
    },
    appointment: {
      label: "Waktu kunjungan",
      ask: "Kapan petugas datang? Pilih, atau ketik hari dan jamnya (contoh: besok 09.00 atau 30-11-2026 09.00).",
    },
    "contact-on-site": {
      label: "Yang ditemui di lokasi",
      ask: "Siapa yang ditemui di lokasi, dan nomor teleponnya? (contoh: Bu Rina, 0812-3456-7890)",
    },
    "assignment-letter": {
      label: "Nomor surat tugas",
      ask: "Nomor surat tugasnya? (contoh: 094/215/Diskominfo/2026. Bila belum ada, tekan Lewati)",
    },
    "surveyed-location": {
      label: "Lokasi pada peta",
      ask: "Kirim lokasi dari menu lampiran Telegram (📎 Lokasi), atau ketik koordinatnya (contoh: 2.345600, 99.876500). Boleh dilewati.",
    },
    "surveyed-place": {
      label: "Letak titik",
      ask: "Di mana titik akan dipasang? (contoh: dinding timur ruang Sekretariat, 12 m dari switch lantai 2)",
    },
    "surveyed-points": {
      label: "Jumlah titik hasil survei",
      ask: "Berapa titik yang diperlukan menurut survei? Pilih atau ketik angkanya (contoh: 3).",
    },
    "devices-needed": {
      label: "Kebutuhan perangkat",
      ask: "Perangkat apa yang diperlukan? (contoh: switch 8 port 1 buah, kabel UTP 40 m, konektor RJ45 6 buah)",
    },
    "photos-before": {
      label: "Foto sebelum",
      ask: "Kirim foto lokasi sebelum pemasangan. Bila tidak ada, tekan Lanjut.",
    },
    "materials-used": {
      label: "Bahan terpakai",
      ask: "Bahan dan perangkat apa yang terpakai? (contoh: kabel UTP 35 m, switch 8 port 1 buah)",
    },
    "photos-after": { label: "Foto sesudah", ask: "Kirim foto hasil pemasangan. Bila tidak ada, tekan Lanjut." },
  },
  states: {
    surveying: "Lokasi disurvei IT Support",
    recommending: "Rekomendasi disusun IT Support",
    "analysing-recommendation": "Rekomendasi dianalisis Infrastruktur",
    "telling-rejection": "Tidak disetujui, pemohon akan diberi tahu IT Support",
    "installing-point": "Titik dipasang IT Support",
    "checking-point": "Koneksi titik baru diperiksa IT Support",
    "repairing-point": "Koneksi titik baru diperiksa Infrastruktur",
  },
  steps: {
    "schedule-survey": {
      button: "Jadwalkan survei",
      done: "menjadwalkan survei lokasi",
      told: "Petugas akan datang untuk survei lokasi.",
    },
    "record-survey": {
      button: "Catat hasil survei",
      done: "menyurvei lokasi",
      askNote: "Hal lain yang ditemukan di lokasi? Contoh: plafon rendah, perlu tangga.",
    },
    "recommend-point": {
      button: "Rekomendasi: teruskan WO",
      done: "menyusun rekomendasi dan meneruskan WO ke Infrastruktur",
      askNote:
        "Apa rekomendasinya? Tuliskan titik, jalur kabel, dan perangkat yang disarankan. Contoh: 3 titik dari switch lantai 2, lewat plafon.",
    },
    "approve-recommendation": {
      button: "Setuju: kembalikan WO",
      done: "menganalisis rekomendasi: disetujui, dan mengembalikan WO ke IT Support",
      askNote: "Apa hasil analisisnya? Contoh: port dan bandwidth cukup, pakai VLAN 20.",
    },
    "reject-recommendation": {
      button: "Tidak setuju: kembalikan WO",
      done: "menganalisis rekomendasi: tidak disetujui, dan mengembalikan WO ke IT Support",
      askNote:
        "Mengapa tidak disetujui? Alasan ini akan disampaikan ke pemohon oleh IT Support. Contoh: port switch penuh sampai pengadaan berikutnya.",
    },
    "ask-new-survey": {
      button: "Minta survei ulang",
      done: "mengembalikan WO ke IT Support: survei perlu diulang",
      askNote: "Apa yang perlu disurvei lagi? Contoh: jalur kabel dari lantai 1.",
    },
    "tell-rejection": {
      button: "Beri tahu pemohon: tidak disetujui",
      done: "memberi tahu pemohon bahwa penambahan tidak disetujui",
      askNote: "Tuliskan alasannya. Catatan ini dikirim ke pemohon. Contoh: port penuh; ajukan lagi setelah pengadaan.",
      told: "Permintaan penambahan titik jaringan tidak disetujui, karena:",
      outcome: "tidak disetujui",
    },
    "schedule-installation": {
      button: "Jadwalkan pemasangan",
      done: "menjadwalkan pemasangan",
      told: "Permintaan disetujui. Petugas akan datang untuk pemasangan.",
    },
    "record-installation": {
      button: "Catat pemasangan",
      done: "memasang titik jaringan",
      askNote: "Hal lain tentang pemasangan? Contoh: label port B2-14.",
    },
    "point-is-connected": {
      button: "Titik tersambung",
      done: "memeriksa titik baru: tersambung",
      askNote: "Catatan hasil pemeriksaan? Contoh: 100 Mbps, semua komputer tersambung.",
    },
    "point-is-not-connected": {
      button: "Tidak tersambung: teruskan WO",
      done: "memeriksa titik baru: tidak tersambung, dan meneruskan WO ke Infrastruktur",
      askNote:
        "Apa yang tidak tersambung, dan apa yang sudah dicoba? Contoh: titik 2 tidak mendapat IP, kabel sudah diganti.",
    },
    "point-repaired": {
      button: "Sudah diperiksa: kembalikan WO",
      done: "memeriksa koneksi titik baru dan mengembalikan WO ke IT Support",
      askNote: "Apa yang diperbaiki? Contoh: VLAN port diatur ulang.",
    },
    "ask-requester": {
      button: "Verifikasi ke pemohon",
      done: "menanyakan kepada pemohon apakah titik jaringan berfungsi",
      askNote: "Apa yang dipasang? Catatan ini ikut dikirim ke pemohon. Contoh: tiga titik kabel di ruang Sekretariat.",
      told: "Apakah titik jaringan yang baru sudah berfungsi?",
    },
    "confirm-resolved": { button: "Ya, sudah berfungsi", done: "menyatakan titik jaringan berfungsi" },
  },
};
