import { lockUntoldLook, markLookTold } from "../../db/monitoring/last-look.ts";
import { listPeopleWithRole } from "../../db/people/people.ts";
import type { Tx } from "../../db/tables.ts";
import { minuteInMilliseconds } from "../../domain/durations.ts";
import { tell } from "../notices.ts";
import type { Setting } from "../setting.ts";
import { listOnCall } from "../shift/on-call.ts";

/** A worker that is updated looks again before that. source: office practice */
const tellAfterMs = 5 * minuteInMilliseconds;

/**
 * Who is told of outages hears once that nobody looks for them any more.
 *
 * @param startedAt since when who asks runs: the monitor may have been started with it
 */
export async function tellOfStoppedMonitor(
  tx: Tx,
  setting: Setting,
  { startedAt }: { startedAt: Date },
): Promise<void> {
  const before = new Date(setting.now.getTime() - tellAfterMs);
  if (startedAt > before) return;
  const lookedAt = await lockUntoldLook(tx, before);
  if (lookedAt === undefined) return;
  await markLookTold(tx, lookedAt);
  const team = await listPeopleWithRole(tx, "infrastructure");
  const desk = await listOnCall(tx, setting);
  const ids = [...team, ...desk].map(({ id }) => id);
  await tell(tx, [...new Set(ids)], { kind: "monitor-stopped", since: lookedAt.toISOString() }, setting);
}
