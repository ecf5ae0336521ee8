import { posterLink } from "../../../core/actions/people/posters.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import { findPoster } from "../../../core/db/people/posters.ts";
import type { Db } from "../../../core/db/tables.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { type OfficeWords, showTime } from "../office-words.ts";

/** The poster of an office, for administrators: its link as text too, for it can be sent on in a chat. */
export async function renderPoster(
  db: Db,
  viewer: Person,
  { officeId }: { officeId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const poster = await findPoster(db, officeId);
  if (poster === undefined || !hasRole(viewer, "administrator")) return undefined;
  const { name } = await findOffice(db, officeId);
  return {
    as: "text",
    html: lines(
      html`🖼 <b>Poster pendaftaran ${name}</b>`,
      html`Pegawai memindai kodenya, lalu mendaftar sendiri dengan NIP. Pejabat pengelola sistem kantor itu yang menyetujui.`,
      html`\nTautan: ${posterLink(office.botUsername, poster.token)}`,
      html`Kode ini berlaku sejak ${showTime(poster.issuedAt, office)}.`,
    ).markup,
    buttons: [
      [{ label: "🖨 Buat PDF lagi", press: { do: "print-poster", officeId } }],
      [{ label: "🔁 Ganti kode poster", press: { do: "ask-new-poster", officeId } }],
      [{ label: "◀️ Daftar orang", press: { do: "people", page: 0 } }],
    ],
  };
}

/** Asked once more: what hangs on the walls of an office becomes void. */
export async function renderNewPoster(
  db: Db,
  viewer: Person,
  { officeId }: { officeId: number },
): Promise<Rendered | undefined> {
  const poster = await findPoster(db, officeId);
  if (poster === undefined || !hasRole(viewer, "administrator")) return undefined;
  const { name } = await findOffice(db, officeId);
  return askOnceMore(
    html`🔁 Ganti kode poster <b>${name}</b>? Poster yang sudah ditempel dan tautan yang sudah dibagikan tidak berlaku lagi. Pendaftaran yang sudah terkirim tetap berjalan.`,
    { label: "Ya, ganti kodenya", press: { do: "replace-poster", officeId, formerToken: poster.token } },
    { do: "poster", officeId },
  );
}
