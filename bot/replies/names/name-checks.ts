import { listChangedAt, listFlagged, type NameCheck } from "../../../core/db/names/name-checks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { findingWords, nameButton, namesButton } from "./name-words.ts";

const checksOnPage = 10;
const newsShown = 20;
const longestSeen = 60;

/** Names that do not lead where they should. */
export async function renderNameChecks(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const all = await listFlagged(db);
  const shown = all.slice(page * checksOnPage, (page + 1) * checksOnPage);
  return {
    as: "text",
    html: lines(
      html`🚩 <b>Pemeriksaan nama</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      all.length === 0 ? html`Semua nama yang diperiksa sesuai daftar.` : undefined,
      ...shown.map((check) => html`${checkLine(check)}${sinceWhen(check, office)}`),
    ).markup,
    buttons: [
      ...shown.map(({ name }) => [nameButton(name)]),
      pageButtons(page, all.length > (page + 1) * checksOnPage, (to) => ({ do: "name-checks", page: to, turns: true })),
      [{ label: "🔄 Periksa sekarang", press: { do: "check-names" } }],
      [namesButton],
    ],
  };
}

/** What has changed since the names were looked up before. */
export async function renderNamesFlagged(
  db: Db,
  viewer: Person,
  { changedAt }: { changedAt: string },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const changed = await listChangedAt(db, new Date(changedAt));
  if (changed.length === 0) return undefined;
  const left = changed.length - newsShown;
  return {
    as: "text",
    html: lines(
      html`🚩 <b>Pemeriksaan nama: ada yang berubah</b>`,
      ...changed.slice(0, newsShown).map(checkLine),
      left > 0 ? html`… dan ${left} lagi.` : undefined,
    ).markup,
    buttons: [[{ label: "🚩 Lihat pemeriksaan", press: { do: "name-checks", page: 0 } }]],
  };
}

/** The check of a zone file said no. */
export async function renderZoneRefused(
  _db: Db,
  viewer: Person,
  { zone }: { zone: string },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  return {
    as: "text",
    html: html`🛑 Berkas zona <b>${zone}</b> ditolak named-checkzone, jadi yang lama tetap dipakai. Sebabnya ada di daftar nama.`
      .markup,
    buttons: [[namesButton]],
  };
}

function sinceWhen({ changedAt }: NameCheck, office: OfficeWords): string {
  return changedAt === null ? "" : `, sejak ${showDayOf(changedAt, office)}`;
}

function checkLine({ name, finding, seen }: NameCheck): Html {
  const { icon, label } = findingWords[finding];
  const at = seen.length === 0 ? "" : ` (${shorten(seen.join(", "), longestSeen)})`;
  return html`${icon} <code>${name}</code> ${label}${at}`;
}
