import type { Refusal } from "../../../core/domain/outcome.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";

/** Refusals of changes of what is hosted. */
export function explainChange({ code, values }: Refusal): string | undefined {
  switch (code) {
    case "application-of-other-office":
      return "Aplikasi itu milik kantor lain. Pilih aplikasi kantor Anda, contoh: yang ada di Aplikasi kami.";
    case "application-not-built":
      return "Aplikasi itu belum selesai dibangun, jadi belum dapat diubah. Tunggu sampai tiket penitipannya selesai, atau pilih aplikasi lain.";
    case "application-deleted":
      return "Aplikasi itu sudah dihapus. Selama datanya disimpan ia hanya dapat dijalankan lagi, contoh: pilih Jalankan lagi.";
    case "application-not-deleted":
      return "Data aplikasi hanya dimusnahkan setelah aplikasinya dihapus. Ajukan dahulu Perubahan aplikasi, contoh: pilih Hapus.";
    case "application-stopped-already":
      return "Aplikasi itu sudah berhenti. Pilih perubahan lain, contoh: Jalankan lagi.";
    case "application-runs-already":
      return "Aplikasi itu sudah berjalan. Pilih perubahan lain, contoh: Versi baru.";
    case "application-not-running":
      return "Aplikasi itu sedang dihentikan, jadi hanya dapat dijalankan lagi atau dihapus. Pilih lebih dahulu, contoh: Jalankan lagi.";
    case "kept-time-over":
      return "Masa simpan aplikasi itu sudah lewat: alamat dan namanya sudah dilepas. Ajukan penitipan baru lewat /permintaan, contoh: Penitipan aplikasi/server.";
    case "kept-time-not-over":
      return "Data aplikasi itu masih dalam masa simpan, jadi belum boleh dimusnahkan. Ajukan lagi setelah masa simpannya lewat, contoh: 30 hari setelah dihapus.";
    case "same-size":
      return "Ukuran aplikasi itu sudah demikian. Pilih ukuran lain, contoh: satu tingkat lebih besar.";
    case "same-name":
      return "Nama aplikasi itu sudah demikian. Ketik nama lain, contoh: simpeg-baru.";
    case "new-name-taken":
      return "Nama itu sudah dipakai atau dipesan. Ketik nama lain, contoh: simpeg-baru.";
    case "nothing-to-roll-back":
      return "Versi itu tidak ada, atau sedang dipakai. Pilih versi lama yang lain, atau perubahan lain, contoh: Versi baru.";
    case "change-under-way":
      return `Perubahan lain dari aplikasi itu sedang berjalan di ${ticketNumber(Number(values.ticketId))}. Tunggu sampai selesai, lalu ajukan lagi.`;
    default:
      return undefined;
  }
}
