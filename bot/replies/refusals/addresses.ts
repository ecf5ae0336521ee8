import { findPrefix } from "../../../core/db/ipam/prefixes.ts";
import type { Db } from "../../../core/db/tables.ts";
import { showPrefix } from "../../../core/domain/ipam/prefix.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";

/** Refusals about addresses, ranges and prefixes. */
export async function explainAddresses(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "address-unreadable":
      return "Alamat IP itu tidak terbaca. Contoh: 10.10.5.20, 103.10.20.30, atau 2001:db8::20.";
    case "address-part-too-large":
      return `Alamat itu tidak ada: tiap bagian paling besar 255, di sini ${values.part}. Contoh: 10.10.5.20.`;
    case "address-leading-zero":
      return "Tulis bagian alamat tanpa nol di depan. Contoh: 10.10.5.20, bukan 010.010.005.020.";
    case "address-mapped":
      return `Itu alamat IPv4 yang dibungkus IPv6. Tulis sebagai IPv4, contoh: ${values.meant}.`;
    case "address-with-length":
      return "Di sini satu alamat saja, tanpa panjang prefix. Contoh: 10.10.5.20, bukan 10.10.5.20/24.";
    case "address-outside":
      return `Alamat ${values.address} di luar prefix ${values.prefix}. Contoh yang di dalamnya: ${values.example}.`;
    case "address-is-network":
      return `Alamat ${values.address} menamai jaringannya sendiri, jadi tidak diberikan kepada siapa pun. Contoh yang lain: ${values.example}.`;
    case "address-is-broadcast":
      return `Alamat ${values.address} adalah alamat broadcast, jadi tidak diberikan kepada siapa pun. Contoh yang lain: ${values.example}.`;
    case "address-is-nested-edge":
      return `Alamat ${values.address} adalah alamat jaringan atau broadcast prefix di dalamnya. Contoh yang lain: ${values.example}.`;
    case "address-in-nested": {
      const nested = await findPrefix(db, Number(values.prefixId));
      const where = nested === undefined ? "prefix lain di dalamnya" : `prefix ${showPrefix(nested)} di dalamnya`;
      return `Alamat ${values.address} termasuk ${where}. Berikan dari halaman prefix itu.`;
    }
    case "address-in-no-prefix":
      return `Alamat ${values.address} tidak ada dalam prefix mana pun. Tambahkan dahulu prefixnya, contoh: ${values.example}.`;
    case "address-assigned":
      return `Alamat ${values.address} sudah dipakai. Pilih yang lain, contoh: alamat bebas berikutnya.`;
    case "address-reserved":
      return `Alamat ${values.address} sudah dipesan. Pilih yang lain, contoh: alamat bebas berikutnya.`;
    case "address-quarantined":
      return `Alamat ${values.address} masih dalam karantina. Pilih yang lain, atau akhiri karantinanya pada halaman alamat itu.`;
    case "address-kept-free":
      return `Alamat ${values.address} ada dalam rentang yang disisihkan. Pilih yang lain, atau bebaskan dahulu rentang itu.`;
    case "basis-ticket-unknown":
      return `Tiket ${ticketNumber(Number(values.ticketId))} tidak ada. Periksa nomornya di kartu tiketnya, atau tulis nomor surat, contoh: 555/210/2026.`;
    case "grounds-unchanged":
      return "Keterangan itu sama dengan yang sudah tercatat, jadi tidak ada yang diperbaiki. Tulis yang benar, contoh: Server SIMPEG, bukan Server SIPD.";
    case "text-like-formula":
      return "Isian itu diawali =, +, -, atau @, jadi Excel menjalankannya sebagai rumus. Tulis isinya saja, contoh: Server SIMPEG.";

    case "zone-like-network":
      return `${values.network} adalah jaringan atau alamat, bukan nama zona. Tulis nama zonanya dahulu, contoh: Utama; prefixnya ditanyakan sesudah itu.`;
    case "prefix-without-length":
      return `Tulis prefix dengan panjangnya, contoh: ${values.address}/24.`;
    case "prefix-length":
      return `Panjang prefix adalah angka dari 1 sampai ${values.longest}, contoh: 10.10.5.0/24.`;
    case "prefix-host-bits":
      return `Itu alamat di dalam sebuah prefix, bukan prefixnya. Mungkin maksud Anda: ${values.meant}.`;
    case "prefix-known":
      return `Prefix ${values.prefix} sudah ada di zona ini. Buka prefix itu, atau tulis yang lain, contoh: 10.10.6.0/24.`;
    case "prefix-edge-taken":
      return `Alamat ${values.address} sudah diberikan, padahal menjadi alamat jaringan atau broadcast dari ${values.prefix}. Lepaskan dahulu alamat itu.`;
    case "prefix-cuts-kept-range":
      return `Prefix ${values.prefix} memotong rentang yang disisihkan mulai ${values.address}. Bebaskan dahulu rentang itu.`;
    case "prefix-in-use":
      return `Prefix ini masih berisi ${values.count} alamat atau rentang yang dipakai, dipesan, dikarantina, atau disisihkan. Bebaskan dahulu semuanya.`;
    case "prefix-full":
      return `Prefix ${values.prefix} habis: tidak ada alamat yang bebas. Lepaskan yang tidak dipakai lagi, atau pakai prefix lain.`;
    case "prefix-not-scannable":
      return `Prefix ${values.prefix} tidak dapat dipindai: alamatnya dijawab mesin ini sendiri atau tidak diteruskan router. Contoh yang dapat: 10.10.5.0/24.`;
    case "prefix-scanned-elsewhere":
      return `Prefix ${values.prefix} bertumpang tindih dengan ${values.other} di zona ${values.zone}, yang sudah dipindai. Hentikan dahulu pindaian yang satu itu.`;
    case "prefix-scanned-already":
      return `Prefix ${values.prefix} sudah dipindai tiap hari. Untuk memindainya lagi, tekan "Pindai sekarang" pada halamannya.`;
    case "prefix-not-scanned":
      return 'Prefix itu tidak dipindai. Mulai dahulu dengan tombol "Pindai tiap hari" pada halamannya.';
    case "scan-too-soon":
      return `Pindaian prefix itu baru saja diminta. Coba lagi dalam ${values.minutes} menit.`;
    case "no-such-prefix":
      return "Prefix itu tidak ada, atau sudah dihapus. Lihat daftarnya: /ip.";

    case "range-unreadable":
      return "Rentang itu tidak terbaca. Tulis alamat pertama dan terakhirnya, contoh: 10.10.5.10-10.10.5.50.";
    case "range-of-two-families":
      return "Alamat pertama dan terakhir harus sama-sama IPv4 atau sama-sama IPv6, contoh: 10.10.5.10-10.10.5.50.";
    case "range-backwards":
      return `Alamat pertama lebih besar daripada yang terakhir. Mungkin maksud Anda: ${values.meant}.`;
    case "range-outside":
      return `Rentang itu keluar dari prefix ${values.prefix}. Yang dapat disisihkan: ${values.first} sampai ${values.last}.`;
    case "range-taken":
      return `Dalam rentang itu ${values.address} sudah diberikan. Pilih rentang tanpa alamat yang dipakai, dipesan, atau dikarantina.`;
    case "range-kept-already":
      return `Dalam rentang itu ${values.address} sudah disisihkan. Pilih rentang yang lain.`;
    case "range-in-nested":
      return `Dalam rentang itu ada prefix lain di dalam ${values.prefix}. Sisihkan dari halaman prefix itu.`;
    case "range-changed":
      return "Keadaan alamat itu sudah berubah sejak tombol ini dibuat. Buka lagi lewat /ip.";
    default:
      return undefined;
  }
}
