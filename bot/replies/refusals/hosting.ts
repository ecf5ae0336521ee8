import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { outdatedWords } from "../hosting/outdated-plan.ts";
import { explainChange } from "./application-changes.ts";

const referenceExample = "registry.go.id/simpeg@sha256:2c26…e7ae";

/** Refusals about applications that a machine hosts. */
export function explainHosting(_db: Db, { code, values }: Refusal): string | undefined {
  return explainChange({ code, values }) ?? explainBuilding({ code, values });
}

function nextPlan({ isMadeAnew }: Refusal["values"]): string {
  return isMadeAnew
    ? "Mesin sedang membuat rencana baru; Anda diminta memutuskannya bila sudah siap."
    : "Minta Infrastruktur menekan Buat rencana baru, lalu putuskan rencana yang baru.";
}

function whatChanged({ by }: Refusal["values"]): string {
  return outdatedWords(String(by)) ?? "sesuatu berubah sejak rencana itu dibuat.";
}

function explainBuilding({ code, values }: Refusal): string | undefined {
  switch (code) {
    case "hosting-off":
      return "Aplikasi belum dapat dibangun dengan mesin: profil kantor ini belum menyebut host-nya. Laporkan ke pimpinan seperti biasa, contoh: tekan Laporkan ke pimpinan (manual).";
    case "machine-only":
      return "Langkah ini hanya dijalankan mesin, bila pekerjaannya selesai. Tunggu sebentar; kartu ini diperbarui.";
    case "machine-at-work":
      return "Mesin sedang mengerjakan tiket ini, jadi langkah terakhir tidak dapat ditarik kembali. Tunggu sampai kartu ini diperbarui.";
    case "plan-given-up":
      return "Dengan langkah itu rencana dan yang dipesan untuknya sudah dilepas, jadi tidak dapat ditarik kembali. Buat rencana baru, atau buka kembali tiketnya.";
    case "network-given-up":
      return "Alamat atau nama yang dipesan untuk aplikasi ini sudah dilepas. Minta Infrastruktur menekan Buat rencana baru: tiketnya kembali ke Data Center, yang merencanakannya lagi.";
    case "platform-asked-already":
      return `Proksi host ini sedang diurus di tiket ${ticketNumber(Number(values.ticketId))}. Selesaikan atau batalkan tiket itu dahulu.`;
    case "application-there-already":
      return "Tiket ini sudah punya aplikasi di host. Lanjutkan dengan tangan, atau ajukan permintaan baru, contoh: SIMPEG versi 2.";
    case "wished-name-taken":
      return `Nama ${values.name} sudah dipakai. Ketik nama lain, contoh: simpeg-dinkes.`;
    case "image-without-digest":
      return `Rujukan image harus memakai digest, bukan tag, contoh: ${referenceExample}.`;
    case "image-digest-wrong":
      return `Digest sesudah sha256: terdiri dari 64 angka atau huruf kecil a sampai f, yang Anda ketik ${values.length}. Salin utuh, contoh: ${referenceExample}.`;
    case "image-reference-unreadable":
      return `Itu bukan rujukan image. Tulis nama registry, nama image, dan digest-nya, contoh: ${referenceExample}.`;
    case "image-reference-not-taken":
      return "Untuk runtime ini image tidak dapat diambil dari registry. Kirim berkasnya, contoh: simpeg.tar dari docker save.";
    case "image-named-already":
      return "Image-nya diambil dari registry, jadi berkas itu disimpan sebagai lampiran biasa. Bila berkas itu yang dipakai, hapus dahulu jawaban Rujukan image, lalu kirim lagi, contoh: simpeg.tar.";
    case "registry-not-allowed":
      return `Image dari ${values.registry} tidak diterima. Pakai registry kantor ini, contoh: ${values.allowed}.`;
    case "one-image-needed":
      return values.count === 0
        ? "Tidak ada image di antara berkas aplikasi yang terakhir dimasukkan. Masukkan satu image, contoh: simpeg.tar dari docker save."
        : `Ada ${values.count} image di antara berkas aplikasi. Masukkan lagi satu saja, contoh: simpeg.tar dari docker save.`;
    case "one-archive-needed":
      return values.count === 0
        ? "Runtime ini memerlukan arsip aplikasi, dan tidak ada di antara berkas yang terakhir dimasukkan. Masukkan satu arsip, contoh: simpeg.zip."
        : `Ada ${values.count} arsip di antara berkas aplikasi. Masukkan lagi satu saja, contoh: simpeg.zip.`;
    case "one-dump-at-most":
      return `Ada ${values.count} dump di antara berkas aplikasi. Masukkan lagi satu saja, contoh: simpeg.sql.gz.`;
    case "dump-without-database":
      return "Ada dump di antara berkas aplikasi, jadi basis datanya perlu dipilih, contoh: MariaDB. Bila tidak ada pilihan, pilih runtime lain.";
    case "page-path-unreadable":
      return "Itu bukan alamat halaman. Tulis bagian sesudah nama situsnya, diawali garis miring dan tanpa spasi, contoh: /api/health.";
    case "hosting-prefix-missing":
      return `Prefix ${values.prefix} di zona ${values.zone} belum ada di daftar alamat. Minta Infrastruktur menambahkannya lewat /ip.`;
    case "no-free-subnet":
      return `Prefix ${values.prefix} sudah penuh: tidak ada subnet /29 yang bebas. Pilih host lain, atau minta Infrastruktur mengosongkannya lewat /ip.`;
    case "proxy-address-unknown":
      return `Alamat proxy ${values.address} belum diberikan di daftar alamat, jadi nama tidak dapat menuju ke sana. Minta Infrastruktur memberikannya lewat /ip.`;
    case "application-name-unfit":
      return `${values.name} tidak dapat dipakai: namanya terlalu panjang, tidak diawali huruf, atau sudah dipakai aplikasi lain. Ketik nama lain, contoh: simpeg.`;
    case "plan-expired":
      return `Rencana ini sudah kedaluwarsa. ${nextPlan(values)}`;
    case "plan-changed":
      return `Rencana ini tidak berlaku lagi: ${whatChanged(values)} ${nextPlan(values)}`;
    case "no-database-account":
      return "Aplikasi ini tidak punya basis data yang sudah berjalan, jadi tidak ada akun yang dapat ditawarkan. Contoh yang punya: aplikasi PHP dengan MariaDB.";
    case "no-account-pages":
      return "Halaman di luar chat belum dibuka di kantor ini, jadi akun basis data tidak dapat ditawarkan. Minta administrator membukanya, contoh: PUBLIC_URL=https://helpdesk.labura.go.id/.";
    case "no-such-application":
      return "Aplikasi itu tidak ada lagi, atau bukan untuk Anda. Lihat daftarnya lewat /hosting.";
    default:
      return undefined;
  }
}
