import type { Db } from "../tables.ts";
import { findStopped } from "./last-look.ts";
import { listSeen } from "./monitor-states.ts";
import type { StoredOutage } from "./outages.ts";

/**
 * When the target of an outage that lasts was last found down, where nobody can say that it still is: the monitor does not run, or could not
 * ask since.
 *
 * @returns undefined: it is down now, or the outage is over
 */
export async function findLastDown(
  db: Db,
  { targetId, confirmedAt, endedAt }: StoredOutage,
  now: Date,
): Promise<Date | undefined> {
  if (endedAt !== null) return undefined;
  const seen = (await listSeen(db)).find(({ id }) => id === targetId);
  const isDown = seen?.state === "down" && (await findStopped(db, now)) === undefined;
  if (isDown) return undefined;
  const missedAt = seen?.missedAt ?? confirmedAt;
  // What was missed since may have been missed by our own uplink alone.
  const unknownSince = seen?.state === "unknown" ? seen.since : null;
  return unknownSince !== null && unknownSince < missedAt ? unknownSince : missedAt;
}
