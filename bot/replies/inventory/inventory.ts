import {
  type AssetsOf,
  countAssets,
  listAssets,
  listContracts,
  listOfficesWithAssets,
  searchAssets,
} from "../../../core/db/inventory/asset-lists.ts";
import { findOffice } from "../../../core/db/people/offices.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Asset } from "../../../core/domain/inventory/asset.ts";
import { mayManageAssets, maySeeAssetsOf } from "../../../core/domain/inventory/asset-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, pageButtons } from "../lists.ts";
import type { OfficeWords } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { assetButton, assetKindWords, assetLabel, contractEnd, inventoryButton } from "./asset-words.ts";

const assetsOnPage = 8;
const officesOnPage = 10;
const longestLabel = 60;

/** How much there is of each kind. */
export async function renderInventory(db: Db, viewer: Person): Promise<Rendered | undefined> {
  if (!mayManageAssets(viewer)) return undefined;
  const counts = await countAssets(db);
  const rows = counts.map(({ kind, count, broken }) => {
    return html`${assetKindWords[kind]}: <b>${count}</b>${broken === 0 ? "" : `, 🔴 ${broken} rusak`}`;
  });
  const empty = html`Belum ada perangkat. Catat satu, atau impor daftar yang sudah ada.`;
  const kinds = counts.map(
    ({ kind, count }): Button => ({
      label: `${assetKindWords[kind]} (${count})`,
      press: { do: "assets", kind, page: 0 },
    }),
  );
  return {
    as: "text",
    html: lines(html`<b>🖥 Perangkat</b>`, ...(rows.length === 0 ? [empty] : rows)).markup,
    buttons: [
      ...inRows(kinds),
      [
        { label: "🔎 Cari perangkat", press: { do: "find-asset" } },
        { label: "➕ Catat perangkat", press: { do: "add-asset" } },
      ],
      [
        { label: "🏢 Menurut kantor", press: { do: "asset-offices", page: 0 } },
        { label: "📄 Kontrak", press: { do: "contracts", page: 0 } },
      ],
      [
        { label: "📥 Impor CSV", press: { do: "send-asset-file" } },
        { label: "📤 Ekspor CSV", press: { do: "export-assets" } },
      ],
    ],
  };
}

/** What there is of a kind, of an office, or of both. */
export async function renderAssets(
  db: Db,
  viewer: Person,
  { of, page }: { of: AssetsOf; page: number },
): Promise<Rendered | undefined> {
  const { kind, officeId } = of;
  const maySee = officeId === undefined ? mayManageAssets(viewer) : maySeeAssetsOf(viewer, officeId);
  if (!maySee) return undefined;
  const owner = officeId === undefined ? undefined : await findOffice(db, officeId);
  const title = [...(kind === undefined ? [] : [assetKindWords[kind]]), ...(owner === undefined ? [] : [owner.name])];
  const { items, hasMore } = await onePage(page, assetsOnPage, (part) => listAssets(db, of, part));
  return {
    as: "text",
    html: lines(
      html`<b>🖥 ${title.join(", ") || "Perangkat"}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      items.length === 0 ? html`Tidak ada perangkat yang tercatat di sini.` : html`Pilih untuk membukanya.`,
    ).markup,
    buttons: [
      ...items.map(openButton),
      pageButtons(page, hasMore, (to) => ({
        ...{ do: "assets", page: to, turns: true },
        ...(kind === undefined ? {} : { kind }),
        ...(officeId === undefined ? {} : { officeId }),
      })),
      mayManageAssets(viewer) ? [inventoryButton] : [],
    ],
  };
}

function openButton(asset: Asset): Button[] {
  return [assetButton(asset.id, shorten(assetLabel(asset), longestLabel))];
}

/** Which offices have something. */
export async function renderAssetOffices(
  db: Db,
  viewer: Person,
  { page }: { page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAssets(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, officesOnPage, (part) => listOfficesWithAssets(db, part));
  const empty = html`Belum ada perangkat. Catat satu, atau impor daftar yang sudah ada.`;
  const buttons = items.map(
    ({ id, code, count }): Button => ({
      label: `${code} (${count})`,
      press: { do: "assets", officeId: id, page: 0 },
    }),
  );
  return {
    as: "text",
    html: lines(html`<b>🏢 Perangkat menurut kantor</b>`, items.length === 0 ? empty : html`Pilih kantornya.`).markup,
    buttons: [
      ...inRows(buttons),
      pageButtons(page, hasMore, (to) => ({ do: "asset-offices", page: to, turns: true })),
      [inventoryButton],
    ],
  };
}

/** What ends some day, the next one first. */
export async function renderContracts(
  db: Db,
  viewer: Person,
  { page }: { page: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  if (!mayManageAssets(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, assetsOnPage, (part) => listContracts(db, part));
  const empty = html`Belum ada kontrak yang tercatat. Tekan ➕ Catat perangkat di daftar perangkat.`;
  return {
    as: "text",
    html: lines(
      html`<b>📄 Kontrak</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(items.length === 0 ? [empty] : items.map((asset) => contractLine(asset, office, now))),
    ).markup,
    buttons: [
      ...inRows(items.map(({ id, name }) => assetButton(id, shorten(name, longestLabel)))),
      pageButtons(page, hasMore, (to) => ({ do: "contracts", page: to, turns: true })),
      [inventoryButton],
    ],
  };
}

function contractLine(
  { name, officeCode, provider, bandwidthMbps, endsOn }: Asset,
  office: OfficeWords,
  now: Date,
): Html {
  const end = endsOn === null ? "⚪ akhirnya belum tercatat" : contractEnd(endsOn, now, office);
  const what = [officeCode, provider, bandwidthMbps === null ? null : `${bandwidthMbps} Mbps`].filter(
    (part) => part !== null,
  );
  return html`\n<b>${name}</b> (${shorten(what.join(", "), longestLabel)})\n${end}`;
}

/** What was found by words. */
export async function renderAssetsFound(
  db: Db,
  viewer: Person,
  { text, page }: { text: string; page: number },
): Promise<Rendered | undefined> {
  if (!mayManageAssets(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, assetsOnPage, (part) => searchAssets(db, text, part));
  const empty = html`Tidak ada yang cocok. Cari dengan nama, nomor seri, nomor inventaris, atau kantor, contoh: Dinkes.`;
  return {
    as: "text",
    html: lines(html`🔎 <b>${text}</b>`, items.length === 0 ? empty : html`Pilih untuk membukanya.`).markup,
    buttons: [
      ...items.map(openButton),
      pageButtons(page, hasMore, (to) => ({ do: "assets-found", text, page: to, turns: true })),
      [{ label: "🔎 Cari lagi", press: { do: "find-asset" } }, inventoryButton],
    ],
  };
}
