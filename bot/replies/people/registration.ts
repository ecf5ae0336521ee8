import { findOffice } from "../../../core/db/people/offices.ts";
import { findPersonByNip, getPerson } from "../../../core/db/people/people.ts";
import { findRegistration } from "../../../core/db/people/registrations.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Refusal } from "../../../core/domain/outcome.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { decidesOn, type Registration } from "../../../core/domain/people/registration.ts";
import type { ApplicantPress } from "../../presses/press.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { explain } from "../refusals.ts";

/** The registration as the one who registers sees it: the present question, or what became of it. */
export async function renderRegistration(
  db: Db,
  chatId: number,
  { registrationId, refusal }: { registrationId: number; refusal?: Refusal },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const registration = await findRegistration(db, registrationId);
  if (registration === undefined || registration.telegramUserId !== chatId) return undefined;
  const { name: officeName } = await findOffice(db, registration.officeId);
  const { text, buttons = [] } = present(registration, office);
  return {
    as: "text",
    html: lines(
      refusal === undefined ? undefined : html`⚠️ ${await explain(db, refusal, office)}\n`,
      html`<b>Pendaftaran ${officeName}</b>`,
      text,
    ).markup,
    buttons,
  };
}

function present(registration: Registration, office: OfficeWords): { text: Html; buttons?: Button[][] } {
  const { id: registrationId, nip, name } = registration;
  const to = (label: string, question: Extract<ApplicantPress, { do: "move-registration" }>["to"]): Button => ({
    label,
    press: { do: "move-registration", registrationId, to: question },
  });
  const cancel: Button = { label: "✖️ Batal", press: { do: "cancel-registration", registrationId } };
  const isComplete = nip !== null && name !== null;
  const unchanged = to("◀️ Tidak jadi diubah", "reviewing");
  switch (registration.state) {
    case "asking-nip":
      return {
        text: lines(
          html`Berapa NIP Anda? Ketik 18 angkanya (contoh: 198503122010011002).`,
          html`\nTidak punya NIP (bukan ASN)? Minta administrator Diskominfo mendaftarkan Anda.`,
        ),
        buttons: [isComplete ? [unchanged] : [], [cancel]],
      };
    case "asking-name":
      return {
        text: html`Siapa nama lengkap Anda (contoh: Siti Aminah)?`,
        buttons: [[isComplete ? unchanged : to("◀️ Kembali", "asking-nip"), cancel]],
      };
    case "reviewing":
      return {
        text: lines(
          html`Periksa kembali, lalu tekan Kirim.`,
          html`\n<b>NIP:</b> ${nip ?? ""}`,
          html`<b>Nama:</b> ${name ?? ""}`,
        ),
        buttons: [
          [{ label: "📨 Kirim", press: { do: "send-registration", registrationId } }],
          [to("✏️ Ubah NIP", "asking-nip"), to("✏️ Ubah nama", "asking-name")],
          [cancel],
        ],
      };
    case "waiting":
      return {
        text: html`📨 Terkirim ${registration.sentAt === null ? "" : showTime(registration.sentAt, office)}. Menunggu persetujuan kantor Anda; hasilnya dikabarkan di sini.`,
        buttons: [[{ ...cancel, label: "✖️ Batalkan pendaftaran" }]],
      };
    case "approved":
      return { text: html`✅ Disetujui. Akun Anda sudah terhubung.` };
    case "rejected":
      return {
        text: lines(
          html`🚫 Pendaftaran Anda ditolak.`,
          registration.reason === null ? undefined : html`<blockquote>${registration.reason}</blockquote>`,
          html`Bila ini keliru, hubungi pejabat pengelola sistem di kantor Anda.`,
        ),
      };
    case "needs-code":
      return {
        text: html`🔗 Akun Anda perlu dihubungkan langsung oleh administrator. Minta kode tautan ke administrator Diskominfo.`,
      };
    case "withdrawn":
      return { text: html`✖️ Pendaftaran ini dibatalkan.` };
    case "expired":
      return {
        text: html`⌛ Pendaftaran Anda tidak dijawab pada waktunya dan berakhir. Buka lagi tautan di poster, atau hubungi administrator Diskominfo.`,
      };
  }
}

export const registrationCancelled: Rendered = {
  as: "text",
  html: html`✖️ Pendaftaran dibatalkan. Untuk mendaftar lagi, buka tautan di poster.`.markup,
};

/** Somebody registers: for those who decide, with the buttons until somebody did, and then with who decided what. */
export async function renderRegistrationAsked(
  db: Db,
  viewer: Person,
  { registrationId }: { registrationId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const registration = await findRegistration(db, registrationId);
  if (registration === undefined || !decidesOn(viewer, registration)) return undefined;
  const { name: officeName } = await findOffice(db, registration.officeId);
  const press = { do: "decide-registration", registrationId } as const;
  const buttons: Button[][] = [
    [
      { label: "Setujui", press: { ...press, decision: "approved" } },
      { label: "Tolak", press: { ...press, decision: "rejected" } },
    ],
  ];
  const { telegramName, telegramUsername } = registration;
  return {
    as: "text",
    html: lines(
      html`🪪 <b>Pendaftaran baru</b>`,
      html`Nama: ${registration.name ?? ""}`,
      html`NIP: ${registration.nip ?? ""}`,
      html`Kantor: ${officeName}`,
      html`Akun Telegram: ${telegramName}${telegramUsername === null ? "" : ` (@${telegramUsername})`}`,
      await otherName(db, registration),
      registration.state === "waiting"
        ? html`\nSetujui hanya bila Anda yakin akun ini milik orangnya sendiri.`
        : html`\n${await ending(db, registration, office)}`,
    ).markup,
    ...(registration.state === "waiting" ? { buttons } : {}),
  };
}

/** Who the register has under that NIP, where the name is another one: somebody may give a colleague's number. */
async function otherName(db: Db, { nip, name, officeId, state }: Registration): Promise<Html | undefined> {
  if (state !== "waiting" || nip === null) return undefined;
  const known = await findPersonByNip(db, nip);
  if (known === undefined || known.officeId !== officeId) return undefined;
  return known.name.toLowerCase() === name?.toLowerCase()
    ? undefined
    : html`⚠️ Di daftar orang, NIP ini milik ${known.name}.`;
}

async function ending(db: Db, registration: Registration, office: OfficeWords): Promise<Html> {
  const { decidedBy, decidedAt, reason } = registration;
  const by = decidedBy === null ? "" : (await getPerson(db, decidedBy)).name;
  const at = decidedAt === null ? "" : showTime(decidedAt, office);
  switch (registration.state) {
    case "approved":
      return html`✅ Disetujui ${by}, ${at}.`;
    case "rejected":
      return html`🚫 Ditolak ${by}, ${at}.${reason === null ? undefined : html`<blockquote>${reason}</blockquote>`}`;
    case "needs-code":
      return html`🔗 Disetujui ${by}, ${at}, tetapi orang ini memegang peran yang hanya dapat dihubungkan dengan kode tautan dari administrator. Pendaftar sudah diberi tahu.`;
    case "expired":
      return html`⌛ Tidak dijawab pada waktunya; pendaftaran berakhir.`;
    default:
      return html`✖️ Dibatalkan oleh pendaftar.`;
  }
}
