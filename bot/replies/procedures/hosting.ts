import { machineCheckWords } from "../hosting/machine-check-words.ts";
import { machineWords, seenWords } from "../hosting/machine-words.ts";
import type { ProcedureWords } from "../procedure-words.ts";
import { mountingWords } from "../rack/mounting-words.ts";
import { letterWords } from "../ticket/letter-words.ts";

const record = {
  "record-number": { label: "Nomor BAST", ask: "Nomor berita acara serah terima (BAST)? (contoh: 045/12/BAST/2026)" },
  "record-date": {
    label: "Tanggal BAST",
    ask: "Tanggal berita acara? Pilih, atau ketik tanggalnya (contoh: 20-11-2026).",
  },
  "handover-record": {
    label: "Berkas BAST",
    ask: "Kirim pindaian BAST dan foto serah terima. Bila belum ada, tekan Lanjut.",
  },
};

const whyRejected =
  "Mengapa ditolak? Alasan ini akan disampaikan ke pemohon bersama hasil pemeriksaan. Contoh: celah keamanan belum ditutup.";
const reportToLeadership =
  "Apa kesimpulan dan saran Anda untuk pimpinan? Hasil pemeriksaan ikut dikirim. Contoh: layak, rak dan daya cukup.";
const tellRejected =
  "Tuliskan alasan penolakan. Catatan ini dan hasil pemeriksaan dikirim ke pemohon. Contoh: tutup celah keamanannya, lalu ajukan lagi.";

const askFinding =
  "Apa yang ditemukan, atau mengapa tidak berlaku? Contoh: PHP 7.4 tidak didukung lagi, atau: hanya untuk intranet. Bila sesuai, boleh dilewati.";

/** R04/R05, Penitipan server (colocation) dan aplikasi (hosting). */
export const words: ProcedureWords = {
  title: "Penitipan aplikasi/server",
  file: "Ajukan penitipan (hosting/colocation)",
  hint: "Aplikasi (hosting) atau server (colocation) di Data Center, dengan surat permohonan",
  fields: {
    ...letterWords.fields,
    ...mountingWords.fields,
    ...machineWords.fields,
    ...machineCheckWords.fields,
    ...seenWords,
    service: {
      label: "Jenis penitipan",
      ask: "Apa yang dititipkan? Data Center memastikan jenisnya setelah membaca surat.",
      choices: { hosting: "Aplikasi (hosting)", colocation: "Server (colocation)" },
    },
    application: {
      label: "Aplikasi/server",
      ask: "Aplikasi atau server apa? Pilih, atau ketik namanya (contoh: SIMPEG, atau server absensi).",
    },
    "wished-name": {
      label: "Nama domain yang diinginkan",
      ask: "Nama domain apa yang diinginkan? Cukup bagian depannya (contoh: simpeg). Bila belum tahu atau tidak perlu, tekan Lewati.",
    },
    description: {
      label: "Keterangan",
      ask: "Ceritakan aplikasi atau server ini: kegunaannya, pemakainya, bahasa dan basis datanya, atau ukuran servernya (contoh: antrean loket, 40 pemakai, PHP 8 dan MariaDB).",
    },
    "application-files": {
      label: "Berkas aplikasi",
      ask: "Kirim aplikasinya bila sudah ada: arsip situs (.zip atau .tar.gz) beserta paketnya (contoh: vendor, node_modules), dump basis data (.sql atau .sql.gz), atau image (docker save). Mesin memeriksanya. Bila sudah atau belum ada, tekan Lanjut.",
      askWithoutSkip:
        "Kirim berkas aplikasinya: arsip situs (.zip atau .tar.gz) beserta paketnya (contoh: vendor, node_modules), dump basis data (.sql atau .sql.gz), atau image (docker save). Mesin memeriksanya. Bila sudah, tekan Lanjut.",
    },
    files: { label: "Lampiran", ask: "Kirim dokumen pendukung bila ada. Bila sudah atau tidak ada, tekan Lanjut." },
    check: {
      label: "Yang diperiksa",
      ask: "Apa yang diperiksa?",
      choices: {
        rack: "Ketersediaan rak",
        power: "Ketersediaan catu daya",
        "server-condition": "Kondisi server dan aplikasi",
        "software-quality": "Kualitas software, OS, database",
        "software-legality": "Legalitas software dan database",
        "application-kind": "Jenis aplikasi (desktop/website)",
        database: "Database",
        completeness: "Kelengkapan (web server, add-ons)",
        "security-holes": "Celah keamanan aplikasi",
        other: "Lainnya",
        application: "Tes aplikasi",
        internet: "Tes dari internet",
        intranet: "Tes dari intranet",
        "other-test": "Tes lainnya",
      },
    },
    result: {
      label: "Hasil",
      ask: "Apa hasilnya?",
      choices: { passed: "Sesuai", failed: "Tidak sesuai", "not-applicable": "Tidak berlaku" },
    },
    ...record,
    "address-kind": {
      label: "Jenis alamat",
      ask: "Alamat IP apa yang diberikan?",
      choices: { local: "IP lokal", public: "IP publik" },
    },
    "address-from": {
      label: "Prefix",
      ask: "Dari prefix mana alamatnya?",
      askWithoutOffer:
        "Tidak ada prefix yang punya alamat bebas. Tambahkan prefix lewat /ip, lalu tekan lagi tombol langkah ini.",
    },
    target: {
      label: "Host",
      ask: "Di host mana aplikasi ini dibangun?",
      askWithoutOffer:
        "Belum ada host yang proksinya sudah dibangun. Minta dahulu lewat /hosting: 🏗 Bangun atau ubah proksi. Setelah proksinya berjalan, tekan lagi tombol langkah ini.",
    },
    runtime: {
      label: "Runtime",
      ask: "Dengan runtime apa aplikasi ini dijalankan?\nRuntime adalah program di server yang menjalankannya, contoh: PHP. Situs yang hanya berisi halaman dan gambar adalah situs statis. Bila ragu, tanyakan kepada pembuat aplikasinya.",
    },
    database: {
      label: "Basis data",
      ask: "Basis data apa yang dipakai aplikasi ini? Dump yang dimasukkan dimuat ke sana.\nBasis data menyimpan isi aplikasi, contoh: daftar pegawai; dump adalah salinannya dalam satu berkas.",
    },
    "image-reference": {
      label: "Rujukan image",
      ask: "Rujukan image-nya di registry, dengan digest? (contoh: registry.go.id/simpeg@sha256:2c26…e7ae)",
    },
    size: {
      label: "Ukuran",
      ask: "Sebesar apa ukurannya?\nUkuran adalah memori (MB) dan prosesor (CPU) untuk aplikasi, bukan besar berkasnya. Bila ragu, pilih yang terkecil; nanti dapat diperbesar.",
    },
    reach: {
      label: "Jangkauan",
      ask: "Dari mana aplikasi ini boleh dibuka?\nIntranet adalah jaringan kantor pemerintah daerah; lewat internet masyarakat pun dapat membukanya.",
      choices: { internet: "Internet dan intranet", intranet: "Intranet saja" },
    },
    port: {
      label: "Port aplikasi",
      ask: "Pada port berapa aplikasi menjawab di dalam image? Tekan Lewati bila memakai port bawaan runtime (contoh: 8080).",
    },
    "health-path": {
      label: "Halaman yang diperiksa",
      ask: "Alamat halaman untuk memeriksa apakah aplikasi menjawab? Perlu bila halaman depannya tidak ada, misalnya API (contoh: /api/health). Tekan Lewati untuk yang biasa bagi runtime-nya.",
    },
    subnet: { label: "Subnet", ask: "Subnet" },
    "ip-address": {
      label: "Alamat IP",
      ask: "Alamat tertentu? Ketik alamatnya (contoh: 10.10.5.20), atau tekan Lewati untuk alamat bebas yang pertama.",
    },
    "dns-name": {
      label: "Nama domain",
      ask: "Nama domain yang menuju alamat itu? Pilih, ketik (contoh: simpeg), atau tekan Lewati.",
      askWithoutSkip: "Nama domain aplikasinya? Pilih, atau ketik bagian depannya (contoh: simpeg).",
    },
    "reachable-from": {
      label: "Dapat diakses dari",
      ask: "Dari mana sudah dapat diakses?",
      choices: { "intranet-and-internet": "Intranet dan internet", "intranet-only": "Intranet saja" },
    },
  },
  states: {
    ...letterWords.states,
    ...mountingWords.states,
    classifying: "Diklasifikasi Data Center",
    "checking-colocation": "Penitipan server diperiksa Data Center",
    "awaiting-colocation-approval": "Menunggu rekomendasi pimpinan (colocation)",
    "colocation-approval-lapsed": "Permintaan rekomendasi kedaluwarsa, di Data Center",
    "telling-colocation-rejection": "Ditolak, pemohon akan diberi tahu Non-Teknis",
    "checking-hosting": "Penitipan aplikasi diperiksa Data Center",
    "awaiting-hosting-approval": "Menunggu rekomendasi pimpinan (hosting)",
    "hosting-approval-lapsed": "Permintaan rekomendasi kedaluwarsa, di Data Center",
    "telling-hosting-rejection": "Ditolak, pemohon akan diberi tahu Non-Teknis",
    "returning-application": "Ditolak, aplikasi dan data dikembalikan Data Center",
    ...machineWords.states,
    "clearing-application": "Yang setengah dibangun sedang dihapus mesin",
    "installing-application": "Disetujui, aplikasi dipasang Data Center",
    "setting-application-address": "Alamat IP diatur Infrastruktur",
    "testing-application": "Aplikasi dites IT Support",
    "reporting-application": "Laporan pemasangan di Data Center",
    "telling-office": "Selesai dipasang, pemohon akan diberi tahu Non-Teknis",
  },
  steps: {
    ...letterWords.steps,
    ...mountingWords.steps,
    "classify-colocation": {
      button: "Klasifikasi: colocation",
      done: "mengklasifikasi permintaan sebagai penitipan server (colocation)",
      title: "Penitipan server (colocation)",
      askNote: "Catatan klasifikasi? Contoh: server rak 2U milik kantor itu.",
    },
    "classify-hosting": {
      button: "Klasifikasi: hosting",
      done: "mengklasifikasi permintaan sebagai penitipan aplikasi (hosting)",
      title: "Penitipan aplikasi (hosting)",
      askNote: "Catatan klasifikasi? Contoh: aplikasi web, tanpa perangkat sendiri.",
    },
    "record-colocation-check": { button: "Periksa", done: "memeriksa", askNote: askFinding },
    "record-hosting-check": { button: "Periksa", done: "memeriksa", askNote: askFinding },
    "report-colocation-checks": {
      button: "Laporkan ke pimpinan",
      done: "melaporkan hasil pemeriksaan ke pimpinan dan meminta rekomendasi",
      askNote: reportToLeadership,
    },
    "report-hosting-checks": {
      button: "Laporkan ke pimpinan (manual)",
      done: "melaporkan hasil pemeriksaan ke pimpinan dan meminta rekomendasi",
      askNote: reportToLeadership,
    },
    "approve-colocation": {
      button: "✅ Setujui",
      done: "menyetujui penitipan server",
      askNote: "Catatan untuk Data Center? Contoh: pasang sebelum akhir bulan.",
    },
    "approve-hosting": {
      button: "✅ Setujui",
      done: "menyetujui penitipan aplikasi",
      askNote: "Catatan untuk Data Center? Contoh: pasang sebelum akhir bulan.",
    },
    "reject-colocation": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak penitipan server",
      askNote: whyRejected,
    },
    "reject-hosting": { button: "🚫 Tolak dengan alasan", done: "menolak penitipan aplikasi", askNote: whyRejected },
    "colocation-approval-lapses": {
      button: "Kedaluwarsa",
      done: "mengakhiri permintaan rekomendasi: tidak diputuskan",
    },
    "hosting-approval-lapses": { button: "Kedaluwarsa", done: "mengakhiri permintaan rekomendasi: tidak diputuskan" },
    "ask-colocation-approval-again": {
      button: "Minta rekomendasi lagi",
      done: "meminta rekomendasi pimpinan sekali lagi",
      askNote: reportToLeadership,
    },
    "ask-hosting-approval-again": {
      button: "Minta rekomendasi lagi",
      done: "meminta rekomendasi pimpinan sekali lagi",
      askNote: reportToLeadership,
    },
    "tell-colocation-rejection": {
      button: "Beri tahu pemohon: ditolak",
      done: "memberi tahu pemohon bahwa penitipan server ditolak",
      askNote: tellRejected,
      told: "Permintaan penitipan server ditolak, karena:",
      outcome: "ditolak",
    },
    "tell-hosting-rejection": {
      button: "Beri tahu pemohon: ditolak",
      done: "memberi tahu pemohon bahwa penitipan aplikasi ditolak",
      askNote: tellRejected,
      told: "Permintaan penitipan aplikasi ditolak, karena:",
      outcome: "ditolak",
    },
    "hand-back-application": {
      button: "Kembalikan aplikasi dan data",
      done: "mengembalikan aplikasi dan data",
      askNote:
        "Apa yang dikembalikan, dan kepada siapa? Catatan ini dikirim ke pemohon. Contoh: berkas aplikasi dan basis data, kepada Ibu Rina. Bila belum ada yang diserahkan, tulis itu, lalu lewati nomor dan tanggal BAST.",
      told: "Aplikasi dan data Anda sudah dikembalikan.",
    },
    "plan-application": {
      button: "Bangun dengan mesin",
      done: "meminta mesin membuat rencana aplikasi",
      askNote: "Catatan untuk Infrastruktur dan pimpinan? Contoh: semua pemeriksaan sesuai.",
    },
    ...machineWords.steps,
    ...machineCheckWords.steps,
    "take-over-by-hand": {
      button: "Lanjutkan dengan tangan",
      done: "mengambil alih pembangunan dari mesin",
      askNote:
        "Mengapa, dan apa yang sudah berdiri di host? Yang sudah dibuat mesin tidak dihapus: kontainer, jaringan, alamat, dan nama yang dipesan tetap ada. Bila ingin dihapus mesin, tekan Batal, lalu Perbaiki rencana. Contoh: kontainer berjalan, proxy belum.",
    },
    "correct-plan": {
      button: "Perbaiki rencana",
      done: "meminta mesin menghapus yang setengah dibangun, untuk diperbaiki rencananya",
      askNote:
        "Apa yang akan diperbaiki? Yang setengah dibangun dihapus dahulu; alamat dan nama tetap dipesan. Contoh: port aplikasinya 3000, bukan 8080.",
    },
    "building-cleared": { button: "Sudah dihapus", done: "menghapus yang setengah dibangun dari host" },
    "clearing-failed": { button: "Penghapusan gagal", done: "tidak dapat menghapus yang setengah dibangun" },
    "install-application": {
      button: "Aplikasi terpasang: terbitkan WO",
      done: "memasang aplikasi dan menerbitkan WO untuk Infrastruktur",
      askNote: "Di mana dan bagaimana aplikasi dipasang? Contoh: VM app-07, Nginx dan MariaDB.",
    },
    "set-application-address": {
      button: "Alamat IP diatur: teruskan WO",
      done: "mengatur alamat IP aplikasi dan meneruskan WO ke IT Support",
      askNote: "Catatan tentang alamatnya? Contoh: hanya untuk intranet.",
    },
    "record-test": { button: "Tes", done: "mengetes", askNote: askFinding },
    "tests-passed": {
      button: "Tes selesai: kembalikan WO",
      done: "menyelesaikan tes dan mengembalikan WO ke Data Center",
      askNote: "Catatan hasil tes? Contoh: semua menu terbuka.",
    },
    "tests-failed": {
      button: "Tes gagal: kembali ke Data Center",
      done: "menutup WO: tes gagal, aplikasi perlu dipasang ulang",
      askNote: "Apa yang gagal? Contoh: login menampilkan galat 500.",
    },
    "report-application": {
      button: "Laporkan aplikasi terpasang",
      done: "melaporkan bahwa aplikasi terpasang dan dapat diakses, dan menutup WO",
      askNote: "Bagaimana hasilnya? Contoh: dapat dibuka di https://simpeg.labura.go.id.",
    },
    "tell-office": {
      button: "Beri tahu pemohon: selesai",
      done: "memberi tahu pemohon bahwa pemasangan selesai",
      askNote:
        "Tuliskan pemberitahuannya. Catatan ini dikirim ke pemohon. Contoh: dapat dibuka di https://simpeg.labura.go.id.",
      told: "Pemasangan sudah selesai dan dapat dipakai:",
    },
  },
};
