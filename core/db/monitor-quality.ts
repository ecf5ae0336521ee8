import { sql } from "kysely";
import { hourInMilliseconds } from "../domain/durations.ts";
import { preferPings } from "../domain/monitoring/main-checks.ts";
import { type Quality, qualityOf } from "../domain/monitoring/quality.ts";
import { emptyRollup, merge, type Rollup, rollUp } from "../domain/monitoring/rollup.ts";
import type { Span } from "../domain/monitoring/spans.ts";
import { listChecksIn } from "./monitor-checks.ts";
import { listRollups, type RollupOf } from "./monitor-rollups.ts";
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
 * What share of what was sent since then came not back, outages included, as `findQuality` has it: of each target's pings, where it
 * has some, else of all that it is asked by.
 *
 * @returns in percent, by target; one that is missing was not asked
 */
export async function listLosses(db: Db, since: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ targetId: number; lossPercent: number }>`
    with asked as (
      select id, target_id, settings ->> 'kind' = 'icmp' as is_ping,
        bool_or(settings ->> 'kind' = 'icmp') over (partition by target_id) as has_ping
      from monitor_check where removed_at is null and settings ->> 'kind' <> 'heartbeat'
    )
    select asked.target_id as "targetId",
      100 * (1 - sum(hours.received + later.received)::float8 / sum(hours.sent + later.sent)) as "lossPercent"
    from asked
      cross join lateral (
        select coalesce(sum(sent), 0) as sent, coalesce(sum(received), 0) as received, max(begins_at) as last
        from monitor_hour where check_id = asked.id and begins_at >= ${since}
      ) as hours
      cross join lateral (
        select coalesce(sum(sent), 0) as sent, coalesce(sum(received), 0) as received
        from monitor_sample where check_id = asked.id and at >= coalesce(hours.last + interval '1 hour', ${since})
      ) as later
    where asked.is_ping or not asked.has_ping
    group by asked.target_id
    having sum(hours.sent + later.sent) > 0`.execute(db);
  return new Map(rows.map(({ targetId, lossPercent }) => [targetId, lossPercent]));
}

/**
 * What was seen of the ways to targets in a period of whole days: on each day of their pings, where they had
 * some then, else of all their checks. Of a day that lasts, the hours that are over count.
 *
 * @param period begins with a day of the office
 * @param today the beginning of the present day
 * @returns by target; one that is missing was never asked
 */
export async function findRollups(
  db: Db,
  targetIds: readonly number[],
  period: Span,
  today: Date,
): Promise<Map<number, Rollup>> {
  const { from, until } = period;
  const checks = new Map((await listChecksIn(db, targetIds, period)).map((check) => [check.id, check]));
  const checkIds = [...checks.keys()];
  const days = await listRollups(db, "day", { from, until: until < today ? until : today, checkIds });
  const hours = today < until ? await listRollups(db, "hour", { from: today, until, checkIds }) : [];
  const found = new Map<number, Rollup>();
  const targetOf = ({ checkId }: RollupOf) => checks.get(checkId)?.targetId ?? 0;
  const ofOneTime = Map.groupBy([...days, ...hours], (each) => `${targetOf(each)}@${each.beginsAt.toISOString()}`);
  for (const seen of ofOneTime.values()) {
    for (const each of preferPings(seen, ({ checkId }) => checks.get(checkId)?.settings.kind)) {
      found.set(targetOf(each), merge(found.get(targetOf(each)) ?? emptyRollup, each.rollup));
    }
  }
  return found;
}
