/** `unknown`: nobody could tell, e.g. the monitor was off or cut off itself; nobody's downtime. */
export type State = "up" | "down" | "degraded" | "unknown";

export function isReached(state: State): boolean {
  return state === "up" || state === "degraded";
}

/** Of a check or of a target. */
export type Change = {
  from: State;
  to: State;
  /** when it happened, e.g. the first miss */
  at: Date;
  /** when it was certain */
  confirmedAt: Date;
};
