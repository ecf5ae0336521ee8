import { findPerson } from "../../../core/db/people/people.ts";
import { findRegistration } from "../../../core/db/people/registrations.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import { type OfficeWords, showShortTime } from "../office-words.ts";

/** Refusals about posters and registrations. */
export async function explainRegistrations(
  db: Db,
  { code, values }: Refusal,
  office: OfficeWords,
): Promise<string | undefined> {
  switch (code) {
    case "bot-name-unknown":
      return "Nama bot belum diketahui dari Telegram. Coba lagi sebentar.";
    case "poster-void":
      return "Poster itu sudah tidak berlaku. Minta poster atau tautan baru ke administrator Diskominfo.";
    case "poster-replaced-already":
      return "Kode poster itu sudah diganti. Buka lagi halaman poster untuk melihat yang terbaru.";
    case "registered-already":
      return `Akun ini sudah terhubung sebagai ${values.name}; Anda tidak perlu mendaftar lagi. Ketik /menu.`;
    case "no-such-registration":
      return "Pendaftaran itu sudah tidak ada. Buka lagi tautan di poster bila ingin mendaftar.";
    case "registration-too-many":
      return "Sedang terlalu banyak pendaftaran. Isian Anda disimpan; tekan lagi nanti, atau hubungi administrator Diskominfo.";
    case "not-officer-of-office":
      return "Pendaftaran ini diputuskan oleh pejabat pengelola sistem kantor itu, atau oleh administrator.";
    case "registration-decided":
      return whoDecided(db, Number(values.registrationId), office);
    case "registration-expired":
      return "Pendaftaran ini sudah terlalu lama dan tidak berlaku lagi. Pendaftar dapat membuka lagi tautan di poster.";
    case "not-your-own-registration":
      return "Pendaftaran dengan NIP Anda sendiri tidak dapat Anda putuskan. Minta kode tautan ke administrator.";
    case "applicant-linked-already":
      return "Akun Telegram itu sudah terhubung dengan orang lain. Tolak pendaftaran ini.";
    case "registrant-of-another-office":
      return "NIP itu terdaftar di kantor lain. Minta administrator memindahkan orangnya dahulu, lalu setujui lagi.";
    case "registrant-left":
      return `NIP itu milik ${values.name}, yang sudah dinonaktifkan. Minta administrator mengaktifkannya dahulu.`;
    case "registrant-linked-already":
      return `NIP itu milik ${values.name}, yang akunnya sudah terhubung. Bila akunnya berganti, minta kode tautan ke administrator.`;
    case "registrant-just-added":
      return "Baru saja ada orang lain yang didaftarkan dengan NIP itu. Tekan sekali lagi untuk memeriksanya.";
    case "registration-needs-code":
      return "Orang ini memegang peran yang tidak dapat dihubungkan lewat persetujuan kantor. Ia diminta menghubungi administrator.";
    default:
      return undefined;
  }
}

/** Two may be asked; the second one is told what the first decided. */
async function whoDecided(db: Db, registrationId: number, office: OfficeWords): Promise<string> {
  const registration = await findRegistration(db, registrationId);
  if (registration?.decidedBy == null || registration.decidedAt === null) return "Pendaftaran ini sudah berakhir.";
  const by = await findPerson(db, registration.decidedBy);
  const what = registration.state === "rejected" ? "ditolak" : "disetujui";
  return `Pendaftaran ini sudah ${what} ${by?.name ?? "orang lain"} pada ${showShortTime(registration.decidedAt, office)}.`;
}
