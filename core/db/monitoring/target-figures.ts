import { sql } from "kysely";
import { dayInMilliseconds } from "../../domain/durations.ts";
import type { State } from "../../domain/monitoring/state.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { Db } from "../tables.ts";

/** How one target stands in numbers. Of several checks the worst that the last sample of each said; null: none says. */
export type TargetFigures = {
  id: number;
  name: string;
  kind: TargetKind;
  officeCode: string | null;
  state: State | "paused";
  latencyUs: number | null;
  /** 0 to 1 */
  lossRatio: number | null;
  lastSampleAt: Date | null;
  certificateEndsAt: Date | null;
  /** that were ever recorded of it */
  outages: number;
};

/** Samples that are older count as none. */
const sampleWithinMs = dayInMilliseconds;

export async function listTargetFigures(db: Db, now: Date): Promise<TargetFigures[]> {
  const since = new Date(now.getTime() - sampleWithinMs);
  const { rows } = await sql<TargetFigures>`
    select target.id, target.name, target.kind, office.code as "officeCode",
      case when target.is_paused then 'paused' else coalesce(known.state, 'unknown') end as state,
      seen."latencyUs", seen."lossRatio", seen."lastSampleAt", seen."certificateEndsAt",
      (select count(*) from outage where outage.target_id = target.id) as outages
    from monitor_target as target
      left join office on office.id = target.office_id
      left join monitor_target_state as known on known.target_id = target.id
      left join lateral (
        select max(last.avg_us) as "latencyUs", max(last.at) as "lastSampleAt",
          max((last.sent - last.received)::float8 / nullif(last.sent, 0)) as "lossRatio",
          min(last.certificate_ends_at) as "certificateEndsAt"
        from monitor_check as asked
          cross join lateral (
            select at, avg_us, sent, received, certificate_ends_at from monitor_sample
            where check_id = asked.id and at >= ${since} order by at desc limit 1
          ) as last
        where asked.target_id = target.id and asked.removed_at is null
      ) as seen on true
    where target.removed_at is null
    order by target.id`.execute(db);
  return rows;
}
