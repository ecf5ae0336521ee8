import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { listShownDecisions } from "../../../core/db/ticket/approvals.ts";
import { listEntries } from "../../../core/db/ticket/entries.ts";
import { findTicket, type Page } from "../../../core/db/ticket/tickets.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { findProcedure } from "../../../core/domain/procedures/index.ts";
import { type OfficeWords, roleInWords, showShortTime, whoDid } from "../office-words.ts";
import { stepWords, wordsOf } from "../procedure-words.ts";
import { stateInWords } from "../state-words.ts";
import { whoDecidedInWords } from "../ticket/approvals.ts";

const latest: Page = { offset: 0, limit: 1 };

/** Refusals about what is done with tickets. */
export async function explainTickets(
  db: Db,
  { code, values }: Refusal,
  office: OfficeWords,
): Promise<string | undefined> {
  switch (code) {
    case "no-machine-checks":
      return "Belum ada pemeriksaan mesin pada tiket ini. Masukkan dahulu berkas aplikasinya.";
    case "machine-checks-running":
      return `Mesin masih memeriksa ${values.count} berkas aplikasi. Tunggu sebentar; kartu ini diperbarui bila selesai.`;
    case "verdicts-missing":
      return `Masih ada ${values.count} pemeriksaan mesin tanpa putusan. Tekan 🤖 Pemeriksaan mesin, lalu terima atau putuskan satu per satu.`;
    case "machine-check-gone":
      return "Pemeriksaan itu tidak berlaku lagi: berkas aplikasinya sudah diganti. Buka lagi 🤖 Pemeriksaan mesin dari kartu tiketnya.";
    case "machine-check-undecided":
      return "Mesin tidak dapat memeriksanya, jadi tidak ada hasil untuk diterima. Putuskan sendiri dengan alasannya, contoh: sudah dicoba dimuat di server uji.";
    case "place-missing":
      return "Belum ada tempat di rak untuk tiket ini. Tekan Pesan tempat di rak dahulu, atau catat pemeriksaan rak sebagai tidak sesuai.";
    case "no-such-handover":
      return "Berita acara itu tidak ada, atau bukan untuk Anda. Buka lagi tiketnya, contoh: T-0042.";
    case "no-such-ticket":
      return "Tiket itu tidak ada, atau bukan milik Anda. Lihat /tiket untuk daftar tiket Anda.";
    case "not-your-role":
      return `Langkah ini dikerjakan oleh ${roleInWords(values.role, office)}.`;
    case "clock-only":
      return "Langkah ini hanya dijalankan sistem, bila pertanyaan ke pemohon tidak dijawab.";
    case "not-the-requester":
      return "Hanya pemohon tiket yang dapat melakukan ini.";
    case "not-at-desk":
      return "Hanya petugas yang dapat melakukan ini.";
    case "ticket-moved-on":
      return whatHappened(db, Number(values.ticketId), office, Number(values.round ?? 0));
    case "stands-already":
      return "Yang diminta di tiket ini sudah terpasang, jadi tiketnya tidak dapat dibatalkan. Menghentikan atau menghapusnya adalah permintaan tersendiri, contoh: Ajukan perubahan aplikasi, lalu Hapus.";
    case "ticket-ended":
      return "Tiket ini sudah selesai. Yang melapor dapat membukanya kembali dari kartunya, selama masa buka kembali.";
    case "taken-by-colleague": {
      const colleague = await findPerson(db, Number(values.assigneeId));
      return `Tiket ini sedang dikerjakan ${colleague?.name ?? "rekan lain"}. Tekan "Ambil alih" bila Anda yang melanjutkan.`;
    }
    case "taken-by-you":
      return "Tiket ini sudah Anda kerjakan.";
    case "not-a-colleague":
      return "Orang itu bukan anggota tim yang memegang tiket ini. Pilih nama dari daftar.";
    case "assigned-meanwhile": {
      const assignee = await findPerson(db, Number(values.assigneeId));
      return `Tiket ini baru saja diberikan kepada ${assignee?.name ?? "rekan lain"}. Buka tiketnya untuk melihat keadaan sekarang.`;
    }
    case "no-colleague":
      return "Tidak ada anggota tim lain yang dapat dihubungi lewat bot.";
    case "has-it-already":
      return "Tiket ini sudah dikerjakan orang itu.";
    case "requester-is-asked":
      return "Tiket ini sedang menunggu jawaban pemohon, jadi tidak ada yang perlu ditugaskan atau ditunda.";
    case "nothing-to-take-back":
      return "Tidak ada langkah yang dapat ditarik kembali.";
    case "not-your-step": {
      const doer = await findPerson(db, Number(values.personId));
      return `Langkah terakhir dikerjakan ${doer?.name ?? "sistem"}; hanya yang mengerjakannya yang dapat menariknya kembali.`;
    }
    case "work-has-gone-on":
      return "Rekan lain sudah melanjutkan tiket ini. Hubungi rekan itu, atau teruskan dengan langkah berikutnya.";
    case "too-late-to-take-back":
      return `Langkah hanya dapat ditarik kembali dalam ${values.hours} jam. Teruskan dengan langkah berikutnya.`;
    case "not-your-own-question":
      return "Jawaban pemohon dicatat oleh petugas lain, bukan oleh yang menanyakannya. Minta rekan help desk mencatatnya.";
    case "not-pending":
      return "Tiket ini tidak sedang menunggu.";
    case "urgency-unchanged":
      return "Tanda mendesak tiket ini sudah demikian.";
    case "not-reclassified":
      return "Laporan kelemahan ditujukan kepada pimpinan dan tidak dipindahkan. Pimpinan dapat meminta help desk menindaklanjutinya.";
    case "granted-not-reclassified":
      return "Yang sudah disetujui tidak dipindahkan ke prosedur lain. Catat permintaan baru untuk hal yang lain itu.";
    case "maintained-by-dinas":
      return "Menurut daftar pengelola, ini dikelola Diskominfo sendiri. Terbitkan WO atau lanjutkan perbaikannya.";
    case "not-a-witness-of-misuse":
      return "Penyalahgunaan dicatat oleh help desk, Data Center, Infrastruktur, atau pimpinan.";
    case "not-your-own-misuse":
      return "Pada tiket Anda sendiri, penyalahgunaan dicatat oleh petugas lain.";
    case "same-procedure":
      return "Tiket ini sudah berada di prosedur itu.";
    case "requester-known-already":
      return "Pemohon tiket ini sudah terdaftar.";
    case "not-of-that-office":
      return "Orang itu bukan pegawai aktif perangkat daerah tiket ini. Pilih nama dari daftar.";
    case "nobody-to-identify":
      return "Perangkat daerah ini belum punya orang terdaftar. Minta administrator menambahkannya.";
    case "checks-missing":
      return `Masih ada ${values.count} pemeriksaan yang belum diisi. Lengkapi dahulu daftar periksa.`;
    case "checks-failed":
      return `Masih ada ${values.count} tes yang tidak sesuai. Ulangi tesnya setelah diperbaiki, atau kembalikan WO.`;
    case "check-always-applies":
      return "Tes ini selalu berlaku. Pilih Sesuai atau Tidak sesuai; Tidak berlaku hanya untuk tes dari internet dan tes lainnya.";
    case "too-late-to-reopen":
      return `Tiket hanya dapat dibuka kembali dalam ${values.days} hari. Laporkan sebagai tiket baru lewat /lapor.`;
    case "term-over":
      return "Masa berlaku yang dulu diminta sudah lewat. Ajukan permintaan baru lewat /lapor, dengan tanggal yang baru.";
    default:
      return undefined;
  }
}

/** A press that came too late is told who was first. */
async function whatHappened(db: Db, ticketId: number, office: OfficeWords, round: number): Promise<string> {
  const ticket = await findTicket(db, ticketId);
  const [entry] = await listEntries(db, ticketId, { ...latest, withInternalNotes: false });
  if (ticket === undefined || entry === undefined) return "Tombol ini sudah tidak berlaku.";
  const words = wordsOf(findProcedure(ticket.procedure));
  const state = await stateInWords(db, ticket, words);
  const decision = (await listShownDecisions(db, ticketId, round)).at(-1);
  if (decision !== undefined) return whoDecidedInWords(decision, state, office);
  if (entry.step === null) return `Tombol ini sudah tidak berlaku. Keadaan tiket sekarang: ${state}.`;
  const done = stepWords(words, entry.step).done;
  return `Sudah didahului: ${whoDid(entry.personName)} ${done} pada ${showShortTime(entry.at, office)}. Keadaan sekarang: ${state}.`;
}
