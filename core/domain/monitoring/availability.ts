import { type OutageBelow, reasonSpan } from "./outage.ts";
import { intersect, lengthMs, type Span, subtract } from "./spans.ts";
import type { Change } from "./state.ts";

export type Availability = {
  /** of the period: watched, known, and outside of maintenance */
  measuredMs: number;
  downMs: number;
  /** of it, by power cuts */
  powerCutMs: number;
  /** of it, while what it lay behind was down, and that was not its own provider's */
  aboveMs: number;
  /** of it, by either: no fault of who provides it */
  excusedMs: number;
  /** that have a part in what was measured */
  outages: number;
  /** of one of them, within what was measured */
  longestMs: number;
};

export type Measured = {
  /** a month (`monthOf`), for the current one until now */
  period: Span;
  /** since it was put under watch, without what it was paused */
  watched: readonly Span[];
  /** `unknownSpans` */
  unknown: readonly Span[];
  maintenance: readonly Span[];
  outages: readonly OutageBelow[];
  /** ids of the targets that its own provider runs */
  ofProvider: ReadonlySet<number>;
};

/** What counts of a period for one target. */
export function availabilityOf({ period, watched, unknown, maintenance, outages, ofProvider }: Measured): Availability {
  const measured = subtract(intersect([period], watched), [...unknown, ...maintenance]);
  const downtimes = outages
    .map((outage) => ({
      outage,
      spans: intersect(measured, [{ from: outage.startedAt, until: outage.endedAt ?? period.until }]),
    }))
    .filter(({ spans }) => spans.length > 0);
  const powerCuts = downtimes.flatMap(({ outage, spans }) => intersect(spans, powerCutsOf(outage, period.until)));
  const above = downtimes.flatMap(({ outage, spans }) => intersect(spans, aboveOf(outage, ofProvider, period.until)));
  return {
    measuredMs: lengthMs(measured),
    downMs: lengthMs(downtimes.flatMap(({ spans }) => spans)),
    powerCutMs: lengthMs(powerCuts),
    aboveMs: lengthMs(above),
    excusedMs: lengthMs([...powerCuts, ...above]),
    outages: downtimes.length,
    longestMs: Math.max(0, ...downtimes.map(({ spans }) => lengthMs(spans))),
  };
}

/** All of it where that is said of it; where nothing is said, as long as what it lay behind was without power. */
function powerCutsOf({ startedAt, endedAt, causeCode, above }: OutageBelow, now: Date): Span[] {
  if (causeCode !== null) return causeCode === "power" ? [{ from: startedAt, until: endedAt ?? now }] : [];
  return above.filter((each) => each.causeCode === "power").map((each) => reasonSpan(each, now));
}

/** Whatever is said of it: through what lay in front of it nobody came. */
function aboveOf({ above }: OutageBelow, ofProvider: Measured["ofProvider"], now: Date): Span[] {
  return above.filter(({ targetId }) => !ofProvider.has(targetId)).map((each) => reasonSpan(each, now));
}

/** Of an office, a provider: each of its targets counts by the time it was measured. */
export function together(all: readonly Availability[]): Availability {
  const sum = (of: (one: Availability) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    measuredMs: sum(({ measuredMs }) => measuredMs),
    downMs: sum(({ downMs }) => downMs),
    powerCutMs: sum(({ powerCutMs }) => powerCutMs),
    aboveMs: sum(({ aboveMs }) => aboveMs),
    excusedMs: sum(({ excusedMs }) => excusedMs),
    outages: sum(({ outages }) => outages),
    longestMs: Math.max(0, ...all.map(({ longestMs }) => longestMs)),
  };
}

/** From 0 to 1; null: nothing was measured. Power cuts count as downtime. */
export function shareUp({ measuredMs, downMs }: Availability): number | null {
  return measuredMs === 0 ? null : (measuredMs - downMs) / measuredMs;
}

/** In percent to two decimals, never rounded up: 100 is without any outage. @param share from 0 to 1 */
export function percentOf(share: number): number {
  return Math.floor(share * 10_000 + 1e-6) / 100;
}

/** Power cuts are left out, of the downtime and of what was measured, as maintenance is. */
export function shareUpWithoutPowerCuts(figures: Availability): number | null {
  return shareWithout(figures, figures.powerCutMs);
}

/** The time in which what it lay behind was down is left out in the same way, too. */
export function shareUpOfItself(figures: Availability): number | null {
  return shareWithout(figures, figures.excusedMs);
}

function shareWithout({ measuredMs, downMs }: Availability, leftOutMs: number): number | null {
  const left = measuredMs - leftOutMs;
  return left === 0 ? null : (measuredMs - downMs) / left;
}

/** When a target was unknown. @param changes of it, in order; before the first it was not asked, so unknown */
export function unknownSpans(changes: readonly Change[], { from, until }: Span): Span[] {
  const instants = [from, ...changes.map(({ at }) => at), until];
  const states = ["unknown", ...changes.map(({ to }) => to)];
  return states.flatMap((state, index) => {
    const [begin, end] = [instants[index], instants[index + 1]];
    if (state !== "unknown" || begin === undefined || end === undefined) return [];
    return intersect([{ from, until }], [{ from: begin, until: end }]);
  });
}
