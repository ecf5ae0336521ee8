import { findDecision } from "../../../core/db/announcement/announcements.ts";
import { findPerson, listLinkedWithRole } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { type OfficeWords, showShortTime } from "../office-words.ts";

/** Refusals about announcements. */
export async function explainAnnouncements(
  db: Db,
  { code, values }: Refusal,
  office: OfficeWords,
): Promise<string | undefined> {
  switch (code) {
    case "no-such-announcement":
      return "Pengumuman itu tidak ada, atau bukan untuk kantor Anda. Lihat /pengumuman.";
    case "announcement-changed":
      return "Pengumuman itu sudah berubah sejak tombol ini dibuat. Buka lagi lewat /pengumuman.";
    case "announcement-unchanged":
      return "Isinya sama dengan yang sudah ada, jadi tidak ada yang diubah. Tulis yang benar, contoh: pukul 14.00, bukan 13.00.";
    case "announcement-audience-fixed":
      return "Pengumuman sudah terkirim, jadi sasarannya tetap. Untuk kantor lain tulis pengumuman baru lewat /pengumuman.";
    case "announcement-asked-already":
      return "Pengumuman itu sudah dikirim dan sedang menunggu persetujuan pimpinan.";
    case "announcement-over":
      return "Masa berlakunya sudah lewat. Ubah dahulu sampai kapan pengumuman berlaku, contoh: besok.";
    case "announcement-withdrawn":
      return "Pengumuman itu sudah ditarik dan tidak berlaku lagi.";
    case "announcement-corrected":
      return "Pengumuman itu sudah diralat. Baca dahulu isi yang baru, lalu tekan tombolnya di sana.";
    case "announcement-not-for-you":
      return "Pengumuman ini tidak dikirim kepada Anda, jadi tidak perlu ditandai.";
    case "announcement-ticket-unknown":
      return "Nomor tiket itu tidak terbaca, atau tiketnya tidak ada. Contoh: T-0042.";
    case "not-your-announcement":
      return "Pengumuman yang belum terkirim diubah oleh penulisnya; yang sudah terkirim juga oleh pimpinan.";
    case "not-your-own-announcement":
      return "Pengumuman yang Anda tulis sendiri harus disetujui pimpinan lain.";
    case "not-announcement-approver":
      return `Pengumuman hanya disetujui oleh ${office.roles.leadership}.`;
    case "no-announcement-approver": {
      const administrators = (await listLinkedWithRole(db, "administrator")).map(({ name }) => name).join(", ");
      const whom = administrators === "" ? "administrator server" : `administrator (${shorten(administrators, 70)})`;
      return `Tidak ada pimpinan lain yang dapat menyetujui, dan tanpa itu gangguan pun tidak diumumkan. Hubungi ${whom}.`;
    }
    case "announcement-decided":
      return whoDecidedOnAnnouncement(db, Number(values.announcementId), Number(values.version), office);
    default:
      return undefined;
  }
}

/** The second of two who decide is told what the first decided. */
async function whoDecidedOnAnnouncement(db: Db, id: number, version: number, office: OfficeWords): Promise<string> {
  const decision = await findDecision(db, id, version);
  if (decision === undefined) return "Pengumuman itu sudah diputuskan oleh orang lain.";
  const by = await findPerson(db, decision.decidedBy);
  const what = decision.decision === "approved" ? "disetujui" : "ditolak";
  return `Pengumuman ini sudah ${what} ${by?.name ?? "orang lain"} pada ${showShortTime(decision.decidedAt, office)}.`;
}
