import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { showDay } from "../office-words.ts";
import { showRosterDay } from "../shift/roster.ts";

/** Refusals about what heads of the desk see, who is on duty, edited messages and ratings. */
export async function explainShifts(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "not-overseer":
      return "Ringkasan dan daftar semua tiket hanya untuk pimpinan dan help desk. Pilihan Anda ada di /menu.";
    case "search-too-short":
      return "Ketik paling sedikit dua huruf, atau nomor tiketnya. Contoh: SIMPEG, atau T-0042.";
    case "no-successor":
      return "Tidak ada petugas lain yang dapat dihubungi lewat bot. Tekan Akhiri piket dan tinggalkan catatan.";
    case "no-registration-waits":
      return "Tidak ada pendaftaran yang menunggu.";
    case "somebody-on-duty": {
      const onDuty = await findPerson(db, Number(values.personId));
      return `Sekarang ${onDuty?.name ?? "rekan lain"} yang piket. Minta ia menyerahkan piketnya kepada Anda.`;
    }
    case "on-duty-already":
      return "Anda sedang piket.";
    case "not-on-duty":
      return "Piket hanya diserahkan atau diakhiri oleh yang sedang piket; pimpinan juga dapat mengakhirinya.";
    case "nobody-on-duty":
      return "Sekarang tidak ada yang piket. Tekan Mulai piket di /piket.";
    case "not-of-the-desk":
      return "Orang itu bukan petugas yang dapat dihubungi lewat bot. Pilih nama dari daftar.";
    case "not-roster-keeper":
      return "Jadwal piket diisi oleh pimpinan dan help desk. Contoh: minta help desk menekan ➕ Isi jadwal di /piket.";
    case "roster-too-long":
      return `Rentang itu ${values.days} hari; paling lama ${values.longest} hari sekali isi. Contoh yang dapat: sampai ${showDay(String(values.latest))}, akhir yang paling jauh.`;
    case "roster-day-taken": {
      const who = await findPerson(db, Number(values.personId));
      return `${showRosterDay(String(values.day))} sudah diisi ${who?.name ?? "rekan lain"}. Pilih hari lain, atau tekan harinya di 📅 Jadwal piket lalu ✏️ Ubah.`;
    }
    case "roster-changed":
      return "Jadwal hari itu sudah berubah. Buka lagi 📅 Jadwal piket di /piket.";
    case "roster-day-over":
      return "Hari itu sudah lewat dan tidak diubah lagi. Contoh yang dapat: hari ini atau sesudahnya, lewat 📅 Jadwal piket di /piket.";
    case "shift-not-offered":
      return "Piket itu tidak lagi ditawarkan kepada Anda. Lihat /piket untuk keadaan sekarang.";
    case "edit-not-traced":
      return "Perubahan pesan ini tidak dibaca: pesannya bukan bagian tiket atau isian yang masih terbuka. Kirim yang benar sebagai pesan baru.";
    case "edit-of-request":
      return "Isi permintaan yang sudah diproses atau dimintakan persetujuan tidak berubah bila pesannya diubah. Tulis perubahannya sebagai keterangan pada kartu tiket.";
    case "edit-of-step":
      return "Catatan langkah yang sudah dikerjakan tidak berubah bila pesannya diubah. Tulis yang benar sebagai pesan baru pada kartu tiketnya.";
    case "work-of-the-desk":
      return "Tiket ini pekerjaan petugas sendiri, jadi tidak dinilai. Yang dinilai adalah tiket pemohon, contoh: gangguan aplikasi.";
    case "closing-passed":
      return "Tiket ini sudah dibuka kembali. Penilaian diminta lagi setelah tiket selesai.";
    case "too-late-to-rate":
      return `Penilaian hanya dapat diberikan atau diubah dalam ${values.days} hari setelah tiket selesai.`;
    case "not-rated":
      return "Tiket ini belum Anda nilai. Tekan dahulu jumlah bintangnya, contoh: ⭐ 4.";
    default:
      return undefined;
  }
}
