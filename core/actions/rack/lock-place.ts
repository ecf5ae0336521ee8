import { findPresentPlace, type StoredPlace } from "../../db/rack/rack-places.ts";
import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import type { FilledRack } from "../../domain/rack/rack.ts";

/** A place that has not ended, with its rack, which is locked: whoever changes a place holds the lock of its rack. */
export async function lockPlace(
  tx: Tx,
  placeId: number,
): Promise<{ place: StoredPlace; rack: FilledRack } | undefined> {
  const seen = await findPresentPlace(tx, placeId);
  const rack = seen && (await lockRack(tx, seen.rackId));
  // It may have ended while the lock was waited for.
  const place = rack && (await findPresentPlace(tx, placeId));
  return place === undefined || rack === undefined ? undefined : { place, rack };
}
