import type { StoredPlace } from "../../db/rack/rack-places.ts";
import { fillRacks, listRacks } from "../../db/rack/racks.ts";
import type { Db } from "../../db/tables.ts";
import { type PlaceWish, type ProposedPlace, proposePlaces as propose } from "../../domain/rack/propose-places.ts";
import { withoutPlace } from "../../domain/rack/rack.ts";

/**
 * The places of all racks that suit best, at most six, the best first. Nothing is reserved by that.
 *
 * @param options.insteadOf what will be free then
 */
export async function proposePlaces(
  db: Db,
  wish: PlaceWish,
  { insteadOf }: { insteadOf?: StoredPlace | undefined } = {},
): Promise<ProposedPlace[]> {
  const racks = await fillRacks(db, await listRacks(db));
  return propose(wish, insteadOf === undefined ? racks : racks.map((rack) => withoutPlace(rack, insteadOf)));
}
