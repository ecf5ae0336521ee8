import { DateTime } from "luxon";
import { findMeasured } from "../../core/db/monitoring/availability.ts";
import { listChecksIn } from "../../core/db/monitoring/monitor-checks.ts";
import { listRollups, type RollupOf } from "../../core/db/monitoring/monitor-rollups.ts";
import { listSamplesIn } from "../../core/db/monitoring/monitor-samples.ts";
import { findTargetEver } from "../../core/db/monitoring/monitor-targets.ts";
import type { Db } from "../../core/db/tables.ts";
import { dayInMilliseconds, hourInMilliseconds, minuteInMilliseconds } from "../../core/domain/durations.ts";
import { availabilityOf, percentOf, shareUp } from "../../core/domain/monitoring/availability.ts";
import { preferPings } from "../../core/domain/monitoring/main-checks.ts";
import type { PictureDays } from "../../core/domain/monitoring/picture-days.ts";
import { qualityOf } from "../../core/domain/monitoring/quality.ts";
import { merge, rollUp } from "../../core/domain/monitoring/rollup.ts";
import type { Sample } from "../../core/domain/monitoring/sample.ts";
import { intersect, type Span, subtract } from "../../core/domain/monitoring/spans.ts";
import type { ChartPoint, ChartText } from "./chart.ts";

/** So many parts are seen apart. */
const mostPoints = 300;
/** After the last minute or hour that was rolled up; of one ping each half minute two hours are 240. */
const mostSamples = 5_000;
const mostTicks = 10;
const longestOfMinutes = 2 * dayInMilliseconds;

/** What there is to draw of a target over the last days. @param zone IANA name */
export async function targetPictureText(
  db: Db,
  { targetId, days }: { targetId: number; days: PictureDays },
  { zone, now }: { zone: string; now: Date },
): Promise<ChartText> {
  const span = { from: new Date(now.getTime() - days * dayInMilliseconds), until: now };
  const asOf = DateTime.fromJSDate(now, { zone }).setLocale("id").toFormat("d MMMM yyyy HH.mm");
  return chartText(db, targetId, span, { zone, subtitle: `${days === 1 ? "24 jam" : `${days} hari`} sampai ${asOf}` });
}

/** What there is to draw of a target in any time. No addresses: other offices see it. */
export async function chartText(
  db: Db,
  targetId: number,
  span: Span,
  { zone, subtitle }: { zone: string; subtitle: string },
): Promise<ChartText> {
  const target = await findTargetEver(db, targetId);
  if (target === undefined) throw new Error(`drawing target ${targetId}: there is none`);
  const measured = await findMeasured(db, targetId, span);
  const within = (spans: readonly Span[]) => intersect([span], spans);
  const unknown = within(measured?.unknown ?? []);
  const outages = (measured?.outages ?? []).map(({ startedAt, endedAt }) => ({
    from: startedAt,
    until: endedAt ?? span.until,
  }));
  const figures = measured && availabilityOf(measured);
  const share = figures === undefined ? null : shareUp(figures);
  return {
    ...{ title: target.name, subtitle, span, downLabel: target.kind === "job" ? "Tidak berkabar" : "Terputus" },
    summary: share === null ? "Belum terukur" : `${showUp(share)} · ${figures?.outages ?? 0} gangguan`,
    points: await pointsOf(db, targetId, span),
    // An outage lasts over what is unknown, which is nobody's downtime.
    ...{ down: subtract(within(outages), unknown), unknown },
    maintenance: within(measured?.maintenance ?? []),
    ticks: ticksOf(span, zone),
  };
}

function showUp(share: number): string {
  return `Tersedia ${percentOf(share).toLocaleString("id-ID", { maximumFractionDigits: 2 })}%`;
}

/** Minutes are kept for weeks, hours for years; what is not rolled up yet comes from the samples. */
async function pointsOf(db: Db, targetId: number, span: Span): Promise<ChartPoint[]> {
  const kinds = new Map((await listChecksIn(db, [targetId], span)).map(({ id, settings }) => [id, settings.kind]));
  const checkIds = [...kinds.keys()];
  const lengthMs = span.until.getTime() - span.from.getTime();
  const isShort = lengthMs <= longestOfMinutes;
  const minutes = isShort ? await listRollups(db, "minute", { ...span, checkIds }) : [];
  const hours = minutes.length > 0 ? [] : await listRollups(db, "hour", { ...span, checkIds });
  const rollups = [...minutes, ...hours];
  const unitMs = isShort && hours.length === 0 ? minuteInMilliseconds : hourInMilliseconds;
  const rolledUntil = rollups.map(({ beginsAt }) => beginsAt.getTime() + unitMs);
  const rest = { from: new Date(Math.max(span.from.getTime(), ...rolledUntil)), until: span.until };
  const samples = await listSamplesIn(db, checkIds, rest, mostSamples);
  const all = [...rollups, ...samples.map(rollupOf)];
  const partMs = Math.ceil(lengthMs / mostPoints / unitMs) * unitMs;
  const parts = Map.groupBy(all, ({ beginsAt }) => Math.floor(beginsAt.getTime() / partMs));
  return [...parts]
    .toSorted(([one], [other]) => one - other)
    .map(([part, within]) =>
      pointOf(
        preferPings(within, ({ checkId }) => kinds.get(checkId)),
        new Date(part * partMs),
        partMs,
      ),
    );
}

function rollupOf(sample: Sample): RollupOf {
  return { checkId: sample.checkId, beginsAt: sample.at, rollup: rollUp([sample]) };
}

function pointOf(seen: readonly RollupOf[], from: Date, partMs: number): ChartPoint {
  const { meanUs, lossPercent, latencyUs } = qualityOf(seen.map(({ rollup }) => rollup).reduce(merge));
  return { from, until: new Date(from.getTime() + partMs), meanUs, lossPercent, p95Us: latencyUs.p95 };
}

const steps = [
  { minutes: 5 },
  { minutes: 10 },
  { minutes: 30 },
  { hours: 1 },
  { hours: 3 },
  { hours: 6 },
  { days: 1 },
  { days: 5 },
  { days: 30 },
] as const;

/** Round times of the office, few enough to be read. */
function ticksOf({ from, until }: Span, zone: string): ChartText["ticks"] {
  const [begin, end] = [DateTime.fromJSDate(from, { zone }), DateTime.fromJSDate(until, { zone })];
  for (const step of steps) {
    const ticks: ChartText["ticks"][number][] = [];
    const format = "days" in step ? "d MMM" : "HH.mm";
    for (let at = begin.startOf("day"); at <= end && ticks.length <= mostTicks; at = at.plus(step)) {
      if (at >= begin) ticks.push({ at: at.toJSDate(), label: at.setLocale("id").toFormat(format) });
    }
    if (ticks.length <= mostTicks) return ticks;
  }
  return [];
}
