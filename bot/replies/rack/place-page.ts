import { findReturn } from "../../../core/db/rack/handovers.ts";
import { findListedPlace, type ListedPlace, listReservedPorts } from "../../../core/db/rack/place-lists.ts";
import { listFeeds } from "../../../core/db/rack/power-feeds.ts";
import { findPresentPlace } from "../../../core/db/rack/rack-places.ts";
import type { Db } from "../../../core/db/tables.ts";
import { shorten } from "../../../core/domain/form/text.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { isUsedByStep, mayLookAtRacks, mayManageRacks } from "../../../core/domain/rack/rack-rules.ts";
import { placeLabel } from "../../../core/domain/rack/units.ts";
import type { Button, Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { basisOf } from "../ipam/address-words.ts";
import { pageButtons } from "../lists.ts";
import { type OfficeWords, showTime } from "../office-words.ts";
import { openButton } from "../open-button.ts";
import { historyOfPart, historyTitle } from "./rack-history.ts";
import { faceWords, placeWords, rackButton, showNumber } from "./rack-words.ts";

const longestName = 60;

/** A place: what has it, on which feeds and ports, what was there before, and what can be done with it. */
export async function renderPlace(
  db: Db,
  viewer: Person,
  { placeId, page }: { placeId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const place = await findListedPlace(db, placeId);
  if (place === undefined || !mayLookAtRacks(viewer)) return undefined;
  const ports = await listReservedPorts(db, [placeId]);
  const { rackId, bottom, height } = place;
  const history = await historyOfPart(db, { rackId, part: { bottom, height } }, page, office);
  return {
    as: "text",
    html: lines(
      html`<b>${placeLabel(place)}</b>`,
      ...placeLines(place, office),
      ...(await powerLines(db, place)),
      ports.length === 0
        ? undefined
        : html`Port dipesan: ${ports.map(({ assetName, port }) => `${assetName} port ${port}`).join(", ")}`,
      historyTitle(page),
      ...history.lines,
    ).markup,
    buttons: [
      ...(place.endedAt === null && mayManageRacks(viewer) ? actionButtons(place, ports) : []),
      pageButtons(page, history.hasMore, (to) => ({ do: "place", placeId, page: to, turns: true })),
      await recordButtons(db, place),
      place.ticketId === null ? [] : [openButton(place.ticketId)],
      [rackButton(rackId, `⬆️ ${place.roomCode} ${place.rackCode}`)],
    ],
  };
}

function placeLines(place: ListedPlace, office: OfficeWords): Html[] {
  const { icon, label } = placeWords[place.kind];
  const basis = basisOf(place);
  const state =
    place.endedAt === null
      ? html`${icon} <b>${label}</b>`
      : html`⚪ Sudah tidak di sini, dahulu ${label.toLowerCase()}`;
  return [
    html`${state}: ${place.name}`,
    html`Perangkat daerah: ${place.officeName}`,
    html`Tinggi: ${showNumber(place.height / 2)}U, ${faceWords[place.face]}`,
    ...(basis === undefined ? [] : [html`Dasar: ${basis}`]),
    html`Sejak: ${showTime(place.since, office)}, oleh ${shorten(place.begunByName, longestName)}`,
    ...(place.until === null ? [] : [html`Sampai: ${showTime(place.until, office)}`]),
    ...(place.endedAt === null ? [] : [html`Berakhir: ${showTime(place.endedAt, office)}`]),
  ];
}

/** "Daya: 300 W pada jalur A dan B" */
async function powerLines(db: Db, { id, rackId, watts }: ListedPlace): Promise<Html[]> {
  const present = await findPresentPlace(db, id);
  const feeds = (await listFeeds(db, [rackId])).filter((feed) => present?.feedIds.includes(feed.id));
  if (feeds.length === 0) return [html`Daya: ${showNumber(watts)} W`];
  return [html`Daya: ${showNumber(watts)} W pada jalur ${feeds.map(({ name }) => name).join(" dan ")}`];
}

/** Of what was given back the record can be printed. */
async function recordButtons(db: Db, { assetId, endedAt }: ListedPlace): Promise<Button[]> {
  if (assetId === null || endedAt === null) return [];
  const handover = await findReturn(db, { assetId, at: endedAt });
  if (handover === undefined) return [];
  return [{ label: "📄 Cetak BAST", press: { do: "print-handover", handoverId: handover.id } }];
}

function actionButtons(
  place: ListedPlace,
  ports: readonly { id: number; assetName: string; port: number }[],
): Button[][] {
  const placeId = place.id;
  return [
    ...ownButtons(place).map((button) => [button]),
    [
      { label: "↔️ Pindahkan", press: { do: "move-place", placeId } },
      { label: "🔌 Pesan port switch", press: { do: "reserve-port", placeId } },
    ],
    ...ports.map(({ id: portUseId, assetName, port }): Button[] => [
      { label: `🔓 Lepaskan port ${port} ${shorten(assetName, 30)}`, press: { do: "free-port", placeId, portUseId } },
    ]),
  ];
}

/** What is kept for a ticket is used by its step. */
function ownButtons(place: ListedPlace): Button[] {
  const placeId = place.id;
  if (place.kind === "occupied") return [{ label: "↩️ Keluarkan perangkat", press: { do: "return-device", placeId } }];
  const giveUp: Button = { label: "✖️ Batalkan pesanan tempat", press: { do: "give-up-place", placeId } };
  if (isUsedByStep(place)) return [giveUp];
  return [{ label: "✅ Pasang perangkat di sini", press: { do: "use-place", placeId } }, giveUp];
}
