import { endPlace, findPresentPlace } from "../../db/rack/rack-places.ts";
import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { SpotKey } from "../../domain/rack/offer-keys.ts";
import type { Place } from "../../domain/rack/place.ts";
import { type FilledRack, withoutPlace } from "../../domain/rack/rack.ts";
import { feedsFor, refusalOfManagingRacks, refusalOfPlacing } from "../../domain/rack/rack-rules.ts";
import { relabelCablesOf } from "../cable/relabel-cables.ts";
import type { Setting } from "../setting.ts";
import { beginPlace, carryPorts, lockDevicesOf } from "./begin-place.ts";

/**
 * Moves what is reserved or stands somewhere, within its rack or to another one: the one place ends and the other begins.
 * Its height, its side, its power and what is reserved of switches stay.
 *
 * @returns the id of the place where it is from now on
 */
export async function movePlace(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; to: SpotKey },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const seen = await findPresentPlace(tx, input.placeId);
  if (seen === undefined) return refuse("place-changed");
  const rack = (await lockRacks(tx, [seen.rackId, input.to.rackId])).get(input.to.rackId);
  const place = await findPresentPlace(tx, input.placeId);
  if (place === undefined) return refuse("place-changed");
  if (rack === undefined) return refuse("no-such-rack");
  if (place.rackId === rack.id && place.bottom === input.to.bottom) return refuse("place-is-same");
  const feedIds = feedsThere(rack, place);
  if (!feedIds.ok) return feedIds;
  const moved = { ...place, bottom: input.to.bottom, feedIds: feedIds.value };
  const fits = refusalOfPlacing(withoutPlace(rack, place), moved);
  if (!fits.ok) return fits;

  await lockDevicesOf(tx, place.id, place.assetId);
  await endPlace(tx, place.id, { personId: person.id, now: setting.now });
  const placeId = await beginPlace(tx, setting, rack, moved, { personId: person.id });
  await carryPorts(tx, setting, { from: place.id, to: placeId }, { personId: person.id });
  if (place.assetId !== null) await relabelCablesOf(tx, setting, place.assetId, { personId: person.id });
  return accept(placeId);
}

/** Within its rack it stays on its feeds. */
function feedsThere(rack: FilledRack, { rackId, watts, feedIds }: Place): Outcome<readonly number[]> {
  return rackId === rack.id ? accept(feedIds) : feedsFor(rack, watts, feedIds.length);
}

/** In the order of their ids, so that two who move the other way round do not wait for each other. */
async function lockRacks(tx: Tx, ids: readonly number[]): Promise<Map<number, FilledRack>> {
  const locked = new Map<number, FilledRack>();
  for (const id of [...new Set(ids)].sort((one, other) => one - other)) {
    const rack = await lockRack(tx, id);
    if (rack !== undefined) locked.set(id, rack);
  }
  return locked;
}
