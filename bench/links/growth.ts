import { sql } from "kysely";
import type { Db } from "../../core/db/tables.ts";
import { usualPolicy } from "../../core/domain/monitoring/policy.ts";
import { testMonitoring } from "../../test/support/monitoring-rules.ts";
import type { Row } from "../report.ts";

const tables = ["monitor_sample", "monitor_minute", "monitor_hour", "monitor_day"] as const;
type Size = { rows: number; bytes: number };
/** With indexes, of all partitions. */
export type Sizes = Record<(typeof tables)[number], Size>;

const targets = 400;
const hoursOfYear = 365 * 24;

export async function sizesOf(db: Db): Promise<Sizes> {
  const found = await Promise.all(tables.map(async (table) => [table, await sizeOf(db, table)] as const));
  return Object.fromEntries(found) as Sizes;
}

async function sizeOf(db: Db, table: string): Promise<Size> {
  const { rows } = await sql<Size>`
    select (select count(*) from ${sql.table(table)})::float8 as rows,
      (pg_total_relation_size(${table}::regclass)
        + coalesce((select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = ${table}::regclass), 0)
      )::float8 as bytes`.execute(db);
  return rows[0] ?? { rows: 0, bytes: 0 };
}

/** What one target adds in a year, and what it holds for a while, by the measured width of each kind of row. */
export function rowsOfGrowth(before: Sizes, after: Sizes): Row[] {
  const widthOf = (table: keyof Sizes) =>
    (after[table].bytes - before[table].bytes) / (after[table].rows - before[table].rows);
  const [sample, minute, hour, day] = tables.map(widthOf) as [number, number, number, number];
  const perDay = { samples: (24 * 3_600) / usualPolicy.intervalSeconds, minutes: 24 * 60 };
  const { keepDays } = testMonitoring;
  const [samples, minutes] = [keepDays.samples * perDay.samples * sample, keepDays.minutes * perDay.minutes * minute];
  const year = hoursOfYear * hour + 365 * day;
  const counted = tables.map((table) => `${(after[table].rows / 1e6).toFixed(1)}`).join(", ");
  return [
    {
      what: "bytes on disk, with indexes, of a sample, and of the figures of a minute, an hour, a day",
      figure: [sample, minute, hour, day].map((width) => width.toFixed(0)).join(", "),
      compared: `measured on ${counted} million rows`,
    },
    {
      what: "growth per target and year",
      figure: megabytes(year),
      compared: `hours ${megabytes(hoursOfYear * hour)}, days ${megabytes(365 * day)}; ${targets} targets: ${megabytes(targets * year)}`,
    },
    {
      what: `what a target at ${usualPolicy.intervalSeconds} s holds for as long as raw figures are kept`,
      figure: megabytes(samples + minutes),
      compared: `samples of ${keepDays.samples} days ${megabytes(samples)}, minutes of ${keepDays.minutes} days ${megabytes(minutes)}; ${targets} targets: ${megabytes(targets * (samples + minutes))}`,
    },
  ];
}

function megabytes(bytes: number): string {
  const figure = bytes / 1e6;
  return `${figure.toFixed(figure < 100 ? 1 : 0)} MB`;
}
