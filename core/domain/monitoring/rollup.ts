import { localDay } from "../calendar/working-calendar.ts";
import { hourInMilliseconds, minuteInMilliseconds } from "../durations.ts";
import type { Sample } from "./sample.ts";

export const periods = ["minute", "hour", "day"] as const;
export type Period = (typeof periods)[number];

/** How often each value came. */
export type Histogram = Readonly<Record<number, number>>;

/**
 * What is kept of the samples of a check in one period. It adds up: of days it says the same whether it comes from
 * hours, minutes or samples.
 */
export type Rollup = {
  samples: number;
  misses: number;
  sent: number;
  received: number;
  minUs: number | null;
  maxUs: number | null;
  /** of all round trips */
  sumUs: number;
  /** of the jitter of each sample that has one */
  jitterSumUs: number;
  jitterSamples: number;
  /** samples by the bucket of their latency (`bucketOf`) */
  latency: Histogram;
  /** samples by their loss in whole percent */
  loss: Histogram;
};

export const emptyRollup: Rollup = {
  samples: 0,
  misses: 0,
  sent: 0,
  received: 0,
  minUs: null,
  maxUs: null,
  sumUs: 0,
  jitterSumUs: 0,
  jitterSamples: 0,
  latency: {},
  loss: {},
};

/** One bucket ends a tenth above the one before, so that a percentile is known to 5 %. source: DDSketch (VLDB 2019), 2.1 */
const bucketBase = 1.1;

/** @param us more than 0 */
function bucketOf(us: number): number {
  return Math.ceil(Math.log(Math.max(us, 1)) / Math.log(bucketBase));
}

/** In its middle, microseconds. */
export function valueOfBucket(bucket: number): number {
  return (2 * bucketBase ** bucket) / (bucketBase + 1);
}

/** When nobody could be asked, that says nothing about the target. */
export function rollUp(samples: readonly Sample[]): Rollup {
  return samples
    .filter(({ isOk, sent }) => isOk || sent > 0)
    .map(rollupOfOne)
    .reduce(merge, emptyRollup);
}

export function merge(one: Rollup, other: Rollup): Rollup {
  return {
    samples: one.samples + other.samples,
    misses: one.misses + other.misses,
    sent: one.sent + other.sent,
    received: one.received + other.received,
    minUs: ofBoth(Math.min, one.minUs, other.minUs),
    maxUs: ofBoth(Math.max, one.maxUs, other.maxUs),
    sumUs: one.sumUs + other.sumUs,
    jitterSumUs: one.jitterSumUs + other.jitterSumUs,
    jitterSamples: one.jitterSamples + other.jitterSamples,
    latency: mergeHistograms(one.latency, other.latency),
    loss: mergeHistograms(one.loss, other.loss),
  };
}

/**
 * The beginning of the period in which the instant lies. Days are the office's; so are no hours, which are the same in
 * each zone of Indonesia.
 *
 * @param zone IANA name
 */
export function beginningOf(period: Period, at: Date, zone: string): Date {
  if (period === "day") return localDay(at, { zone }).startOf("day").toJSDate();
  const lengthMs = period === "minute" ? minuteInMilliseconds : hourInMilliseconds;
  return new Date(Math.floor(at.getTime() / lengthMs) * lengthMs);
}

function rollupOfOne({ isOk, sent, received, minUs, avgUs, maxUs, jitterUs }: Sample): Rollup {
  return {
    samples: 1,
    misses: isOk ? 0 : 1,
    sent,
    received,
    minUs,
    maxUs,
    sumUs: (avgUs ?? 0) * received,
    jitterSumUs: jitterUs ?? 0,
    jitterSamples: jitterUs === null ? 0 : 1,
    latency: avgUs === null ? {} : { [bucketOf(avgUs)]: 1 },
    loss: sent === 0 ? {} : { [Math.round((100 * (sent - received)) / sent)]: 1 },
  };
}

function ofBoth(choose: (one: number, other: number) => number, one: number | null, other: number | null) {
  if (one === null || other === null) return one ?? other;
  return choose(one, other);
}

function mergeHistograms(one: Histogram, other: Histogram): Histogram {
  const merged: Record<number, number> = { ...one };
  for (const [value, count] of Object.entries(other)) merged[Number(value)] = (merged[Number(value)] ?? 0) + count;
  return merged;
}
