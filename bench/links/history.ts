import { sql } from "kysely";
import { lookAround } from "../../core/actions/monitoring/look-around.ts";
import { recordSamples } from "../../core/actions/monitoring/record-samples.ts";
import { daysFrom, makePartitions } from "../../core/db/monitoring/monitor-samples.ts";
import { saveOffices } from "../../core/db/people/offices.ts";
import type { Db } from "../../core/db/tables.ts";
import { localDay } from "../../core/domain/calendar/working-calendar.ts";
import { dayInMilliseconds, hourInMilliseconds, minuteInMilliseconds } from "../../core/domain/durations.ts";
import type { Span } from "../../core/domain/monitoring/spans.ts";
import type { TestOffice } from "../../test/support/office.ts";
import { rollUpSamples } from "../../worker/tasks/roll-up-samples.ts";
import { watchAll } from "./office.ts";
import { downPlaces, offices, regency } from "./regency.ts";
import { samplesOf } from "./samples.ts";

/** For how many days back there is what. */
export type Depth = { samples: number; minutes: number; hours: number; days: number; outagesEach: number };

/** @property now the end of it all */
export type History = { now: Date; targetIds: number[] };

/** So long each outage of the past is at most, and its share of the year is longer. */
const longestOutageHours = 6;

/**
 * A regency that was watched for a year. Its last hour is recorded and rolled up as the worker does it, minute by minute; that hour
 * is copied back by SQL, in the order of time, as are outages made up.
 */
export async function makeHistory(office: TestOffice, depth: Depth): Promise<History> {
  const now = new Date(Math.floor(Date.now() / hourInMilliseconds) * hourInMilliseconds);
  const lastHour = { from: new Date(now.getTime() - hourInMilliseconds), until: now };
  const { owner } = office.database;
  await saveOffices(office.db, offices);
  const targets = await watchAll(office, regency(), lastHour.from);
  await recordHour(office, lastHour, targets);
  await office.act((tx) => lookAround(tx, office.setting(now), { since: lastHour.from }));

  const rollUp = (at: Date) => rollUpSamples({ db: office.db, setting: (when) => office.setting(when) }, at);
  await rollUp(new Date(now.getTime() + 5 * minuteInMilliseconds));
  await copyRaw(office, lastHour, depth);
  await copyBack(owner, { ...hours, span: lastHour, count: depth.hours * 24, atOnce: 240 });
  const today = localDay(lastHour.from, office.setting(now).rules).startOf("day");
  const day = { from: today.toJSDate(), until: today.plus({ days: 1 }).toJSDate() };
  await rollUp(new Date(day.until.getTime() + hourInMilliseconds));
  await copyBack(owner, { ...days, span: day, count: depth.days, atOnce: depth.days });
  // It is not rolled up yet: so much has to be read of its samples.
  await sql`delete from monitor_hour where begins_at = ${lastHour.from}`.execute(owner);
  await makeOutages(owner, now, depth);
  await sql`vacuum (analyze)`.execute(owner);
  return { now, targetIds: targets.map(({ targetId }) => targetId) };
}

async function recordHour(
  office: TestOffice,
  { from, until }: Span,
  targets: Awaited<ReturnType<typeof watchAll>>,
): Promise<void> {
  const down = new Set(downPlaces.map((place) => targets[place]?.checkId ?? 0));
  const wanted = regency();
  const checks = targets.map(({ checkId }, place) => ({ checkId, isPing: wanted[place]?.check.check === "icmp" }));
  const downFrom = new Date(until.getTime() - 5 * minuteInMilliseconds);
  for (let begin = from.getTime(); begin < until.getTime(); begin += minuteInMilliseconds) {
    const minute = { from: new Date(begin), until: new Date(begin + minuteInMilliseconds) };
    const samples = checks.flatMap((check) =>
      samplesOf(check, minute, minute.from >= downFrom && down.has(check.checkId)),
    );
    await office.act((tx) => recordSamples(tx, office.setting(minute.until), { samples, uplink: "up" }));
  }
}

async function copyRaw(office: TestOffice, span: Span, depth: Depth): Promise<void> {
  const { owner } = office.database;
  const most = Math.max(depth.samples, depth.minutes);
  const oldest = new Date(span.from.getTime() - most * dayInMilliseconds);
  await office.act((tx) => makePartitions(tx, daysFrom(oldest, most + 1)));
  await copyBack(owner, { ...samples, span, count: depth.samples * 24 - 1, atOnce: 1 });
  await copyBack(owner, { ...minutes, span, count: depth.minutes * 24 - 1, atOnce: 2 });
}

const ofSamples = ["check_id", "min_us", "avg_us", "max_us", "jitter_us", "sent", "received", "is_ok", "problem"];
const ofRollups = [
  ...["check_id", "samples", "misses", "sent", "received", "min_us", "max_us", "sum_us"],
  ...["jitter_sum_us", "jitter_samples", "latency", "loss"],
];
const samples = { table: "monitor_sample", at: "at", others: ofSamples, each: "1 hour" };
const minutes = { table: "monitor_minute", at: "begins_at", others: ofRollups, each: "1 hour" };
const hours = { ...minutes, table: "monitor_hour" };
const days = { ...hours, table: "monitor_day", each: "1 day" };

type Copying = typeof samples & { span: Span; count: number; atOnce: number };

/** The oldest first: it lies on disk in the order in which it would have come. */
async function copyBack(owner: Db, { table, at, others, each, span, count, atOnce }: Copying): Promise<void> {
  const columns = sql.join(others.map((name) => sql.ref(name)));
  for (let most = count; most > 0; most -= atOnce) {
    await sql`
      insert into ${sql.table(table)} (${sql.ref(at)}, ${columns})
      select ${sql.ref(at)} - number * ${each}::interval, ${columns}
      from ${sql.table(table)} cross join generate_series(${Math.max(1, most - atOnce + 1)}::int, ${most}::int) as number
      where ${sql.ref(at)} >= ${span.from} and ${sql.ref(at)} < ${span.until}
      order by 1`.execute(owner);
  }
}

/** Each target had so many in the year, spread over it, and was watched since before. */
async function makeOutages(owner: Db, now: Date, { outagesEach, days: watchedDays }: Depth): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await sql`select setseed(0.5)`.execute(tx);
    await sql`
      insert into outage (target_id, started_at, confirmed_at, ended_at, cause_code)
      select id, began, began + interval '6 seconds', began + least(lasted, ${longestOutageHours}) * interval '1 hour',
        (array['power', 'device', 'fibre-cut', 'provider', null])[1 + floor(5 * random())]
      from (
        select id, random() ^ 3 * ${longestOutageHours}::float8 + 0.02 as lasted,
          ${now}::timestamptz - (number + 0.1 + 0.8 * random()) * (interval '365 days' / ${outagesEach}::int) as began
        from monitor_target cross join generate_series(0, ${outagesEach}::int - 1) as number
      ) as past
      order by began`.execute(tx);
    const watchedSince = sql`${now}::timestamptz - ${watchedDays}::int * interval '1 day'`;
    await sql`update monitor_target set added_at = ${watchedSince}`.execute(tx);
    await sql`update monitor_check set added_at = ${watchedSince}`.execute(tx);
    await sql`
      update monitor_change set at = ${watchedSince}, confirmed_at = ${watchedSince} where from_state = 'unknown'`.execute(
      tx,
    );
    await sql`
      insert into monitor_change (target_id, from_state, to_state, at, confirmed_at)
      select target_id, from_state, to_state, at, confirmed_at from (
        select target_id, 'up' as from_state, 'down' as to_state, started_at as at, confirmed_at from outage
        where ended_at is not null
        union all
        select target_id, 'down', 'up', ended_at, ended_at + interval '6 seconds' from outage where ended_at is not null
      ) as past
      order by at`.execute(tx);
  });
}
