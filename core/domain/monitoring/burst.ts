import type { Sample } from "./sample.ts";

export type Burst = Pick<Sample, "sent" | "received" | "minUs" | "avgUs" | "maxUs" | "jitterUs">;

/**
 * What a burst of pings says of a way.
 *
 * Jitter is the mean absolute difference of successive round trips, lost ones aside: of one burst the smoothed figure of
 * RFC 3550, 6.4.1 would mostly show its own beginning.
 *
 * @param roundTrips microseconds in the order sent, null for one that was lost
 */
export function burstOf(roundTrips: readonly (number | null)[]): Burst {
  const received = roundTrips.filter((each) => each !== null);
  const differences = received.slice(1).map((each, index) => Math.abs(each - (received[index] ?? each)));
  return {
    sent: roundTrips.length,
    received: received.length,
    minUs: received.length === 0 ? null : Math.min(...received),
    avgUs: meanOf(received),
    maxUs: received.length === 0 ? null : Math.max(...received),
    jitterUs: meanOf(differences),
  };
}

function meanOf(figures: readonly number[]): number | null {
  if (figures.length === 0) return null;
  return Math.round(figures.reduce((sum, each) => sum + each, 0) / figures.length);
}
