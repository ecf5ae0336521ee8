import { machineWords, seenWords } from "../hosting/machine-words.ts";
import type { ProcedureWords } from "../procedure-words.ts";

export const words: ProcedureWords = {
  title: "Akses vendor",
  file: "Ajukan akses vendor",
  hint: "Vendor mengelola berkas atau basis data aplikasi yang dihosting mesin sampai tanggal tertentu",
  fields: {
    ...machineWords.fields,
    ...seenWords,
    "hosted-application": {
      label: "Aplikasi",
      ask: "Akses ke aplikasi yang mana? Pilih, atau ketik sebagian namanya (contoh: simpeg).",
      askWithoutOffer:
        "Kantor Anda belum punya aplikasi yang dihosting mesin. Ajukan dahulu penitipannya lewat /permintaan.",
    },
    "access-kind": {
      label: "Jenis akses",
      ask: "Akses apa yang diperlukan? Pilih yang paling sempit.",
      askWithoutOffer:
        "Aplikasi itu tidak menyimpan berkas di luar versinya dan tidak punya basis data, jadi tidak ada yang dapat dikelola vendor. Batalkan, lalu ajukan versi baru, contoh: Perubahan aplikasi, lalu Versi baru.",
    },
    vendor: { label: "Vendor", ask: "Apa nama vendornya? Contoh: PT Karya Digital." },
    "vendor-person": {
      label: "Orang vendor",
      ask: "Siapa orangnya? Satu akses untuk satu orang. Contoh: Rudi Hartono.",
    },
    "public-key": {
      label: "Kunci publik SSH",
      ask: "Apa kunci publik SSH orang itu? Salin isi berkas .pub-nya dalam satu baris, contoh: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… Jangan pernah kunci pribadinya.",
    },
    sources: {
      label: "Dari alamat",
      ask: "Dari alamat atau jaringan mana saja? Pisahkan dengan koma, contoh: 103.10.20.0/24, 36.66.1.5. Lewati bila alamatnya berganti-ganti.",
    },
    until: {
      label: "Sampai tanggal",
      ask: "Sampai tanggal berapa? Pada akhir hari itu akses dicabut sendiri. Contoh: 2 minggu lagi, atau 12-12-2026.",
    },
    description: {
      label: "Alasan",
      ask: "Untuk pekerjaan apa? (contoh: memasang modul laporan cuti sesuai kontrak 027/12/2026).",
    },
    "access-port": { label: "Port", ask: "Port" },
    "dns-name": { label: "Nama domain", ask: "Nama domain" },
    size: { label: "Ukuran", ask: "Ukuran" },
    "application-file": { label: "Berkas", ask: "Berkas" },
  },
  states: {
    ...machineWords.states,
    filed: "Baru, permintaan diperiksa Data Center",
    "planning-application": "Rencana akses sedang dibuat mesin",
    "accepting-plan": "Rencana akses diperiksa Infrastruktur",
    "awaiting-plan-approval": "Menunggu persetujuan pimpinan atas akses vendor",
    "plan-approval-lapsed": "Persetujuan akses kedaluwarsa, di Infrastruktur",
    "building-application": "Disetujui, akses sedang dibuka mesin",
    "building-stopped": "Pembukaan akses terhenti, di Data Center",
  },
  steps: {
    ...machineWords.steps,
    "plan-access": {
      button: "Rencanakan akses",
      done: "meminta mesin membuat rencana akses",
      askNote: "Catatan untuk Infrastruktur dan pimpinan? Contoh: kontrak vendornya sudah diperiksa.",
    },
    "refuse-access": {
      button: "Tolak permintaan",
      done: "menolak permintaan akses vendor",
      askNote: "Mengapa ditolak? Catatan ini dikirim ke pemohon. Contoh: kontrak vendor itu sudah berakhir.",
      told: "Permintaan akses vendor ditolak, karena:",
      outcome: "ditolak",
    },
    "accept-plan": {
      button: "Terima rencana",
      done: "menerima rencana akses, dan meminta persetujuan pimpinan",
      askNote: "Catatan untuk pimpinan? Contoh: port dan alamat asalnya sudah sesuai.",
    },
    "approve-plan": {
      button: "✅ Setujui",
      done: "menyetujui akses vendor",
      askNote: "Catatan untuk Data Center? Contoh: cabut begitu pekerjaannya selesai.",
    },
    "reject-plan": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak akses vendor",
      askNote: "Mengapa ditolak? Alasan ini dikirim ke pemohon. Contoh: pekerjaannya cukup lewat versi baru.",
      told: "Akses vendor tidak disetujui, karena:",
      outcome: "tidak disetujui",
    },
    "application-built": {
      button: "Akses dibuka",
      done: "membuka akses, atau mengembalikan keadaan semula",
      told: "Permintaan akses vendor Anda selesai dikerjakan. Cara masuknya ada dalam pesan tersendiri, kecuali aksesnya sudah dicabut atau masanya lewat.",
    },
    "take-access-back": {
      button: "Batalkan akses",
      done: "meminta mesin merencanakan keadaan semula",
      askNote: "Mengapa dibatalkan? Contoh: vendornya tidak jadi bekerja.",
    },
  },
};
