import { hourInMilliseconds } from "../domain/durations.ts";
import { type Quality, qualityOf } from "../domain/monitoring/quality.ts";
import { emptyRollup, merge, rollUp } from "../domain/monitoring/rollup.ts";
import { listRollups } from "./monitor-rollups.ts";
import { listSamplesSince } from "./monitor-samples.ts";
import type { Db } from "./tables.ts";

/** How good a way was since then, to the hour: by the hours that are rolled up, and the samples after those. undefined: no sample says */
export async function findQuality(
  db: Db,
  checkId: number,
  { since, now }: { since: Date; now: Date },
): Promise<Quality | undefined> {
  const hours = await listRollups(db, "hour", { from: since, until: now, checkId });
  const latest = Math.max(...hours.map(({ beginsAt }) => beginsAt.getTime()), Number.NEGATIVE_INFINITY);
  const after = hours.length === 0 ? since : new Date(latest + hourInMilliseconds);
  const samples = await listSamplesSince(db, checkId, after);
  const all = [...hours.map(({ rollup }) => rollup), rollUp(samples)].reduce(merge, emptyRollup);
  return all.samples === 0 ? undefined : qualityOf(all);
}
