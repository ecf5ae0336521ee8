import { hourInMilliseconds } from "../domain/durations.ts";
import { type Quality, qualityOf } from "../domain/monitoring/quality.ts";
import { emptyRollup, merge, type Rollup, rollUp } from "../domain/monitoring/rollup.ts";
import type { Span } from "../domain/monitoring/spans.ts";
import { listMainChecks } from "./monitor-checks.ts";
import { listRollups } from "./monitor-rollups.ts";
import { listSamplesSince } from "./monitor-samples.ts";
import type { Db } from "./tables.ts";

/** How good a way was since then, to the hour: by the hours that are rolled up, and the samples after those. undefined: no sample says */
export async function findQuality(
  db: Db,
  checkId: number,
  { since, now }: { since: Date; now: Date },
): Promise<Quality | undefined> {
  const hours = await listRollups(db, "hour", { from: since, until: now, checkIds: [checkId] });
  const latest = Math.max(...hours.map(({ beginsAt }) => beginsAt.getTime()), Number.NEGATIVE_INFINITY);
  const after = hours.length === 0 ? since : new Date(latest + hourInMilliseconds);
  const samples = await listSamplesSince(db, checkId, after);
  const all = [...hours.map(({ rollup }) => rollup), rollUp(samples)].reduce(merge, emptyRollup);
  return all.samples === 0 ? undefined : qualityOf(all);
}

/**
 * What was seen of the ways to targets in a period of whole days: of their pings, where they had some, else of all their checks. Of a
 * day that lasts, the hours that are over count.
 *
 * @param period begins with a day of the office
 * @param today the beginning of the present day
 * @returns by target; one that is missing was never asked
 */
export async function findRollups(
  db: Db,
  targetIds: readonly number[],
  { from, until }: Span,
  today: Date,
): Promise<Map<number, Rollup>> {
  const checks = await listMainChecks(db, targetIds);
  const targetOf = new Map(checks.map(({ id, targetId }) => [id, targetId]));
  const checkIds = [...targetOf.keys()];
  const days = await listRollups(db, "day", { from, until: until < today ? until : today, checkIds });
  const hours = today < until ? await listRollups(db, "hour", { from: today, until, checkIds }) : [];
  const found = new Map<number, Rollup>();
  for (const { checkId, rollup } of [...days, ...hours]) {
    const targetId = targetOf.get(checkId) ?? 0;
    found.set(targetId, merge(found.get(targetId) ?? emptyRollup, rollup));
  }
  return found;
}
