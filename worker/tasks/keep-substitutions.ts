import type { Logger } from "pino";
import { startOrEndSubstitution } from "../../core/actions/people/substitutions.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { describeFault, framesOf } from "../../core/db/fault.ts";
import { listSubstitutionsDue } from "../../core/db/people/substitutions.ts";
import type { Db } from "../../core/db/tables.ts";

/** Begins and ends substitutions whose day has come, each in a transaction of its own: one that fails stops no other. */
export async function keepSubstitutions(
  { db, setting, log }: { db: Db; setting: (now: Date) => Setting; log: Logger },
  now = new Date(),
): Promise<void> {
  for (const substitutionId of await listSubstitutionsDue(db, now)) {
    try {
      await db.transaction().execute((tx) => startOrEndSubstitution(tx, setting(now), { substitutionId }));
    } catch (fault) {
      const fields = { substitutionId, fault: describeFault(fault), frames: framesOf(fault) };
      log.error(fields, "beginning or ending a substitution failed");
    }
  }
}
