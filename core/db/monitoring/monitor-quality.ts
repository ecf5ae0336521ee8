import { sql } from "kysely";
import { hourInMilliseconds } from "../../domain/durations.ts";
import { preferPings } from "../../domain/monitoring/main-checks.ts";
import { type Quality, qualityOf } from "../../domain/monitoring/quality.ts";
import { emptyRollup, merge, type Rollup, rollUp } from "../../domain/monitoring/rollup.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import type { Db } from "../tables.ts";
import { listChecksIn } from "./monitor-checks.ts";
import { listRollups, type RollupOf } from "./monitor-rollups.ts";
import { listSamplesSince } from "./monitor-samples.ts";

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
 * What share of what was sent since then came not back, outages included, as `findQuality` has it: in each hour of a target's pings,
 * where it was pinged then, else of all that it was asked by; those that are gone, too.
 *
 * @returns in percent, by target; one that is missing was not asked
 */
export async function listLosses(db: Db, since: Date): Promise<Map<number, number>> {
  const { rows } = await sql<{ targetId: number; lossPercent: number }>`
    with asked as (
      select id, target_id, settings ->> 'kind' = 'icmp' as is_ping from monitor_check
      where settings ->> 'kind' <> 'heartbeat' and (removed_at is null or removed_at > ${since})
    ), seen as (
      select asked.target_id, asked.is_ping, hours.sent, hours.received,
        bool_or(asked.is_ping) over (partition by asked.target_id, hours.begins_at) as has_ping
      from asked
        cross join lateral (
          select max(begins_at) as last from monitor_hour where check_id = asked.id and begins_at >= ${since}
        ) as rolled
        cross join lateral (
          select begins_at, sent, received from monitor_hour where check_id = asked.id and begins_at >= ${since}
          union all
          select date_trunc('hour', at), sum(sent), sum(received)
          from monitor_sample
          where check_id = asked.id and at >= coalesce(rolled.last + interval '1 hour', ${since})
          group by 1
        ) as hours
    )
    select target_id as "targetId", 100 * (1 - sum(received)::float8 / sum(sent)) as "lossPercent"
    from seen
    where is_ping or not has_ping
    group by target_id
    having sum(sent) > 0`.execute(db);
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
