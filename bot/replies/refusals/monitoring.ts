import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { targetColumns, targetKindNames } from "../../../core/domain/monitoring/target-file.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { showDay } from "../office-words.ts";

/** Refusals about what is watched. */
export async function explainMonitoring(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "address-never-asked":
      return `${values.address} tidak dapat dipantau: alamat itu milik mesin ini sendiri, grup, atau sambungan lokal. Contoh yang dapat: 10.20.1.1.`;
    case "address-outside-networks":
      return `${values.address} di luar jaringan yang boleh dipantau menurut profil kantor ini. Contoh yang dapat: 10.20.1.1.`;
    case "address-not-played":
      return `${values.address} tidak ditanyai: ruang coba hanya menanyai link-nya sendiri. Contoh yang dapat: ${values.example}.`;
    case "nothing-played":
      return "Ruang coba di mesin ini tanpa link, karena alamat loopback-nya hanya satu. Tambahkan alamatnya lalu mulai lagi, contoh: sudo ifconfig lo0 alias 127.77.0.1 up.";
    case "target-behind-itself":
      return "Sesuatu tidak dapat berada di belakang dirinya sendiri. Contoh yang dapat: kantor di belakang link-nya.";
    case "target-cycle":
      return "Pilihan itu sudah berada di belakang yang ini, jadi keduanya akan saling di belakang. Contoh yang dapat: kantor di belakang router, router di belakang trunk.";
    case "target-unknown":
      return "Yang Anda pilih tidak dipantau lagi. Pilih yang lain dari daftar, contohnya router kantor itu.";
    case "target-file-without-heading":
      return `Baris pertama harus berisi nama kolom. Contoh: ${targetColumns.join(";")}.`;
    case "target-file-empty":
      return `Di bawah nama kolom tidak ada satu baris pun. Contoh: kantor;Kantor Dinkes;Dinkes;;10.20.1.1${";".repeat(targetColumns.length - 5)}.`;
    case "target-kind-unknown":
      return `Jenis "${values.kind}" tidak dikenal. Yang dikenal: ${Object.values(targetKindNames).join(", ")}.`;
    case "target-column-not-of-kind":
      return `Kolom ${values.column} tidak berlaku untuk ${values.kind}. Kosongkan selnya, atau perbaiki jenisnya, contoh yang dapat: ${values.fits}.`;
    case "target-behind-unknown":
      return `Tidak ada yang bernama "${values.name}". Tulis nama yang dipantau, atau nama di baris lain, contoh: Trunk Utara.`;
    case "target-behind-wrong-line":
      return `${values.name} ada di baris ${values.line}, yang juga salah. Perbaiki baris ${values.line} dahulu, lalu kirim lagi berkasnya.`;
    case "target-circle-in-file":
      return `Melingkar: ${circleIn(values)}. Kosongkan atau ganti di_belakang salah satunya, contoh: Trunk Utara.`;
    case "target-asked-at-several":
      return `Itu diperiksa dengan cara ini di ${values.count} alamat, jadi yang mana tidak jelas. Kosongkan selnya, dan ubah lewat 📋 Pemeriksaan, contoh: ping 10.20.1.1.`;
    case "cell-without-port":
      return "Di kolom itu ditulis alamat dan portnya. Contoh: 10.20.1.5:443.";
    case "target-in-circle":
      return `Ikut melingkar, lihat baris ${values.firstLine}. Kosongkan atau ganti di_belakang salah satunya, contoh: Trunk Utara.`;
    case "target-twice":
      return `Nama itu sudah ada di baris ${values.firstLine}. Hapus salah satunya, atau ganti namanya, contoh: Link Dinkes cadangan.`;
    case "cell-not-a-choice":
      return `Isi kolom itu tidak dikenal. Yang dikenal: ${values.choices}.`;
    case "no-such-target":
      return "Itu tidak dipantau, atau sudah dihapus. Lihat yang ada: /status.";
    case "target-changed":
      return "Data itu sudah diubah sejak tombol ini dibuat. Buka lagi lewat /status.";
    case "target-named":
      return `Nama ${values.name} sudah dipakai. Tulis nama yang lain, contoh: ${values.name} cadangan.`;
    case "asset-not-watched":
      return `${values.name} tidak dapat dipantau sebagai perangkat: tidak dipakai lagi, atau bukan perangkat yang beralamat, contoh yang dapat: router, switch, server.`;
    case "target-follows-hosting":
      return "Aplikasi ini dihosting mesin, jadi dipantau dan dihapus dengan sendirinya. Untuk pekerjaan terencana, tekan 🛠 Pemeliharaan.";
    case "target-is-paused":
      return `${values.name} sedang dijeda, jadi tidak diperiksa. Lanjutkan dahulu dengan tombol ▶️ Lanjutkan.`;
    case "target-without-check":
      return `${values.name} belum punya cara pemeriksaan. Tambahkan satu, contoh: ping 10.20.1.1.`;
    case "target-checks-enough":
      return `Satu hal diperiksa paling banyak dengan ${values.count} cara. Hapus dahulu satu yang tidak perlu.`;
    case "check-known":
      return "Pemeriksaan yang sama sudah ada. Tambahkan yang lain, contoh: port TCP 443.";
    case "no-such-check":
      return "Pemeriksaan itu sudah dihapus. Buka lagi lewat /status.";
    case "beat-renewed-meanwhile":
      return "Alamat tanda itu sudah diganti sejak tombol ini dibuat. Bila perlu lagi, buka 📋 Pemeriksaan, lalu tekan 🔑 Alamat baru.";
    case "heartbeat-without-pages":
      return "Halaman di luar chat belum dibuka di kantor ini, jadi skrip tidak dapat memberi tanda. Minta administrator membukanya, contoh: PUBLIC_URL=https://helpdesk.labura.go.id/.";
    case "check-address-unreadable":
      return "Itu bukan alamat IP atau nama. Contoh yang dapat: 10.20.1.1, atau router.labura.go.id.";
    case "check-name-unknown":
      return `Nama ${values.name} tidak ada di DNS, atau tidak menunjuk ke alamat. Contoh yang dapat: router.labura.go.id, atau alamatnya, 10.20.1.1.`;
    case "check-name-outside":
      return `Nama ${values.name} menunjuk ke luar jaringan yang boleh dipantau menurut profil kantor ini. Contoh yang dapat: nama yang menunjuk ke 10.20.1.1.`;
    case "check-url":
      return "Alamat halaman itu tidak terbaca. Tulis lengkap dengan http:// atau https://, contoh: https://simpeg.labura.go.id/.";
    case "check-url-password":
      return "Jangan menulis nama pengguna dan kata sandi di alamat halaman. Contoh: https://simpeg.labura.go.id/masuk.";
    case "check-domain":
      return "Nama itu tidak terbaca. Contoh: simpeg.labura.go.id.";
    case "asked-just-now":
      return "Itu baru saja Anda periksa. Hasilnya menyusul; periksa lagi dalam beberapa detik.";
    case "asked-too-often":
      return `Anda sudah memeriksa beberapa kali dalam semenit. Coba lagi dalam ${values.seconds} detik.`;
    case "not-in-maintenance":
      return "Pemeliharaannya sudah berakhir, atau berlaku bagi yang di depannya. Buka lagi lewat /status.";
    case "nobody-affected":
      return "Tiket ini dibuka pemantauan, dan belum ada yang menekan 🙋 Saya juga terdampak, jadi tidak ada penerimanya. Untuk petugas lain, tekan 📝 Catatan internal (contoh: penyedia sudah ditelepon).";
    case "no-such-outage":
      return "Gangguan itu tidak ada dalam catatan. Buka lagi lewat /status, lalu tekan 📊 Ketersediaan.";
    case "cause-said-meanwhile":
      return "Penyebabnya baru saja ditetapkan petugas lain. Buka lagi gangguannya, lalu tekan yang benar, contoh: Kabel putus.";
    case "site-without-contact":
      return "Kantor itu belum punya kontak. Isi lewat ✏️ Ubah pada halaman kantornya, contoh: Rina Wulandari, 0812-3456-7890.";
    case "contact-without-chat":
      return `Kontak tanpa Telegram, telepon saja: ${values.contact}. Lalu tekan penyebabnya, contoh: PLN.`;
    case "power-asked-already":
      return `${values.name} sudah ditanya tentang gangguan ini. Jawabannya tampil pada halaman gangguan; tekan penyebabnya bila sudah tahu, contoh: PLN (listrik).`;
    case "power-asked-of-another":
      return "Pertanyaan itu bukan untuk Anda. Bila listrik di kantor Anda padam, laporkan lewat /lapor.";
    case "power-answered":
      return "Jawaban Anda sudah tercatat. Bila keliru, sampaikan kepada petugas lewat /lapor, contoh: Listrik ternyata tidak padam.";
    case "outage-without-link":
      return "Gangguan ini tidak karena link yang dicatat, jadi tidak ada penyedia yang dapat dilapori. Contoh yang dapat: gangguan link dengan nomor sirkit.";
    case "picture-asked-just-now":
      return "Yang sama baru saja diminta; lihat di atas, atau minta lagi sesudah semenit.";
    case "nothing-to-draw":
      return values.days === 1
        ? "Selama 24 jam ini tidak ada yang terukur. Coba rentang yang lebih panjang, contoh: 7 hari."
        : `Selama ${values.days} hari ini belum ada yang terukur. Coba lagi bila sudah diperiksa, contoh: satu jam lagi.`;
    case "days-backwards":
      return "Tanggal akhirnya sebelum tanggal mulainya. Contoh yang dapat: mulai 1 November 2026, sampai 15 November 2026.";
    case "days-too-many":
      return `Rentang itu ${values.days} hari; paling lama ${values.longest} hari. Contoh yang dapat: sampai ${showDay(String(values.latest))}, akhir yang paling jauh.`;
    case "maintenance-not-planned":
      return "Pemeliharaan itu sudah dimulai atau sudah dibatalkan. Buka lagi lewat /status.";
    case "outage-is-over":
      return "Gangguan itu sudah berakhir. Lihat keadaan sekarang: /status.";
    case "outage-of-others":
      return "Gangguan itu bukan pada jaringan atau aplikasi kantor Anda. Bila ada gangguan, laporkan lewat /lapor.";
    case "outage-not-of-reporter":
      return "Gangguan itu bukan pada jaringan atau aplikasi kantor pelapor. Catat keluhannya dengan 📞 Catat laporan orang lain, contoh: Wi-Fi aula lemah.";
    case "reporter-affected-already":
      return `Pelapor sudah tercatat terdampak pada ${ticketNumber(Number(values.ticketId))}. Keluhan lain dicatat tersendiri, contoh: Wi-Fi aula lemah.`;
    case "outage-not-joined":
      return "Itu sedang dalam pemeliharaan, naik turun, atau penyebabnya belum pasti, jadi belum ada tiketnya. Bila keluhan Anda lain, laporkan lewat /lapor.";
    case "incident-ended":
      return "Tiket gangguan itu sudah ditutup. Bila masih bermasalah, laporkan lewat /lapor.";
    case "affected-already":
      return `Anda sudah tercatat terdampak pada ${ticketNumber(Number(values.ticketId))}, dan diberi tahu bila selesai.`;
    case "outage-taken": {
      const person = await findPerson(db, Number(values.personId));
      return `Gangguan itu sudah ditangani ${person?.name ?? "petugas lain"}. Lihat keadaan sekarang: /status.`;
    }
    default:
      return undefined;
  }
}

/** "Trunk A (baris 2) di belakang Trunk B (baris 3) di belakang Trunk A" */
function circleIn({ names, numbers, more }: Refusal["values"]): string {
  const all = String(names).split("\n");
  const lineNumbers = String(numbers).split(",");
  const parts = all.map((name, at) => `${name} (baris ${lineNumbers[at]})`);
  return [...parts, more === 0 ? all[0] : `${more} yang lain`].join(" di belakang ");
}
