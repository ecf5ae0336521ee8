import { listNamesOfVillage } from "../../../core/db/names/name-lists.ts";
import { findVillage, listVillages } from "../../../core/db/names/villages.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageAddresses } from "../../../core/domain/ipam/ipam-rules.ts";
import { villageNames } from "../../../core/domain/names/village-name.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { nameButton, nameStateLabels, namesButton, villagesButton } from "./name-words.ts";

const villagesOnPage = 20;

/** The register of villages. */
export async function renderVillages(
  db: Db,
  viewer: Person,
  { page }: { page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const all = await listVillages(db);
  const shown = all.slice(page * villagesOnPage, (page + 1) * villagesOnPage);
  const empty = html`Belum ada desa. Tambahkan satu, contoh: Aek Tapa, Kecamatan Marbau.`;
  return {
    as: "text",
    html: lines(
      html`<b>Daftar desa</b> (${all.length})${page > 0 ? `, halaman ${page + 1}` : ""}`,
      all.length === 0 ? empty : html`Pilih untuk membukanya.`,
    ).markup,
    buttons: [
      ...inRows(
        shown.map(({ id, name, district }) => ({
          label: `${name} (${district})`,
          press: { do: "village" as const, villageId: id },
        })),
      ),
      pageButtons(page, all.length > (page + 1) * villagesOnPage, (to) => ({ do: "villages", page: to, turns: true })),
      [
        { label: "➕ Tambah desa", press: { do: "add-village" } },
        { label: "📥 Impor CSV", press: { do: "send-name-file" } },
      ],
      [namesButton],
    ],
  };
}

/** A village with its names. */
export async function renderVillage(
  db: Db,
  viewer: Person,
  { villageId }: { villageId: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  if (!mayManageAddresses(viewer)) return undefined;
  const village = await findVillage(db, villageId);
  if (village === undefined) {
    return { as: "text", html: html`Desa itu sudah dihapus dari daftar.`.markup, buttons: [[villagesButton]] };
  }
  const names = await listNamesOfVillage(db, villageId);
  const possible = villageNames(village.name, office.names.villageSuffix);
  const example = possible.ok
    ? html`Belum punya nama. Namanya nanti: <code>${possible.value.plain}</code>.`
    : undefined;
  return {
    as: "text",
    html: lines(
      html`🏡 <b>Desa ${village.name}</b>`,
      html`Kecamatan ${village.district}`,
      ...(names.length === 0
        ? [example]
        : names.map(({ name, state }) => html`${nameStateLabels[state].icon} <code>${name}</code>`)),
    ).markup,
    buttons: [
      ...names.map(({ name }) => [nameButton(name)]),
      [
        { label: "➕ Berikan nama", press: { do: "give-name", as: "in-use", villageId } },
        { label: "🔖 Pesan nama", press: { do: "give-name", as: "reserved", villageId } },
      ],
      names.length === 0 ? [{ label: "🗑 Hapus desa", press: { do: "ask-removing-village", villageId } }] : [],
      [villagesButton],
    ],
  };
}

/** Asks once more. */
export async function renderVillageRemoving(
  db: Db,
  viewer: Person,
  { villageId }: { villageId: number },
): Promise<Rendered | undefined> {
  const village = await findVillage(db, villageId);
  if (village === undefined || !mayManageAddresses(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus desa <b>${village.name}</b>, Kecamatan ${village.district}, dari daftar?`,
    { label: "Ya, hapus desa", press: { do: "remove-village", villageId } },
    { do: "village", villageId },
  );
}
