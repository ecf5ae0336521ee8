import { findPerson } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";

/** Refusals about approvals, the freeze and substitutes. */
export async function explainApprovals(db: Db, { code, values }: Refusal): Promise<string | undefined> {
  switch (code) {
    case "approval-not-asked":
      return "Pada tiket ini sedang tidak ada yang perlu disetujui.";
    case "approval-not-taken":
      return "Permintaan persetujuan tidak perlu diambil atau ditugaskan: siapa pun yang berhak dapat langsung memutuskannya.";
    case "in-force-not-taken":
      return "Ini sudah disetujui dan sedang berlaku, jadi tidak ada yang perlu dikerjakan atau ditugaskan.";
    case "approval-not-put-off":
      return "Permintaan persetujuan punya batas waktunya sendiri, jadi tidak ditunda.";
    case "no-approvers":
      return "Profil tidak menetapkan siapa yang menyetujui permintaan ini, jadi tidak ada yang dapat menyetujuinya. Hubungi administrator.";
    case "administrator-never-decides":
      return "Administrator tidak memutuskan persetujuan atau isolasi.";
    case "not-your-own-request":
      return "Anda yang mengajukan, mencatat, atau meminta persetujuan ini, jadi harus orang lain yang memutuskannya.";
    case "not-for-whom-you-substitute":
      return "Ini dari orang yang Anda wakili sebagai Plh./Plt., jadi harus orang lain yang memutuskannya.";
    case "substitution-not-in-force":
      return "Penunjukan Anda sebagai Plh./Plt. belum atau tidak berlaku lagi, jadi Anda tidak dapat memutuskan.";
    case "decided-once-already":
      return "Anda sudah memutuskan permintaan ini. Persetujuan berikutnya harus dari orang lain.";
    case "decision-stands":
      return "Keputusan persetujuan tidak dapat ditarik kembali. Bila keliru, pemohon dapat mengajukannya lagi.";
    case "taken-from-register":
      return "Langkah itu sudah mengambil alamat atau tempat dari daftar, jadi tidak dapat ditarik kembali. Ubah di daftarnya, contoh: /ip.";
    case "term-passed":
      return "Waktu yang diminta sudah lewat. Tolak permintaan ini; pemohon dapat mengajukannya lagi dengan tanggal baru.";
    case "approvals-frozen": {
      const by = await findPerson(db, Number(values.personId));
      return `Persetujuan sedang dibekukan oleh ${by?.name ?? "petugas"}. Tunggu sampai pimpinan mencabutnya; menolak tetap bisa.`;
    }
    case "freeze-unreadable":
      return `Status pembekuan tidak dapat dibaca, tidak ada yang disetujui. Hubungi operator dengan rujukan ${values.reference ?? "P"}.`;
    case "frozen-already": {
      const by = await findPerson(db, Number(values.personId));
      return `Persetujuan sudah dibekukan oleh ${by?.name ?? "petugas lain"}.`;
    }
    case "not-frozen":
      return "Persetujuan sedang tidak dibekukan.";
    case "not-on-duty-or-leadership":
      return "Pembekuan dipasang oleh pimpinan atau petugas piket.";
    case "not-your-substitution":
      return "Plh./Plt. ditunjuk oleh pejabatnya sendiri, atau diusulkan administrator.";
    case "no-substitute-of-substitute":
      return "Hanya pejabat yang memegang jabatannya sendiri yang dapat diwakili; Plh./Plt. tidak menunjuk Plh./Plt. lagi.";
    case "nobody-to-substitute":
      return "Di perangkat daerah ini belum ada orang lain yang terhubung. Minta administrator menghubungkannya dahulu.";
    case "substitution-overlaps":
      return "Pada tanggal itu sudah ada Plh./Plt. lain untuk pejabat ini, atau orang itu sudah mewakili. Pilih tanggal lain, contoh: 30-11-2026.";
    case "substitution-over":
      return "Penunjukan Plh./Plt. itu sudah berakhir.";
    case "until-before-from":
      return "Hari terakhir lebih awal daripada hari pertama. Ketik hari pertama atau sesudahnya, contoh: 30-11-2026.";
    default:
      return undefined;
  }
}
