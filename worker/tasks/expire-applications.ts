import type { Logger } from "pino";
import { releaseDeleted } from "../../core/actions/hosting/release-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listToRelease } from "../../core/db/hosting/application-revisions.ts";
import type { Db } from "../../core/db/tables.ts";

/** As many as are done well within the minute until the next run. */
const applicationsAtOnce = 100;

type Options = { db: Db; setting: (now: Date) => Setting; log: Logger };

/** Releases network and name of deleted applications whose kept time is over; each alone, so that one that fails stops no other. */
export async function expireApplications({ db, setting, log }: Options, now = new Date()): Promise<void> {
  for (const id of await listToRelease(db, now, applicationsAtOnce)) {
    try {
      await db.transaction().execute((tx) => releaseDeleted(tx, setting(now), { id }));
    } catch (fault) {
      const fields = { applicationId: id, fault: describeFault(fault), frames: framesOf(fault) };
      log.error(fields, "releasing a deleted application failed");
    }
  }
}
