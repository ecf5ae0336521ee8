import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about names, villages and other records. */
export function explainNames(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "domain-trailing-dot":
      return `Tulis nama tanpa titik di akhir. Contoh: ${values.meant}.`;
    case "domain-label-too-long":
      return `Satu bagian nama paling panjang ${values.longest} huruf, di sini ${values.length}. Ringkas, contoh: simpeg.`;
    case "domain-too-long":
      return `Nama seluruhnya paling panjang ${values.longest} huruf, di sini ${values.length}. Ringkas, contoh: simpeg.`;
    case "domain-empty-label":
      return "Ada titik di depan, atau dua titik berurutan. Contoh: api.simpeg.";
    case "domain-underscore":
      return `Garis bawah tidak boleh dalam nama. Pakai tanda hubung, contoh: ${values.meant}.`;
    case "domain-punycode":
      return "Nama yang diawali xn-- tidak diberikan: tampilannya lain daripada tulisannya. Pakai huruf biasa, contoh: simpeg.";
    case "domain-character":
      return `Tanda "${values.character}" tidak boleh dalam nama. Pakai huruf a sampai z, angka, dan tanda hubung, contoh: e-kinerja.`;
    case "domain-hyphen-at-edge":
      return "Tanda hubung tidak boleh di awal atau di akhir sebuah bagian. Contoh: e-kinerja.";
    case "domain-outside":
      return `Nama itu bukan di bawah ${values.domain}. Tulis lengkap, contoh: simpeg.${values.domain} atau api.simpeg.${values.domain}.`;
    case "domain-reserved":
      return `"${values.label}" adalah kata yang dicadangkan untuk pengelola domain. Pakai kata lain, contoh: portal.`;
    case "domain-in-use":
      return `Nama ${values.name} sudah dipakai. Pilih yang lain, contoh: dengan nama kantor di depannya.`;
    case "domain-reserved-name":
      return `Nama ${values.name} sudah dipesan. Pilih yang lain, atau batalkan dahulu pesanannya lewat /nama.`;
    case "domain-quarantined":
      return `Nama ${values.name} masih dalam karantina. Pilih yang lain, atau akhiri karantinanya pada halaman nama itu.`;
    case "domain-parent":
      return `Nama bertingkat hanya di bawah nama yang dipakai kantor yang sama, dan ${values.parent} bukan. Contoh satu tingkat: simpeg.${values.domain}.`;
    case "domain-looks-alike":
      return `Nama ${values.name} mirip dengan ${values.similar}, jadi mudah tertukar. Berikan lewat /nama bila memang dimaksud, atau pilih yang lain, contoh: portal.`;
    case "domain-changed":
      return "Keadaan nama itu sudah berubah sejak tombol ini dibuat. Buka lagi lewat /nama.";
    case "domain-has-below":
      return `Di bawah ${values.name} masih ada ${values.below}. Lepaskan dahulu nama itu.`;
    case "domain-is-name-server":
      return `${values.name} adalah server nama: tanpanya tidak ada nama yang ditemukan. Ubah dahulu nameServers di profil, contoh: ns2.`;
    case "domain-receives-mail":
      return `E-mail dikirim ke ${values.name}. Hapus dahulu catatan MX-nya lewat /nama, MX dan TXT.`;
    case "domain-has-records":
      return `${values.owner} masih punya catatan MX atau TXT. Hapus dahulu catatannya lewat /nama, MX dan TXT.`;

    case "domain-many-addresses":
      return `Paling banyak ${values.most} alamat untuk satu nama. Contoh: 10.10.5.20, 10.10.5.21.`;
    case "domain-target-short":
      return "Tulis nama lengkap, contoh: simpeg.labura.go.id.";
    case "domain-target-unknown":
      return `Nama ${values.target} tidak sedang dipakai, jadi tidak dapat dituju. Contoh: nama yang ada di /nama, atau alamat 10.10.5.20.`;
    case "domain-points-at-itself":
      return `Nama ${values.name} akan menunjuk ke dirinya sendiri. Pilih tujuan lain, contoh: 10.10.5.20.`;
    case "domain-no-alias":
      return `Nama ${values.name} punya catatan MX atau TXT, menerima e-mail, atau server nama, jadi harus menunjuk ke alamat. Contoh: 10.10.5.20.`;
    case "domain-address-free":
      return `Alamat ${values.address} belum diberikan kepada siapa pun. Berikan dahulu alamat itu lewat /ip, contoh: /ip ${values.address}.`;
    case "domain-address-reserved":
      return `Alamat ${values.address} masih dipesan. Pakai dahulu alamat itu: /ip ${values.address}.`;
    case "domain-zone-open":
      return `Alamat ${values.address} ada di beberapa zona. Pilih zonanya lewat tombol, contoh: Utama.`;
    case "domain-elsewhere-why":
      return `${values.target} di luar tempat Dinas. Tulis alasannya, contoh: Aplikasi umum Kementerian Dalam Negeri.`;

    case "no-such-village":
      return "Desa itu tidak ada dalam daftar. Lihat /nama, Daftar desa.";
    case "district-unknown":
      return `Kecamatan "${values.district}" tidak ada. Contoh: ${values.meant}.`;
    case "village-known":
      return `Desa ${values.village} di Kecamatan ${values.district} sudah ada. Tambahkan yang lain, contoh: Aek Tapa.`;
    case "village-name-unusable":
      return "Nama desa itu tidak dapat menjadi nama domain. Tulis dengan huruf dan angka, contoh: Aek Tapa.";
    case "village-name-other":
      return `Nama desa ini hanya ${values.plain}, atau ${values.fallback} bila yang pertama sudah terdaftar.`;
    case "village-unknown":
      return `Desa "${values.village}" tidak ada dalam daftar.${values.meant === undefined ? " Contoh: Aek Tapa." : ` Mungkin maksud Anda: ${values.meant}.`}`;
    case "village-several":
      return `Kecamatan desa "${values.village}" tidak jelas. Tulis salah satu: ${values.districts}.`;
    case "village-has-names":
      return `Desa ini masih punya ${values.count} nama. Lepaskan dahulu namanya.`;
    case "ministry-step-changed":
      return "Keadaan permohonan itu sudah berubah. Buka lagi halaman namanya lewat /nama.";

    case "record-known":
      return `Catatan itu sudah ada untuk ${values.owner}. Tulis isi yang lain, contoh: v=spf1 mx -all.`;
    case "record-at-alias":
      return `${values.owner} hanya menunjuk ke nama lain, jadi tidak boleh punya MX atau TXT. Pakai nama yang beralamat, contoh: nama domain utama.`;
    case "record-server-unknown":
      return `Server ${values.server} tidak sedang dipakai dengan alamat. Daftarkan dahulu lewat /nama, contoh: mail.`;
    case "no-such-record":
      return "Catatan itu sudah dihapus. Lihat lagi /nama, MX dan TXT.";
    default:
      return undefined;
  }
}
