import { type ListedPlace, listPlaceHistory, listPlacesOfRack } from "../../../core/db/rack/place-lists.ts";
import { findRack } from "../../../core/db/rack/racks.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { mayLookAtRacks } from "../../../core/domain/rack/rack-rules.ts";
import { showUnit } from "../../../core/domain/rack/units.ts";
import type { Rendered } from "../../rendered.ts";
import { type Html, html, lines } from "../html.ts";
import { basisOf } from "../ipam/address-words.ts";
import { onePage, pageButtons } from "../lists.ts";
import { type OfficeWords, showDay, showDayOf, whoDid } from "../office-words.ts";
import { inRows } from "../ticket/card.ts";
import { placeButton } from "./rack-page.ts";
import { placeWords, rackButton, spanWords, whoHasPlace } from "./rack-words.ts";

const historyOnPage = 6;

type Part = { bottom: number; height: number };

/** All that was in a rack, and when. */
export async function renderRackHistory(
  db: Db,
  viewer: Person,
  { rackId, page }: { rackId: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const rack = await findRack(db, rackId);
  if (rack === undefined || !mayLookAtRacks(viewer)) return undefined;
  const history = await historyOfPart(db, { rackId }, page, office);
  const name = `${rack.roomCode} ${rack.code}`;
  return {
    as: "text",
    html: lines(html`🗄 <b>${name}</b>`, historyTitle(page), ...history.lines).markup,
    buttons: [
      pageButtons(page, history.hasMore, (to) => ({ do: "rack-history", rackId, page: to, turns: true })),
      [rackButton(rackId, `⬆️ ${name}`)],
    ],
  };
}

/** What is in one unit of a rack, and was. */
export async function renderRackUnit(
  db: Db,
  viewer: Person,
  { rackId, bottom, page }: { rackId: number; bottom: number; page: number },
  office: OfficeWords,
): Promise<Rendered | undefined> {
  const rack = await findRack(db, rackId);
  if (rack === undefined || !mayLookAtRacks(viewer)) return undefined;
  const part = { bottom, height: bottom % 2 === 0 ? 2 : 1 };
  const present = (await listPlacesOfRack(db, rackId)).filter((place) => {
    return place.bottom < part.bottom + part.height && part.bottom < place.bottom + place.height;
  });
  const history = await historyOfPart(db, { rackId, part }, page, office);
  const name = `${rack.roomCode} ${rack.code}`;
  return {
    as: "text",
    html: lines(
      html`🗄 <b>${name} ${showUnit(bottom)}</b>`,
      present.length === 0 ? html`⚪ Bebas` : undefined,
      ...present.map((place) => {
        const { icon, label } = placeWords[place.kind];
        return html`${icon} <b>${label}</b>: ${whoHasPlace(place)}, ${spanWords(place)}`;
      }),
      historyTitle(page),
      ...history.lines,
    ).markup,
    buttons: [
      ...inRows(present.map(placeButton)),
      pageButtons(page, history.hasMore, (to) => ({ do: "rack-unit", rackId, bottom, page: to, turns: true })),
      [rackButton(rackId, `⬆️ ${name}`)],
    ],
  };
}

export function historyTitle(page: number): Html {
  return html`\n<b>Riwayat${page > 0 ? `, halaman ${page + 1}` : ""}</b>`;
}

/** A page of what was and is in a rack, or in a part of it, the latest first. */
export async function historyOfPart(
  db: Db,
  about: { rackId: number; part?: Part },
  page: number,
  office: OfficeWords,
): Promise<{ lines: Html[]; hasMore: boolean }> {
  const { items, hasMore } = await onePage(page, historyOnPage, (range) => listPlaceHistory(db, about, range));
  return {
    lines: items.length === 0 ? [html`Belum pernah ada isinya.`] : items.map((place) => historyLine(place, office)),
    hasMore,
  };
}

/** "🔵 1 Mar 2026 sampai 5 Apr 2026: U20-21, SRV-SIMPEG (Dinkes), T-0042, diakhiri Dedi, BAST 12/2026 tanggal 5 Apr 2026" */
function historyLine(place: ListedPlace, office: OfficeWords): Html {
  const basis = basisOf(place);
  const end = place.endedAt === null ? "sekarang" : showDayOf(place.endedAt, office);
  const parts = [
    spanWords(place),
    `${placeWords[place.kind].label.toLowerCase()} ${whoHasPlace(place)}`,
    ...(basis === undefined ? [] : [basis]),
    ...(place.endedAt === null ? [] : [`diakhiri ${whoDid(place.endedByName)}`]),
    ...(place.endLetter === null ? [] : [`${place.endLetter} tanggal ${showDay(place.endLetterOn ?? "")}`]),
  ];
  return html`${placeWords[place.kind].icon} ${showDayOf(place.since, office)} sampai ${end}: ${parts.join(", ")}`;
}
