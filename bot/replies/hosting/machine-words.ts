import type { ProcedureWords } from "../procedure-words.ts";

/** The words of what a machine plans and builds, in whatever procedure. */
export const machineWords: Pick<ProcedureWords, "fields" | "states" | "steps"> = {
  fields: {
    "why-failed": {
      label: "Sebabnya",
      ask: "Sebabnya",
      choices: {
        "access-over":
          "Masa akses yang diminta sudah lewat, atau aksesnya dicabut. Tolak permintaan ini, atau minta pemohon mengajukan lagi.",
        "address-taken": "Alamat IP-nya sudah dipakai di host. Periksa kontainer lain di subnet itu.",
        "approvals-frozen": "Persetujuan dan pembaruan sedang dibekukan. Lanjutkan setelah pimpinan mencabutnya.",
        "archive-unreadable":
          "Arsip aplikasi tidak dapat dibuka, atau isinya keluar dari foldernya. Masukkan lagi, contoh: zip dari isi folder situs.",
        "being-changed": "Mesin sedang mengubahnya, atau perubahan terakhirnya belum selesai. Tunggu sampai selesai.",
        "database-silent": "Basis datanya tidak menjawab aplikasi. Periksa log kontainer basis data di host.",
        "disk-full": "Disk host penuh. Kosongkan dahulu, contoh: docker builder prune, atau hapus log dan berkas lama.",
        "docker-missing": "Program docker belum terpasang di server Simpul.",
        "dump-unreadable":
          "Dump tidak dapat dimuat ke basis data; barisnya ada di berkas log di tiket ini. Lanjutkan dengan tangan, atau ajukan lagi dengan dump lain, contoh: hasil mysqldump, atau pg_dump --no-owner --no-acl.",
        "former-name-needed":
          "Nama lama belum dapat dilepas: sejak direncanakan ada surel, catatan DNS, atau nama lain yang bergantung padanya. Minta Infrastruktur memindahkannya lewat /nama, lalu lanjutkan.",
        "host-unreachable": "Docker di host tidak menjawab. Periksa host dan layanan docker-nya.",
        "host-untrusted":
          "Host dan server Simpul tidak saling mengenal: kunci SSH atau sertifikatnya tidak cocok, jadi tidak ada yang dikirim. Jalankan npm run doctor di server Simpul.",
        "image-missing": "Image aplikasi tidak ada. Masukkan lagi berkasnya.",
        "image-not-in-registry":
          "Image itu tidak ada di registry, atau host tidak boleh mengambilnya. Periksa rujukannya: yang diminta dimasukkan lagi dengan Masukkan berkas aplikasi, yang di profil diperbaiki di sana.",
        "image-too-large":
          "Image itu lebih besar dari yang diterima. Buat yang lebih kecil, contoh: tanpa perkakas build; Data Center memasukkannya dengan Masukkan berkas aplikasi.",
        "image-unreadable": "Berkas image tidak dapat dimuat. Minta pemohon membuatnya lagi dengan docker save.",
        isolated: "Aplikasi sedang diisolasi. Lanjutkan setelah pimpinan mencabut isolasinya.",
        "memory-exceeded": "Pulumi memakai terlalu banyak memori di server Simpul.",
        "name-taken": "Nama kontainer atau jaringannya sudah dipakai di host.",
        "network-given-up":
          "Alamat atau nama yang dipesan untuk aplikasi ini sudah dilepas di daftarnya. Rencanakan lagi; bila aplikasinya sudah berjalan, minta dahulu Infrastruktur mencatatnya kembali lewat /ip atau /nama.",
        "no-answer": "Aplikasi berjalan, tetapi tidak menjawab lewat nama domainnya. Periksa proxy dan port aplikasi.",
        "not-finished": "Pekerjaan mesin berulang kali terputus. Periksa log worker.",
        other: "Gangguan lain. Penjelasannya ada di berkas log di tiketnya; bila tidak ada, di log worker.",
        "plan-outdated":
          "Rencananya tidak berlaku lagi, padahal sebagian sudah dibangun. Tekan Perbaiki rencana: yang setengah jadi dihapus, lalu direncanakan lagi.",
        "profile-changed": "Host, runtime, atau ukurannya sudah tidak ada di profil.",
        "program-changed":
          "Simpul sudah diperbarui sejak rencana itu disetujui, jadi hasilnya bisa lain. Ajukan perubahannya, contoh: hentikan, lalu jalankan lagi.",
        protected: "Ada volume data yang dilindungi, jadi tidak dihapus.",
        "proxy-address-reserved":
          "Alamat proksi host ini tercatat dipesan untuk yang lain di daftar alamat, jadi nama aplikasi belum dapat menuju ke sana. Minta Infrastruktur mencatatnya lagi untuk proksi lewat /ip, lalu lanjutkan.",
        "proxy-missing":
          "Proksi host ini belum dibangun, atau kontainernya hilang. Minta dahulu lewat /hosting (Bangun atau ubah proksi); setelah proksinya berjalan, lanjutkan di sini.",
        "psql-outdated":
          "psql di image PostgreSQL profil terlalu lama, jadi dump tidak dimuat: perintah di dalamnya tidak dapat dicegah. Ganti image di profil dengan rilis sejak Agustus 2025, contoh: 17.6.",
        "pulumi-missing": "Program pulumi belum terpasang di server Simpul.",
        "registry-unreachable":
          "Registry image tidak dapat dihubungi dari host. Periksa registry dan jaringannya, lalu ulangi; image yang diminta diambil lagi dengan Masukkan berkas aplikasi.",
        "stack-locked":
          "Proses pulumi lain memegang kunci stack ini. Tunggu sampai selesai. Jika proses itu sudah mati, contoh: mesinnya rusak atau berganti nama, buka kuncinya di server Simpul: npm run pulumi -- cancel --stack NAMA-STACK; lalu ulangi.",
        "state-unreachable": "Basis data state Pulumi tidak dapat dibuka.",
        "store-full":
          "Disk server Simpul penuh. Kosongkan dahulu, lalu ulangi; image yang diminta diambil lagi dengan Masukkan berkas aplikasi.",
        "subnet-taken": "Subnet-nya bertabrakan dengan jaringan lain di host.",
        "too-slow": "Tidak selesai dalam waktunya. Periksa beban host.",
        unhealthy:
          "Aplikasi tidak sehat: tidak menjawab pada port atau halaman yang diperiksa. Periksa port, halaman itu dan log kontainernya.",
        "wrong-passphrase": "Kata sandi Pulumi salah. Periksa PULUMI_CONFIG_PASSPHRASE_FILE.",
      },
    },
    "lock-holder": { label: "Pemegang kunci", ask: "Siapa pemegang kuncinya? Contoh: root@simpul-1." },
    "locked-since": { label: "Sejak", ask: "Sejak kapan? Contoh: 28/11/2026 08.41." },
    "unlock-command": {
      label: "Jika prosesnya sudah mati",
      ask: "Perintah pembuka kunci? Contoh: npm run pulumi -- cancel --stack app-simpeg.",
    },
    "why-outdated": {
      label: "Sebabnya",
      ask: "Sebabnya",
      choices: {
        addresses: "Alamat atau nama yang dipesan untuk aplikasi ini sudah dilepas di daftarnya.",
        approvers: "Yang menyetujui tidak lagi berwenang, atau profil kini menyebut penyetuju lain.",
        expired: "Masa berlaku rencananya sudah habis.",
        file: "Isi permintaan atau profil kantor sudah berubah.",
        host: "Keadaan di host sudah berubah, contoh: memori kontainer diubah dengan tangan.",
        image: "Image aplikasinya sudah lain.",
        isolated: "Aplikasinya sedang diisolasi.",
        program: "Program Simpul sudah diperbarui.",
      },
    },
    plan: { label: "Nomor rencana", ask: "Nomor rencana? Contoh: 3." },
  },
  states: {
    "planning-application": "Rencana aplikasi sedang dibuat mesin",
    "accepting-plan": "Rencana aplikasi diperiksa Infrastruktur",
    "awaiting-plan-approval": "Menunggu persetujuan pimpinan atas rencana aplikasi",
    "plan-approval-lapsed": "Persetujuan rencana kedaluwarsa, di Infrastruktur",
    "building-application": "Disetujui, aplikasi sedang dibangun mesin",
    "building-stopped": "Pembangunan aplikasi terhenti, di Data Center",
  },
  steps: {
    "application-planned": { button: "Rencana selesai", done: "membuat rencana aplikasi" },
    "planning-failed": { button: "Rencana gagal", done: "tidak dapat membuat rencana aplikasi" },
    "accept-plan": {
      button: "Terima alamat dan nama",
      done: "menerima alamat dan nama aplikasi, dan meminta persetujuan pimpinan",
      askNote: "Catatan untuk pimpinan? Contoh: alamat dan nama sudah sesuai.",
    },
    "refuse-plan": {
      button: "Kembalikan rencana",
      done: "mengembalikan rencana aplikasi ke Data Center",
      askNote: "Apa yang harus diubah? Contoh: namanya terlalu mirip dengan simpeg.",
    },
    "approve-plan": {
      button: "✅ Setujui",
      done: "menyetujui rencana aplikasi",
      askNote: "Catatan untuk Data Center? Contoh: laporkan bila sudah dapat dibuka.",
    },
    "reject-plan": {
      button: "🚫 Tolak dengan alasan",
      done: "menolak rencana aplikasi",
      askNote: "Mengapa ditolak? Alasan ini akan disampaikan ke pemohon. Contoh: celah keamanan belum ditutup.",
    },
    "plan-approval-lapses": { button: "Kedaluwarsa", done: "mengakhiri permintaan persetujuan: tidak diputuskan" },
    "ask-plan-approval-again": {
      button: "Minta persetujuan lagi",
      done: "meminta persetujuan pimpinan sekali lagi",
      askNote: "Apa saran Anda untuk pimpinan? Contoh: rencananya masih sama.",
    },
    "renew-plan": {
      button: "Buat rencana baru",
      done: "meminta mesin membuat rencana baru",
      askNote: "Mengapa rencananya dibuat lagi? Contoh: rencana lama sudah kedaluwarsa.",
    },
    "plan-outdated": {
      button: "Rencana usang",
      done: "membatalkan rencana yang tidak berlaku lagi: rencana baru dibuat",
    },
    "application-built": { button: "Aplikasi dibangun", done: "membangun dan menguji aplikasi" },
    "building-failed": { button: "Pembangunan gagal", done: "tidak dapat menyelesaikan pembangunan aplikasi" },
    "continue-building": {
      button: "Lanjutkan pembangunan",
      done: "meminta mesin melanjutkan pembangunan",
      askNote: "Apa yang sudah diperbaiki? Contoh: ruang disk di host sudah ditambah.",
    },
  },
};

/** What a machine saw of an application that it has built. */
export const seenWords: ProcedureWords["fields"] = {
  "seen-from-intranet": {
    label: "Dari intranet",
    ask: "Dari intranet",
    choices: { passed: "Menjawab", "not-applicable": "Tidak berlaku", "not-tested": "Tidak dapat dites dari sini" },
  },
  "seen-from-internet": {
    label: "Dari internet",
    ask: "Dari internet",
    choices: { passed: "Menjawab", "not-applicable": "Tidak berlaku", "not-tested": "Tidak dapat dites dari sini" },
  },
};
