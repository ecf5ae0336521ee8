import type { Logger } from "pino";
import { freeExpiredName } from "../../core/actions/names/change-name.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listNamesDue } from "../../core/db/names/names.ts";
import type { Db } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const namesAtOnce = 200;

/** Frees names whose reservation or quarantine is over, each in a transaction of its own: one that fails stops no other. */
export async function expireNames(
  { db, setting, log }: { db: Db; setting: (now: Date) => Setting; log: Logger },
  now = new Date(),
): Promise<void> {
  for (const nameId of await listNamesDue(db, now, namesAtOnce)) {
    try {
      await db.transaction().execute((tx) => freeExpiredName(tx, setting(now), { nameId }));
    } catch (fault) {
      log.error({ nameId, fault: describeFault(fault), frames: framesOf(fault) }, "freeing a name failed");
    }
  }
}
