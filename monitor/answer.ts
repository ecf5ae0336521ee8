import type { Address } from "../core/domain/ipam/address.ts";
import type { Problem, Sample } from "../core/domain/monitoring/sample.ts";

/** What one asking found; with a check and an instant it is a sample. */
export type Answer = Omit<Sample, "checkId" | "at">;

/** What every way of asking keeps to. */
export type Asking = {
  /** Asked of each address right before it is connected to, whatever led to it. */
  mayAsk: (address: Address) => boolean;
  /** that names are asked of, e.g. "10.1.0.53" or "10.1.0.53:5353"; none: those of this machine */
  nameServers: readonly string[];
  /** its end, after which an answer is late, and that of the monitor */
  signal: AbortSignal;
};

/** Something answered, and said what is wanted. */
export function good(roundTripUs: number): Answer {
  const trip = { minUs: roundTripUs, avgUs: roundTripUs, maxUs: roundTripUs };
  return { isOk: true, sent: 1, received: 1, ...trip, jitterUs: null, problem: null };
}

/** Something answered, and said something else. */
export function wrong(problem: Problem, roundTripUs: number): Answer {
  return { ...good(roundTripUs), isOk: false, problem };
}

/** Nobody answered. */
export function missed(problem: Problem): Answer {
  const trip = { minUs: null, avgUs: null, maxUs: null, jitterUs: null };
  return { isOk: false, sent: 1, received: 0, ...trip, problem };
}

/** Nobody was asked, so nothing is known of whom it was about. */
export function unasked(problem: "cannot-ask" | "address-forbidden" | "resolver-silent"): Answer {
  return { ...missed(problem), sent: 0 };
}

/** It was not connected to: nobody answered, or nobody was asked. */
export function unreached(problem: Problem): Answer {
  return problem === "address-forbidden" || problem === "resolver-silent" ? unasked(problem) : missed(problem);
}

/** @param begin of `performance.now()` */
export function microsecondsSince(begin: number): number {
  return Math.round((performance.now() - begin) * 1_000);
}
