import { type ListedPlace, listPlacesOfRack } from "../../../core/db/rack/place-lists.ts";
import { fillRacks, findRack } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { freeRuns, type Run } from "../../../core/domain/rack/place.ts";
import type { PowerFeed } from "../../../core/domain/rack/power-feed.ts";
import type { FilledRack } from "../../../core/domain/rack/rack.ts";
import { mayLookAtRacks, mayManageRacks } from "../../../core/domain/rack/rack-rules.ts";
import { showSpan } from "../../../core/domain/rack/units.ts";
import { percentOf } from "../../../core/domain/rack/utilisation.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { askOnceMore } from "../ask-once-more.ts";
import { type Html, html, lines } from "../html.ts";
import { pageButtons } from "../lists.ts";
import { type OfficeWords, showDayOf } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { placeWords, rackShares, roomButton, roomsButton, showNumber, spanWords, whoHasPlace } from "./rack-words.ts";
import { putButtons } from "./rooms.ts";

const rowsOnPage = 12;
const longestName = 40;
const barLength = 10;

/** A rack: how full it is, what its feeds carry, what is in it from its top down, and what can be done with it. */
export async function renderRack(
  db: Db,
  viewer: Person,
  { rackId, page }: { rackId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const found = await findRack(db, rackId);
  if (found === undefined || !mayLookAtRacks(viewer)) return undefined;
  const name = `${found.roomCode} ${found.code}`;
  if (found.isRemoved) {
    const text = html`Rak <b>${name}</b> sudah dihapus. Riwayatnya tetap ada.`;
    return { as: "text", html: text.markup, buttons: [[historyButton(rackId)], [roomsButton]] };
  }
  const [rack = { ...found, places: [], feeds: [] }] = await fillRacks(db, [found]);
  const rows = rowsOf(rack, await listPlacesOfRack(db, rackId));
  const shown = rows.slice(page * rowsOnPage, (page + 1) * rowsOnPage);
  const places = shown.flatMap((row) => ("from" in row ? [] : [row]));
  return {
    as: "text",
    html: lines(
      html`🗄 <b>${name}</b> · ${rack.heightU}U · ${rack.roomName}`,
      html`${rackShares([rack])}`,
      rack.feeds.length === 0 ? html`⚡ Belum ada jalur daya.` : undefined,
      ...rack.feeds.map(feedLine),
      html`\n<b>Isinya, dari atas${page > 0 ? `, halaman ${page + 1}` : ""}</b>`,
      ...shown.map((row) => ("from" in row ? freeLine(row) : placeLine(row, office))),
    ).markup,
    buttons: [
      ...inRows(places.map(placeButton)),
      pageButtons(page, rows.length > (page + 1) * rowsOnPage, (to) => ({
        ...{ do: "rack", rackId, page: to, turns: true },
      })),
      ...(mayManageRacks(viewer) ? [putButtons(rackId)] : []),
      [{ label: "🖼 Gambar rak", press: { do: "draw-rack", rackId } }, historyButton(rackId)],
      ...(mayManageRacks(viewer) ? manageButtons(rackId) : []),
      [roomButton(rack.roomId, `⬆️ ${rack.roomCode}`), roomsButton],
    ],
  };
}

/** Places, and between them what is free over the whole depth, the highest first. */
function rowsOf(rack: FilledRack, places: readonly ListedPlace[]): (ListedPlace | Run)[] {
  const top = (row: ListedPlace | Run) => ("from" in row ? row.to : row.bottom + row.height);
  return [...places, ...freeRuns(rack, rack.places, "full")].sort((one, other) => top(other) - top(one));
}

/** "⚡ A ██████░░░░ 1.200 dari 2.000 W" */
export function feedLine({ name, loadWatts, capacityWatts }: PowerFeed): Html {
  const percent = percentOf(loadWatts, capacityWatts);
  const filled = Math.round((percent * barLength) / 100);
  const bar = "█".repeat(filled) + "░".repeat(barLength - filled);
  return html`⚡ ${name} <code>${bar}</code> ${showNumber(loadWatts)} dari ${showNumber(capacityWatts)} W (${percent}%)`;
}

function freeLine({ from, to }: Run): Html {
  return html`⚪ <code>${showSpan({ bottom: from, height: to - from })}</code> bebas, ${showNumber((to - from) / 2)}U`;
}

function placeLine(place: ListedPlace, office: OfficeWords): Html {
  const { icon } = placeWords[place.kind];
  const until = place.until === null ? "" : `, sampai ${showDayOf(new Date(place.until.getTime() - 1), office)}`;
  return html`${icon} <code>${spanWords(place)}</code> ${shorten(whoHasPlace(place), longestName)}, ${showNumber(place.height / 2)}U${until}`;
}

export function placeButton(place: ListedPlace): Button {
  const label = `${placeWords[place.kind].icon} ${spanWords(place)} ${place.name}`;
  return { label: shorten(label, longestName), press: { do: "place", placeId: place.id, page: 0 } };
}

function historyButton(rackId: number): Button {
  return { label: "📜 Riwayat rak", press: { do: "rack-history", rackId, page: 0 } };
}

function manageButtons(rackId: number): Button[][] {
  return [
    [
      { label: "⚡ Jalur daya", press: { do: "power-feeds", rackId } },
      { label: "✏️ Ubah tinggi", press: { do: "change-rack", rackId } },
    ],
    [{ label: "🗑 Hapus rak", press: { do: "ask-removing-rack", rackId } }],
  ];
}

/** Asks once more. */
export async function renderRackRemoving(
  db: Db,
  viewer: Person,
  { rackId }: { rackId: number },
): Promise<Rendered | undefined> {
  const rack = await findRack(db, rackId);
  if (rack === undefined || !mayManageRacks(viewer)) return undefined;
  return askOnceMore(
    html`🗑 Hapus rak <b>${rack.roomCode} ${rack.code}</b>? Riwayatnya tersimpan.`,
    { label: "Ya, hapus rak", press: { do: "remove-rack", rackId } },
    { do: "rack", rackId, page: 0 },
  );
}
