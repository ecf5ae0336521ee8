import type { Logger } from "pino";
import { freeExpired } from "../../core/actions/release-address.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { listRangesDue } from "../../core/db/address-ranges.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import type { Db } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const rangesAtOnce = 500;

/** Frees addresses whose reservation or quarantine is over, each in a transaction of its own: one that fails stops no other. */
export async function expireAddresses(
  { db, setting, log }: { db: Db; setting: (now: Date) => Setting; log: Logger },
  now = new Date(),
): Promise<void> {
  for (const rangeId of await listRangesDue(db, now, rangesAtOnce)) {
    try {
      await db.transaction().execute((tx) => freeExpired(tx, setting(now), { rangeId }));
    } catch (fault) {
      log.error({ rangeId, fault: describeFault(fault), frames: framesOf(fault) }, "freeing an address failed");
    }
  }
}
