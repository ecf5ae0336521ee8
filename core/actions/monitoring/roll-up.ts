import { deleteAskingsBefore } from "../../db/monitoring/monitor-askings.ts";
import {
  deleteHoursBefore,
  listDue,
  listRollups,
  type RollupOf,
  saveRollups,
  takeOffDue,
} from "../../db/monitoring/monitor-rollups.ts";
import {
  daysFrom,
  dropPartitions,
  listSamplesBetween,
  lockStates,
  makePartitions,
} from "../../db/monitoring/monitor-samples.ts";
import type { Tx } from "../../db/tables.ts";
import { localDay } from "../../domain/calendar/working-calendar.ts";
import { dayInMilliseconds, hourInMilliseconds, minuteInMilliseconds } from "../../domain/durations.ts";
import { merge, type Period, rollUp } from "../../domain/monitoring/rollup.ts";
import type { Setting } from "../setting.ts";

/** What is asked in a period may take ten seconds to come, and two more to be handed over. */
const graceMs = 15_000;
const daysAhead = 3;

/**
 * Rolls up one period that is over: a minute from its samples, an hour from its minutes, a day of the office from its hours.
 *
 * @returns false where none is due
 */
export async function rollUpNext(tx: Tx, { now, rules }: Setting, period: Period): Promise<boolean> {
  await lockStates(tx);
  const [beginsAt] = await listDue(tx, period, latestBeginning(period, now), 1);
  if (beginsAt === undefined) return false;
  await takeOffDue(tx, period, beginsAt);
  const until = endOf(period, beginsAt, rules.zone);
  await makePartitions(tx, daysFrom(beginsAt, 1));
  await saveRollups(tx, period, await figuresOf(tx, period, beginsAt, until));
  return true;
}

async function figuresOf(tx: Tx, period: Period, from: Date, until: Date): Promise<RollupOf[]> {
  if (period === "minute") {
    const byCheck = Map.groupBy(await listSamplesBetween(tx, from, until), ({ checkId }) => checkId);
    return [...byCheck].map(([checkId, samples]) => ({ checkId, beginsAt: from, rollup: rollUp(samples) }));
  }
  const parts = await listRollups(tx, period === "hour" ? "minute" : "hour", { from, until });
  const byCheck = Map.groupBy(parts, ({ checkId }) => checkId);
  return [...byCheck].map(([checkId, all]) => ({
    ...{ checkId, beginsAt: from },
    rollup: all.map(({ rollup }) => rollup).reduce(merge),
  }));
}

/** A longer period comes after the parts of it. */
function latestBeginning(period: Period, now: Date): Date {
  const lengthMs = { minute: minuteInMilliseconds, hour: hourInMilliseconds, day: dayInMilliseconds }[period];
  const partsMs = { minute: 0, hour: 2 * minuteInMilliseconds, day: 10 * minuteInMilliseconds }[period];
  return new Date(now.getTime() - lengthMs - partsMs - graceMs);
}

function endOf(period: Period, beginsAt: Date, zone: string): Date {
  if (period === "day") return localDay(beginsAt, { zone }).plus({ days: 1 }).startOf("day").toJSDate();
  const lengthMs = period === "minute" ? minuteInMilliseconds : hourInMilliseconds;
  return new Date(beginsAt.getTime() + lengthMs);
}

/** Makes room for the next days, and drops what was kept for long enough. */
export async function keepSampleDays(tx: Tx, { now, rules }: Setting): Promise<void> {
  const { keepDays } = rules.monitoring;
  const daysAgo = (days: number) => new Date(now.getTime() - days * dayInMilliseconds);
  await lockStates(tx);
  await makePartitions(tx, daysFrom(now, daysAhead + 1));
  await dropPartitions(tx, { samplesBefore: daysAgo(keepDays.samples), minutesBefore: daysAgo(keepDays.minutes) });
  await deleteAskingsBefore(tx, daysAgo(1));
  await deleteHoursBefore(tx, daysAgo(keepDays.hours));
}
