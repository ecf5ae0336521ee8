import { sql } from "kysely";
import type { Period, Rollup } from "../../domain/monitoring/rollup.ts";
import type { Db, Tx } from "../tables.ts";

const tables = { minute: "monitor_minute", hour: "monitor_hour", day: "monitor_day" } as const;

export type RollupOf = { checkId: number; beginsAt: Date; rollup: Rollup };

/** So that one statement stays below the 65,535 parameters that PostgreSQL takes. */
const insertedAtOnce = 2_000;

/** In the place of what was known of the same periods. */
export async function saveRollups(tx: Tx, period: Period, rollups: readonly RollupOf[]): Promise<void> {
  for (let first = 0; first < rollups.length; first += insertedAtOnce) {
    await tx
      .insertInto(tables[period])
      .values(rollups.slice(first, first + insertedAtOnce).map(toRow))
      .onConflict((conflict) =>
        conflict.columns(["check_id", "begins_at"]).doUpdateSet((row) => ({
          ...{ samples: row.ref("excluded.samples"), misses: row.ref("excluded.misses") },
          ...{ sent: row.ref("excluded.sent"), received: row.ref("excluded.received") },
          ...{ min_us: row.ref("excluded.min_us"), max_us: row.ref("excluded.max_us") },
          ...{ sum_us: row.ref("excluded.sum_us"), jitter_sum_us: row.ref("excluded.jitter_sum_us") },
          jitter_samples: row.ref("excluded.jitter_samples"),
          ...{ latency: sql<string>`excluded.latency`, loss: sql<string>`excluded.loss` },
        })),
      )
      .execute();
  }
}

function toRow({ checkId, beginsAt, rollup }: RollupOf) {
  return {
    ...{ begins_at: beginsAt, check_id: checkId, samples: rollup.samples, misses: rollup.misses },
    ...{ sent: rollup.sent, received: rollup.received, min_us: rollup.minUs, max_us: rollup.maxUs },
    ...{ sum_us: rollup.sumUs, jitter_sum_us: rollup.jitterSumUs, jitter_samples: rollup.jitterSamples },
    ...{ latency: JSON.stringify(rollup.latency), loss: JSON.stringify(rollup.loss) },
  };
}

/** That begin at the first instant or later and before the second; of these checks, or of all. */
export async function listRollups(
  db: Db,
  period: Period,
  { from, until, checkIds }: { from: Date; until: Date; checkIds?: readonly number[] },
): Promise<RollupOf[]> {
  const rows = await db
    .selectFrom(tables[period])
    .selectAll()
    .where("begins_at", ">=", from)
    .where("begins_at", "<", until)
    .$if(checkIds !== undefined, (query) => query.where("check_id", "=", sql<number>`any(${checkIds}::bigint[])`))
    .execute();
  return rows.map((row) => ({
    checkId: row.check_id,
    beginsAt: row.begins_at,
    rollup: {
      ...{ samples: row.samples, misses: row.misses, sent: row.sent, received: row.received },
      ...{ minUs: row.min_us, maxUs: row.max_us, sumUs: row.sum_us, jitterSumUs: row.jitter_sum_us },
      ...{ jitterSamples: row.jitter_samples, latency: row.latency, loss: row.loss },
    },
  }));
}

/** Whether anything is known of one of these checks since then. */
export async function hasRollupsSince(
  db: Db,
  period: Period,
  checkIds: readonly number[],
  since: Date,
): Promise<boolean> {
  const row = await db
    .selectFrom(tables[period])
    .select("check_id")
    .where("check_id", "=", sql<number>`any(${checkIds}::bigint[])`)
    .where("begins_at", ">=", since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** These periods are rolled up when they are over, again where they were before. */
export async function markDue(tx: Tx, due: readonly { period: Period; beginsAt: Date }[]): Promise<void> {
  if (due.length === 0) return;
  await tx
    .insertInto("monitor_rollup_due")
    .values(due.map(({ period, beginsAt }) => ({ period, begins_at: beginsAt })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The earliest first. @param before those that begin before that instant */
export async function listDue(db: Db, period: Period, before: Date, limit: number): Promise<Date[]> {
  const rows = await db
    .selectFrom("monitor_rollup_due")
    .select("begins_at")
    .where("period", "=", period)
    .where("begins_at", "<", before)
    .orderBy("begins_at")
    .limit(limit)
    .execute();
  return rows.map(({ begins_at }) => begins_at);
}

/** Before it is rolled up, so that what comes meanwhile marks it again. */
export async function takeOffDue(tx: Tx, period: Period, beginsAt: Date): Promise<void> {
  await tx.deleteFrom("monitor_rollup_due").where("period", "=", period).where("begins_at", "=", beginsAt).execute();
}

export async function deleteHoursBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("monitor_hour").where("begins_at", "<", date).execute();
}
