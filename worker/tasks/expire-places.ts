import type { Logger } from "pino";
import { freeExpiredPlace } from "../../core/actions/rack/return-device.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listPlacesDue } from "../../core/db/rack/rack-places.ts";
import type { Db } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const placesAtOnce = 500;

/** Frees places whose reservation is over, each in a transaction of its own: one that fails stops no other. */
export async function expirePlaces(
  { db, setting, log }: { db: Db; setting: (now: Date) => Setting; log: Logger },
  now = new Date(),
): Promise<void> {
  for (const placeId of await listPlacesDue(db, now, placesAtOnce)) {
    try {
      await db.transaction().execute((tx) => freeExpiredPlace(tx, setting(now), { placeId }));
    } catch (fault) {
      log.error({ placeId, fault: describeFault(fault), frames: framesOf(fault) }, "freeing a place failed");
    }
  }
}
