import { sql } from "kysely";
import { dayInMilliseconds } from "../../domain/durations.ts";
import type { Sample } from "../../domain/monitoring/sample.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import { lockKey } from "../locks.ts";
import type { Db, Tx } from "../tables.ts";

/** What changes states takes them one after the other: samples, silence, and what people do with targets. */
export async function lockStates(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey("monitoring")})`.execute(tx);
}

/** Keeps them, each once: who did not hear that they were taken brings them again. */
export async function insertSamples(tx: Tx, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await makePartitions(tx, daysOf(samples));
  await tx
    .insertInto("monitor_sample")
    .values(
      samples.map((sample) => ({
        ...{ at: sample.at, check_id: sample.checkId, is_ok: sample.isOk, problem: sample.problem },
        ...{ min_us: sample.minUs, avg_us: sample.avgUs, max_us: sample.maxUs, jitter_us: sample.jitterUs },
        ...{ sent: sample.sent, received: sample.received, certificate_ends_at: sample.certificateEndsAt ?? null },
      })),
    )
    .onConflict((conflict) => conflict.columns(["check_id", "at"]).doNothing())
    .execute();
}

/** @param days of UTC, 2026-11-28 */
export async function makePartitions(tx: Tx, days: readonly string[]): Promise<void> {
  await sql`select make_monitor_partitions(day) from unnest(${days}::date[]) as day`.execute(tx);
}

/** Drops the days before. @returns how many partitions went */
export async function dropPartitions(
  tx: Tx,
  { samplesBefore, minutesBefore }: { samplesBefore: Date; minutesBefore: Date },
): Promise<number> {
  const [samples, minutes] = [dayOf(samplesBefore), dayOf(minutesBefore)];
  const { rows } = await sql<{ dropped: number }>`
    select drop_monitor_partitions(${samples}::date, ${minutes}::date) as dropped`.execute(tx);
  return rows[0]?.dropped ?? 0;
}

/** The day in UTC, 2026-11-28, of that instant and of as many after it. */
export function daysFrom(at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayOf(new Date(at.getTime() + index * dayInMilliseconds)));
}

function daysOf(samples: readonly Sample[]): string[] {
  return [...new Set(samples.map(({ at }) => dayOf(at)))];
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function selectSamples(db: Db) {
  return db
    .selectFrom("monitor_sample")
    .select(["check_id as checkId", "at", "is_ok as isOk", "sent", "received", "problem"])
    .select(["min_us as minUs", "avg_us as avgUs", "max_us as maxUs", "jitter_us as jitterUs"])
    .select("certificate_ends_at as certificateEndsAt");
}

/** Of all checks, from the first instant to before the second. */
export function listSamplesBetween(db: Db, from: Date, until: Date): Promise<Sample[]> {
  return selectSamples(db).where("at", ">=", from).where("at", "<", until).execute();
}

/** Of a check, the oldest first. */
export function listSamplesSince(db: Db, checkId: number, since: Date): Promise<Sample[]> {
  return selectSamples(db).where("check_id", "=", checkId).where("at", ">=", since).orderBy("at").execute();
}

/** The last one, where one is still kept. */
export function findLastSample(db: Db, checkId: number, since: Date): Promise<Sample | undefined> {
  return selectSamples(db)
    .where("check_id", "=", checkId)
    .where("at", ">=", since)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Of these checks, in order; of more than the limit the first ones. */
export function listSamplesIn(
  db: Db,
  checkIds: readonly number[],
  { from, until }: Span,
  limit: number,
): Promise<Sample[]> {
  return selectSamples(db)
    .where("check_id", "=", sql<number>`any(${checkIds}::bigint[])`)
    .where("at", ">=", from)
    .where("at", "<", until)
    .orderBy("at")
    .orderBy("check_id")
    .limit(limit)
    .execute();
}

/** How much of what was sent did not come back. @property since the first sample that is kept */
export type Loss = { percent: number; since: Date };

/** undefined: no sample of that time is kept, or nothing was sent */
export async function findLoss(db: Db, checkIds: readonly number[], { from, until }: Span): Promise<Loss | undefined> {
  const { sent, received, since } = await db
    .selectFrom("monitor_sample")
    .select(sql<number>`coalesce(sum(sent), 0)::int`.as("sent"))
    .select(sql<number>`coalesce(sum(received), 0)::int`.as("received"))
    .select(({ fn }) => fn.min<Date | null>("at").as("since"))
    .where("check_id", "=", sql<number>`any(${checkIds}::bigint[])`)
    .where("at", ">=", from)
    .where("at", "<", until)
    .executeTakeFirstOrThrow();
  return since === null || sent === 0 ? undefined : { percent: (100 * (sent - received)) / sent, since };
}
