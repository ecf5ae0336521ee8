import { listPortUses } from "../../../core/db/cable/port-uses.ts";
import { type ListedChange, listChanges } from "../../../core/db/inventory/asset-changes.ts";
import { findAsset } from "../../../core/db/inventory/assets.ts";
import { countTicketsOfAsset, listTicketsOfAsset } from "../../../core/db/inventory/ticket-assets.ts";
import { findPerson } from "../../../core/db/people/people.ts";
import { findPlaceOfAsset } from "../../../core/db/rack/rack-places.ts";
import { findRack } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { mayManageCables } from "../../../core/domain/cable/cable-rules.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Asset } from "../../../core/domain/inventory/asset.ts";
import { isAskedOf } from "../../../core/domain/inventory/asset-fields.ts";
import { mayManageAssets, maySeeAssetsOf, statesFrom } from "../../../core/domain/inventory/asset-rules.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { placeLabel } from "../../../core/domain/rack/units.ts";
import { ticketNumber, worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { onePage, openButtons, pageButtons, ticketLine, ticketsOnPage } from "../lists.ts";
import { maintainerOfAsset } from "../monitoring/maintenance.ts";
import { watchedLines } from "../monitoring/watched-device.ts";
import { type OfficeWords, showDayOf, showTime } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import {
  assetButton,
  assetKindWords,
  assetStateWords,
  contractEnd,
  inventoryButton,
  showChanged,
  assetFieldWords as words,
} from "./asset-words.ts";

const changesShown = 3;
const changesOnPage = 10;
const longestName = 60;
const longestValue = 80;

/** All that is known of an asset; for those who manage it, with what can be done. */
export async function renderAsset(
  db: Db,
  viewer: Person,
  { assetId }: { assetId: number },
  office: OfficeWords,
  now: Date,
): Promise<Rendered | undefined> {
  const asset = await findAsset(db, assetId);
  if (asset === undefined || !maySeeAssetsOf(viewer, asset.officeId)) return undefined;
  const manages = mayManageAssets(viewer);
  const watched = await watchedLines(db, viewer, asset, now);
  const changes = manages ? await listChanges(db, assetId, { offset: 0, limit: changesShown }) : [];
  const { icon, label } = assetStateWords[asset.state];
  return {
    as: "text",
    html: lines(
      html`<b>${asset.name}</b> · ${assetKindWords[asset.kind]}`,
      html`${icon} <b>${label}</b>`,
      html`${words.office}: ${asset.officeName}`,
      ...(await knownLines(db, asset, office, now)),
      watched.line,
      html`${words.maintainer}: ${maintainerOfAsset(asset, office, { withContact: worksAtDesk(viewer) })}`,
      await addedLine(db, asset, office, manages),
      changes.length === 0 ? undefined : html`\n<b>Perubahan terakhir</b>`,
      ...changes.map((change) => changeLine(change, office)),
    ).markup,
    buttons: [watched.buttons, ...(manages ? await actionButtons(db, viewer, asset) : [[officeButton(asset)]])],
  };
}

async function knownLines(db: Db, asset: Asset, office: OfficeWords, now: Date): Promise<(Html | undefined)[]> {
  const { model, serialNumber, assetTag, location, ports, provider, circuitNumber, bandwidthMbps, endsOn } = asset;
  const taken = ports === 0 ? 0 : (await listPortUses(db, asset.id)).length;
  const line = (label: string, value: string | null) => (value === null ? undefined : html`${label}: ${value}`);
  const toCopy = (label: string, value: string | null) =>
    value === null ? undefined : html`${label}: <code>${value}</code>`;
  return [
    line(words.model, model),
    toCopy(words["serial-number"], serialNumber),
    toCopy(words["asset-tag"], assetTag),
    line(words.location, location),
    line("Rak", await placeOf(db, asset)),
    isAskedOf(asset.kind, "ports") && ports > 0 ? html`Port: ${ports}, ${taken} terpakai` : undefined,
    line(words.provider, provider),
    toCopy(words["circuit-number"], circuitNumber),
    line("Bandwidth", bandwidthMbps === null ? null : `${bandwidthMbps} Mbps`),
    line(words["ends-on"], endsOn === null ? null : contractEnd(endsOn, now, office)),
  ];
}

/** "DC A2 U20-21"; null where it is in no rack. */
async function placeOf(db: Db, { id }: Asset): Promise<string | null> {
  const place = await findPlaceOfAsset(db, id);
  const rack = place && (await findRack(db, place.rackId));
  return place && rack ? placeLabel({ ...place, roomCode: rack.roomCode, rackCode: rack.code }) : null;
}

async function addedLine(db: Db, asset: Asset, office: OfficeWords, manages: boolean): Promise<Html> {
  const day = showDayOf(asset.addedAt, office);
  if (!manages) return html`Dicatat: ${day}`;
  const name = (await findPerson(db, asset.addedBy))?.name ?? "";
  const ticket = asset.ticketId === null ? "" : `, dengan tiket ${ticketNumber(asset.ticketId)}`;
  return html`Dicatat: ${day}, oleh ${shorten(name, longestName)}${ticket}`;
}

/** "22 Nov 2026 08.30 WIB Nama Orang: Lokasi: kosong → Lantai 2" */
function changeLine(change: ListedChange, office: OfficeWords): Html {
  const [before, after] = [change.before, change.after].map((value) =>
    shorten(showChanged(change, value), longestValue),
  );
  return html`• ${showTime(change.at, office)}, ${shorten(change.personName, longestName)}: ${words[change.field]}: ${before} → ${after}`;
}

function officeButton({ officeId, officeCode }: Asset): Button {
  return { label: `◀️ Perangkat ${officeCode}`, press: { do: "assets", officeId, page: 0 } };
}

async function actionButtons(db: Db, viewer: Person, asset: Asset): Promise<Button[][]> {
  const at = { assetId: asset.id, version: asset.version };
  const ticketCount = worksAtDesk(viewer) ? await countTicketsOfAsset(db, asset.id) : 0;
  const states = statesFrom(asset).map((state): Button => {
    const { icon, label } = assetStateWords[state];
    return {
      label: `${icon} ${label}`,
      press: state === "retired" ? { do: "ask-retiring-asset", ...at } : { do: "set-asset-state", ...at, state },
    };
  });
  const change: Button[] = [
    { label: "✏️ Ubah data", press: { do: "change-asset", ...at } },
    { label: "🏢 Pindahkan ke kantor lain", press: { do: "transfer-asset", ...at } },
  ];
  const tickets: Button = {
    label: `🎫 Tiket (${ticketCount})`,
    press: { do: "asset-tickets", assetId: asset.id, page: 0 },
  };
  const ports: Button = { label: "🔌 Port", press: { do: "ports-of-device", assetId: asset.id, page: 0 } };
  return [
    ...(asset.state === "retired" ? [] : [change]),
    ...inRows(states),
    [
      ...(ticketCount === 0 ? [] : [tickets]),
      ...(asset.ports > 0 && mayManageCables(viewer) ? [ports] : []),
      { label: "🕘 Riwayat", press: { do: "asset-history", assetId: asset.id, page: 0 } },
    ],
    [officeButton(asset), inventoryButton],
  ];
}

/** All that was changed of it, the latest first. */
export async function renderAssetHistory(
  db: Db,
  viewer: Person,
  { assetId, page }: { assetId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const asset = await findAsset(db, assetId);
  if (asset === undefined || !mayManageAssets(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, changesOnPage, (part) => listChanges(db, assetId, part));
  const rows = items.map((change) => changeLine(change, office));
  return {
    as: "text",
    html: lines(
      html`<b>Riwayat ${asset.name}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(rows.length === 0 ? [html`Belum pernah diubah.`] : rows),
      hasMore ? undefined : await addedLine(db, asset, office, true),
    ).markup,
    buttons: [
      pageButtons(page, hasMore, (to) => ({ do: "asset-history", assetId, page: to, turns: true })),
      [assetButton(assetId, `◀️ ${asset.name}`)],
    ],
  };
}

/** The tickets that are about it, the open ones first. */
export async function renderAssetTickets(
  db: Db,
  viewer: Person,
  { assetId, page }: { assetId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const asset = await findAsset(db, assetId);
  if (asset === undefined || !mayManageAssets(viewer) || !worksAtDesk(viewer)) return undefined;
  const { items, hasMore } = await onePage(page, ticketsOnPage, (part) => listTicketsOfAsset(db, assetId, part));
  return {
    as: "text",
    html: lines(
      html`<b>Tiket ${asset.name}</b>${page > 0 ? `, halaman ${page + 1}` : ""}`,
      ...(items.length === 0 ? [html`Belum ada tiket tentang perangkat ini.`] : []),
      ...items.map((ticket) => ticketLine(ticket, "open", office)),
    ).markup,
    buttons: [
      ...openButtons(items),
      pageButtons(page, hasMore, (to) => ({ do: "asset-tickets", assetId, page: to, turns: true })),
      [assetButton(assetId, `◀️ ${asset.name}`)],
    ],
  };
}

/** Asks once more. */
export async function renderAssetRetiring(
  db: Db,
  viewer: Person,
  { assetId }: { assetId: number },
): Promise<Rendered | undefined> {
  const asset = await findAsset(db, assetId);
  if (asset === undefined || !mayManageAssets(viewer)) return undefined;
  const { name, version } = asset;
  return askOnceMore(
    html`⚫ <b>${name}</b> tidak dipakai lagi? Riwayatnya tetap ada, namanya boleh dipakai perangkat lain, pemantauannya berakhir, dan datanya tidak dapat diubah sampai menjadi siap pakai lagi.`,
    { label: "Ya, tidak dipakai lagi", press: { do: "set-asset-state", assetId, version, state: "retired" } },
    { do: "asset", assetId, turns: true },
  );
}
