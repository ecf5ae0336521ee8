import { DateTime } from "luxon";
import {
  type ListedPlace,
  listPlacesOfRack,
  listPortCounts,
  listReservedPorts,
} from "../../core/db/rack/place-lists.ts";
import { fillRacks, findRack } from "../../core/db/rack/racks.ts";
import type { Db } from "../../core/db/tables.ts";
import type { FilledRack } from "../../core/domain/rack/rack.ts";
import { partsOfUnit, percentOf, utilisationOf } from "../../core/domain/rack/utilisation.ts";
import type { Meter, RackPictureText } from "./rack-picture.ts";

/** What there is to draw of a rack at this moment. @param zone IANA name */
export async function rackPictureText(
  db: Db,
  { rackId }: { rackId: number },
  { zone, now }: { zone: string; now: Date },
): Promise<RackPictureText> {
  const rack = await findRack(db, rackId);
  const [filled] = rack === undefined ? [] : await fillRacks(db, [rack]);
  if (filled === undefined) throw new Error(`drawing rack ${rackId}: there is none`);
  const places = await listPlacesOfRack(db, rackId);
  const more = await wordsByPlace(db, places);
  const asOf = DateTime.fromJSDate(now, { zone }).setLocale("id").toFormat("d MMMM yyyy HH.mm");
  return {
    title: `${filled.roomCode} ${filled.code}`,
    subtitle: `${filled.roomName} · ${filled.heightU}U · keadaan ${asOf}`,
    meters: metersOf(filled),
    heightU: filled.heightU,
    places: places.map((place) => {
      const { id, kind, bottom, height, face, name, officeCode, watts } = place;
      const details = [officeCode, ...(watts === 0 ? [] : [`${showNumber(watts)} W`]), ...(more.get(id) ?? [])].join(
        " · ",
      );
      return { kind, bottom, height, face, name, details };
    }),
  };
}

function metersOf(rack: FilledRack): Meter[] {
  const { all, free, capacityWatts, loadWatts } = utilisationOf([rack]);
  const watts = (load: number, capacity: number) => `${showNumber(load)} dari ${showNumber(capacity)} W`;
  const units = {
    label: "Unit terpakai",
    value: `${showNumber((all - free) / partsOfUnit)} dari ${showNumber(rack.heightU)}U`,
    percent: percentOf(all - free, all),
  };
  const power = {
    label: "Daya semua jalur",
    value: watts(loadWatts, capacityWatts),
    percent: percentOf(loadWatts, capacityWatts),
  };
  const feeds = rack.feeds.map((feed) => ({
    label: `Jalur daya ${feed.name}`,
    value: watts(feed.loadWatts, feed.capacityWatts),
    percent: percentOf(feed.loadWatts, feed.capacityWatts),
  }));
  return [units, ...(feeds.length === 0 ? [] : [power]), ...feeds];
}

/** "1.200", "12,5" */
function showNumber(number: number): string {
  return number.toLocaleString("id-ID");
}

/** Of each place the ports of switches that are reserved for it, and how many of its own are taken. */
async function wordsByPlace(db: Db, places: readonly ListedPlace[]): Promise<Map<number, string[]>> {
  const reserved = await listReservedPorts(
    db,
    places.map(({ id }) => id),
  );
  const assetIds = places.flatMap(({ assetId }) => (assetId === null ? [] : [assetId]));
  const counts = new Map((await listPortCounts(db, assetIds)).map((count) => [count.assetId, count]));
  return new Map(
    places.map(({ id, assetId }) => {
      const own = counts.get(assetId ?? 0);
      const others = reserved.filter(({ placeId }) => placeId === id);
      return [
        id,
        [
          ...(own === undefined ? [] : [`port ${own.taken}/${own.ports} terpakai`]),
          ...others.map(({ assetName, port }) => `${assetName} port ${port}`),
        ],
      ];
    }),
  );
}
