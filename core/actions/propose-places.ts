import { fillRacks, listRacks } from "../db/racks.ts";
import type { Db } from "../db/tables.ts";
import { type PlaceWish, type ProposedPlace, proposePlaces as propose } from "../domain/rack/propose-places.ts";

/** The places of all racks that suit best, at most six, the best first. Nothing is reserved by that. */
export async function proposePlaces(db: Db, wish: PlaceWish): Promise<ProposedPlace[]> {
  return propose(wish, await fillRacks(db, await listRacks(db)));
}
