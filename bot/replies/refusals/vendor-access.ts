import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

const longestText = 40;

/** Refusals about access of vendors. */
export function explainVendorAccess(_db: Db, { code, values }: Refusal): string | undefined {
  switch (code) {
    case "key-is-private":
      return "Itu kunci pribadi, jangan diberikan kepada siapa pun. Hapus pesan itu, minta vendor membuat pasangan kunci baru, lalu kirim isi berkas .pub-nya, contoh: ssh-ed25519 AAAA….";
    case "key-of-many-lines":
      return "Kunci publik harus satu baris saja, satu kunci. Salin lagi isi berkas .pub-nya, contoh: ssh-ed25519 AAAAC3NzaC1….";
    case "key-type-unknown":
      return "Itu tidak diawali ssh-ed25519, ssh-rsa, atau ecdsa-sha2-nistp256. Salin seluruh baris berkas .pub-nya tanpa tambahan di depannya, contoh: ssh-ed25519 AAAAC3NzaC1….";
    case "key-damaged":
      return "Kunci publik itu tidak utuh. Salin seluruh baris berkas .pub-nya tanpa dipotong, contoh: ssh-ed25519 AAAAC3NzaC1….";
    case "key-too-short":
      return `Kunci RSA itu lebih pendek dari ${values.leastBits} bit. Minta vendor membuat kunci baru, contoh: ssh-keygen -t ed25519.`;
    case "networks-unreadable":
      return values.text === ""
        ? "Belum ada alamat. Ketik alamat atau jaringan IPv4, contoh: 103.10.20.0/24, 36.66.1.5."
        : `${shorten(String(values.text), longestText)} bukan alamat atau jaringan IPv4. Ketik lagi dengan koma di antaranya, contoh: 103.10.20.0/24, 36.66.1.5.`;
    case "networks-too-many":
      return `Paling banyak ${values.most} alamat atau jaringan. Gabungkan menjadi jaringan, contoh: 103.10.20.0/24.`;
    case "access-term-over":
      return "Hari terakhir akses itu sudah lewat. Ajukan lagi dengan tanggal yang akan datang, contoh: 2 minggu lagi.";
    case "access-too-long":
      return `Akses vendor paling lama ${values.longestDays} hari. Pilih tanggal yang lebih dekat, contoh: 2 minggu lagi; bila perlu ajukan lagi kelak.`;
    case "access-off":
      return "Akses vendor belum ditawarkan: profil kantor ini belum menyebut image-nya. Kirim berkasnya sebagai versi baru, contoh: Perubahan aplikasi, lalu Versi baru.";
    case "application-keeps-no-files":
      return "Aplikasi itu tidak menyimpan berkas di luar versinya, jadi tidak ada berkas yang dapat dikelola vendor. Ajukan versi baru, contoh: Perubahan aplikasi, lalu Versi baru.";
    case "application-has-no-database":
      return "Aplikasi itu tidak punya basis data yang terisi. Pilih jenis akses lain, contoh: SFTP.";
    case "access-there-already":
      return "Aplikasi itu masih punya akses vendor, atau yang lama sedang ditutup. Tunggu sampai berakhir, atau minta Data Center mencabutnya, contoh: tekan Cabut sekarang di halaman aplikasi.";
    case "no-free-access-port":
      return `Semua port akses di host itu terpakai (${values.first}–${values.last}). Tunggu satu berakhir, atau minta Data Center menekan Cabut sekarang.`;
    case "no-such-access":
      return "Akses itu tidak ada. Lihat yang masih berlaku lewat /hosting.";
    case "access-ended-already":
      return "Akses itu sudah berakhir, jadi tidak perlu dicabut lagi. Lihat yang masih berlaku lewat /hosting.";
    default:
      return undefined;
  }
}
