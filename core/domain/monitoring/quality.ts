import { type Histogram, type Rollup, valueOfBucket } from "./rollup.ts";

/** How good a way was; null: no sample says. */
export type Quality = {
  lossPercent: number | null;
  minUs: number | null;
  meanUs: number | null;
  maxUs: number | null;
  jitterUs: number | null;
  /** of the mean round trip of each sample, known to 5 % */
  latencyUs: Percentiles;
  /** of the loss of each sample */
  lossPercents: Percentiles;
};

export type Percentiles = { p50: number | null; p95: number | null; p99: number | null };

export function qualityOf(rollup: Rollup): Quality {
  const { sent, received, minUs, maxUs, sumUs, jitterSumUs, jitterSamples, latency, loss } = rollup;
  return {
    lossPercent: sent === 0 ? null : (100 * (sent - received)) / sent,
    minUs,
    meanUs: received === 0 ? null : Math.round(sumUs / received),
    maxUs,
    jitterUs: jitterSamples === 0 ? null : Math.round(jitterSumUs / jitterSamples),
    latencyUs: percentiles(latency, (bucket) => within(Math.round(valueOfBucket(bucket)), minUs, maxUs)),
    lossPercents: percentiles(loss, (percent) => percent),
  };
}

/** By the nearest rank: a value that came, not one between two. */
function percentiles(histogram: Histogram, read: (key: number) => number): Percentiles {
  const counts = Object.entries(histogram)
    .map(([key, count]) => ({ key: Number(key), count }))
    .sort((one, other) => one.key - other.key);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const at = (percent: number) => {
    let left = Math.ceil((percent / 100) * total);
    for (const { key, count } of counts) {
      left -= count;
      if (left <= 0) return read(key);
    }
    return null;
  };
  return { p50: at(50), p95: at(95), p99: at(99) };
}

/** The middle of a bucket may lie outside of what came. */
function within(us: number, minUs: number | null, maxUs: number | null): number {
  return Math.min(Math.max(us, minUs ?? us), maxUs ?? us);
}
