import { freeExpiredPlace } from "../../core/actions/rack/return-device.ts";
import { listPlacesDue } from "../../core/db/rack/rack-places.ts";
import { type AloneOptions, eachAlone } from "./each-alone.ts";

/** As many as are done well within the minute until the next run. */
const placesAtOnce = 500;

/** Frees places whose reservation is over. */
export async function expirePlaces(options: AloneOptions, now = new Date()): Promise<void> {
  await eachAlone(
    options,
    await listPlacesDue(options.db, now, placesAtOnce),
    (tx, placeId) => freeExpiredPlace(tx, options.setting(now), { placeId }),
    { idName: "placeId", message: "freeing a place failed" },
  );
}
