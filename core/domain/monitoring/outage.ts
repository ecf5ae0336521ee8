import { returnMs, sameTimeMs } from "./root-cause.ts";
import type { Span } from "./spans.ts";
import { type Change, isReached } from "./state.ts";

/** Why a target was down, as the desk says. */
export const causeCodes = ["power", "device", "fibre-cut", "provider", "lightning", "planned", "other"] as const;
export type CauseCode = (typeof causeCodes)[number];

/** One down time of a target. */
export type Outage = {
  targetId: number;
  /** the first miss */
  startedAt: Date;
  confirmedAt: Date;
  /** the first success; null: it lasts */
  endedAt: Date | null;
};

/**
 * The outage that lasts or just ended, after a change of the target. While the target is unknown it lasts on: who is
 * down before and after a cut of the monitor had one outage. What lies in between is no downtime (`availability.ts`).
 *
 * @param open that lasts
 * @returns undefined where the change concerns none
 */
export function nextOutage(targetId: number, open: Outage | undefined, change: Change): Outage | undefined {
  const { to, at, confirmedAt } = change;
  if (to === "down") return open ?? { targetId, startedAt: at, confirmedAt, endedAt: null };
  if (open === undefined || !isReached(to)) return open;
  // The clock may have gone back meanwhile.
  return { ...open, endedAt: at < open.startedAt ? open.startedAt : at };
}

/** Of what another one lay behind when it began, one that lasted in its time. */
export type OutageAbove = Pick<Outage, "targetId" | "startedAt" | "endedAt"> & { causeCode: CauseCode | null };

/** An outage with those that it lay behind, in order. @property causeCode as the desk says of itself */
export type OutageBelow = Pick<Outage, "startedAt" | "endedAt"> & {
  causeCode: CauseCode | null;
  above: readonly OutageAbove[];
};

/** As somebody says of it, else of what it lay behind: who is behind a trunk without power is down by the power cut. */
export function causeOf(outage: OutageBelow): CauseCode | null {
  return outage.causeCode ?? inheritedFrom(outage)?.causeCode ?? null;
}

/** Whose cause is its own; undefined: it has one of its own, or none. */
export function inheritedFrom({ causeCode, above }: OutageBelow): OutageAbove | undefined {
  return causeCode === null ? above.find((each) => each.causeCode !== null) : undefined;
}

/** The time in which something else is the reason: what lies behind it may miss a little earlier, and starts a little later. */
export function reasonSpan({ startedAt, endedAt }: Pick<Outage, "startedAt" | "endedAt">, now: Date): Span {
  const until = endedAt === null ? now.getTime() : endedAt.getTime() + returnMs;
  return { from: new Date(startedAt.getTime() - sameTimeMs), until: new Date(until) };
}
