import { dayInMilliseconds } from "../durations.ts";

export type Problem =
  | "no-answer"
  | "refused"
  | "timeout"
  | "wrong-status"
  | "text-missing"
  | "certificate-expired"
  | "certificate-invalid"
  | "wrong-answer"
  | "name-unknown"
  | "no-heartbeat"
  | "address-forbidden"
  | "redirect-forbidden"
  /** who would know where its name leads did not say */
  | "resolver-silent"
  | "cannot-ask";

/** One result of a check. */
export type Sample = {
  checkId: number;
  /** when it was asked */
  at: Date;
  isOk: boolean;
  sent: number;
  received: number;
  minUs: number | null;
  avgUs: number | null;
  maxUs: number | null;
  /** mean absolute difference of successive round trips */
  jitterUs: number | null;
  problem: Problem | null;
  certificateEndsAt?: Date | null;
};

/** Somebody was asked and did not answer as wanted: it may be the target, or our own way out. */
export function isMiss({ isOk, sent }: Pick<Sample, "isOk" | "sent">): boolean {
  return !isOk && sent > 0;
}

/** A miss while our own way out was cut is none of the target: as far as anybody can tell, nobody was asked. */
export function asNotAsked({ checkId, at }: Pick<Sample, "checkId" | "at">): Sample {
  return {
    ...{ checkId, at, isOk: false, sent: 0, received: 0, problem: "cannot-ask" },
    ...{ minUs: null, avgUs: null, maxUs: null, jitterUs: null },
  };
}

/** Whether samples of that instant may be dropped by now. @param keepDays how long they are kept */
export function mayBeDropped(at: Date, now: Date, keepDays: number): boolean {
  return at.getTime() < now.getTime() - keepDays * dayInMilliseconds;
}
