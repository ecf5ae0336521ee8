import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { monthOf } from "../../../../core/domain/calendar/report-days.ts";
import {
  availabilityOf,
  shareUp,
  shareUpOfItself,
  shareUpWithoutPowerCuts,
  together,
  unknownSpans,
} from "../../../../core/domain/monitoring/availability.ts";
import { type CauseCode, causeCodes, type OutageAbove } from "../../../../core/domain/monitoring/outage.ts";
import { usualPolicy } from "../../../../core/domain/monitoring/policy.ts";
import type { Span } from "../../../../core/domain/monitoring/spans.ts";
import { answer, at, judgeAll, miss } from "../../../support/monitoring.ts";
import { outagesOf } from "../../../support/outages.ts";

const minuteMs = 60_000;
const span = (from: number, until: number): Span => ({ from: at(from * 60), until: at(until * 60) });
const lasting = (from: number, until: number | null, causeCode: CauseCode | null) => ({
  startedAt: at(from * 60),
  endedAt: until === null ? null : at(until * 60),
  causeCode,
});
const outage = (
  from: number,
  until: number | null,
  causeCode: CauseCode | null = null,
  above: readonly OutageAbove[] = [],
) => ({ ...lasting(from, until, causeCode), above });
const above = (from: number, until: number | null, causeCode: CauseCode | null = null, targetId = 1): OutageAbove => ({
  targetId,
  ...lasting(from, until, causeCode),
});
const day = span(0, 1_440);
const whole = { period: day, watched: [day], unknown: [], maintenance: [], outages: [], ofProvider: new Set([9]) };
const minutesOf = (figures: ReturnType<typeof availabilityOf>) => ({
  measured: figures.measuredMs / minuteMs,
  down: figures.downMs / minuteMs,
  powerCut: figures.powerCutMs / minuteMs,
  above: figures.aboveMs / minuteMs,
  excused: figures.excusedMs / minuteMs,
  outages: figures.outages,
  longest: figures.longestMs / minuteMs,
});

describe("what counts of a period", () => {
  const nothing = { measured: 1_440, down: 0, powerCut: 0, above: 0, excused: 0, outages: 0, longest: 0 };
  test.each([
    ["all of it, where nothing happened", {}, nothing],
    [
      "outages, each with its part in the period",
      { outages: [outage(-30, 20), outage(100, 110), outage(1_400, null)] },
      { ...nothing, down: 70, outages: 3, longest: 40 },
    ],
    [
      "no maintenance, and no outage within it",
      { maintenance: [span(90, 120)], outages: [outage(95, 115), outage(110, 130)] },
      { ...nothing, measured: 1_410, down: 10, outages: 1, longest: 10 },
    ],
    [
      "nothing unknown, though an outage lasts over it",
      { unknown: [span(30, 50)], outages: [outage(20, 60)] },
      { ...nothing, measured: 1_420, down: 20, outages: 1, longest: 20 },
    ],
    ["nothing before it was watched", { watched: [span(1_000, 9_000)] }, { ...nothing, measured: 440 }],
    [
      "power cuts apart",
      { outages: [outage(0, 60, "power"), outage(100, 110, "device")] },
      { ...nothing, down: 70, powerCut: 60, excused: 60, outages: 2, longest: 60 },
    ],
    [
      "power cuts of what it lay behind, as long as it may take to start after them",
      {
        outages: [
          outage(100, 163, null, [above(102, 160, "power")]),
          outage(200, 300, null, [above(190, 260, "power")]),
        ],
      },
      { ...nothing, down: 163, powerCut: 126, above: 126, excused: 126, outages: 2, longest: 100 },
    ],
    [
      "power cuts that last where what it lies behind is",
      { outages: [outage(1_400, null, null, [above(1_400, null, "power")])] },
      { ...nothing, down: 40, powerCut: 40, above: 40, excused: 40, outages: 1, longest: 40 },
    ],
    [
      "no power cut of what it lay behind, where it was down for another reason, or that was",
      {
        outages: [
          outage(0, 60, "device", [above(0, 60, "power")]),
          outage(100, 160, null, [above(100, 160, "device")]),
        ],
      },
      { ...nothing, down: 120, above: 120, excused: 120, outages: 2, longest: 60 },
    ],
    [
      "what it lay behind apart, but not what its own provider runs",
      { outages: [outage(0, 60, null, [above(0, 20), above(10, 40, null, 9)]), outage(100, 110)] },
      { ...nothing, down: 70, above: 23, excused: 23, outages: 2, longest: 60 },
    ],
    [
      "what is both a power cut and of what it lay behind once",
      { outages: [outage(0, 60, "power", [above(20, 40)])] },
      { ...nothing, down: 60, powerCut: 60, above: 25, excused: 60, outages: 1, longest: 60 },
    ],
  ])("%s", (_name, measured, expected) => {
    expect(minutesOf(availabilityOf({ ...whole, ...measured }))).toEqual(expected);
  });

  it("power cuts are in one figure and left out of the other", () => {
    const figures = availabilityOf({ ...whole, outages: [outage(0, 140, "power"), outage(200, 330)] });
    expect(shareUp(figures)).toBeCloseTo(1_170 / 1_440);
    expect(shareUpWithoutPowerCuts(figures)).toBeCloseTo(1_170 / 1_300);
    expect(shareUpOfItself(figures)).toBeCloseTo(1_170 / 1_300);
  });

  it("what it lay behind is left out of a third", () => {
    const figures = availabilityOf({
      ...whole,
      outages: [outage(0, 137, null, [above(0, 134)]), outage(200, 260, "power"), outage(300, 370)],
    });
    expect(shareUpWithoutPowerCuts(figures)).toBeCloseTo(1_173 / 1_380);
    expect(shareUpOfItself(figures)).toBeCloseTo(1_173 / 1_243);
  });

  it("nothing measured is no availability", () => {
    const figures = availabilityOf({ ...whole, watched: [] });
    expect(shareUp(figures)).toBeNull();
    expect(shareUpWithoutPowerCuts(figures)).toBeNull();
    expect(shareUpOfItself(figures)).toBeNull();
  });

  it("targets of an office count by the time they were measured", () => {
    const long = availabilityOf({ ...whole, outages: [outage(0, 144)] });
    const short = availabilityOf({ ...whole, watched: [span(0, 160)], outages: [outage(0, 16)] });
    expect(shareUp(together([long, short]))).toBeCloseTo(1 - 160 / 1_600);
    expect(together([long, short])).toMatchObject({ outages: 2, longestMs: 144 * minuteMs });
  });

  test.each([
    ["Asia/Jakarta", "2026-02-10T00:00:00Z", 28 * 24],
    ["Asia/Jakarta", "2026-01-31T17:00:00Z", 28 * 24],
    ["Asia/Jayapura", "2028-02-10T00:00:00Z", 29 * 24],
    ["Europe/Berlin", "2026-03-10T00:00:00Z", 31 * 24 - 1],
    ["Europe/Berlin", "2026-10-10T00:00:00Z", 31 * 24 + 1],
  ])("a month in %s around %s has %d hours", (zone, instant, hours) => {
    const period = monthOf(new Date(instant), { zone });
    const figures = availabilityOf({ ...whole, period, watched: [period] });
    expect(figures.measuredMs).toBe(hours * 60 * minuteMs);
  });

  it("is what is counted minute by minute", () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: -20, max: 140 }), fc.integer({ min: 0, max: 60 })).map(([from, length]) => ({
        from,
        until: from + length,
      })),
      { maxLength: 6 },
    );
    const causes = fc.array(fc.constantFrom("power" as const, null, ...causeCodes), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        spans,
        spans,
        spans,
        spans,
        causes,
        fc.boolean(),
        fc.array(fc.tuple(spans, causes), { minLength: 1, maxLength: 6 }),
        (watched, unknown, maintenance, drawn, why, lasts, reasons) => {
          // Outages of one target do not overlap.
          let end = -30;
          const outages = drawn.map(({ from, until }, index) => {
            const begin = end + 1 + (Math.abs(from) % 20);
            end = begin + (until - from);
            const [behind, said] = reasons[index % reasons.length] ?? [[], []];
            const rows = behind.map((each, row) =>
              above(each.from, lasts && row === 0 ? null : each.until, said[row % said.length], row % 2 === 0 ? 1 : 9),
            );
            return outage(begin, lasts && index === drawn.length - 1 ? null : end, why[index % why.length], rows);
          });
          const toSpan = (all: { from: number; until: number }[]) => all.map(({ from, until }) => span(from, until));
          const period = span(0, 100);
          const figures = availabilityOf({
            period,
            watched: toSpan(watched),
            unknown: toSpan(unknown),
            maintenance: toSpan(maintenance),
            outages,
            ofProvider: new Set([9]),
          });

          const isIn = (all: { from: number; until: number }[], minute: number) =>
            all.some(({ from, until }) => from <= minute && minute < until);
          const measured = Array.from({ length: 100 }, (_, minute) => minute).filter(
            (minute) => isIn(watched, minute) && !isIn(unknown, minute) && !isIn(maintenance, minute),
          );
          const minutesDown = outages.map(({ startedAt, endedAt }) =>
            measured.filter(
              (minute) => startedAt <= at(minute * 60) && (endedAt === null || at(minute * 60) < endedAt),
            ),
          );
          const isWithin = (minute: number, { startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }) =>
            at((minute + 2) * 60) >= startedAt && (endedAt === null || at((minute - 3) * 60) < endedAt);
          const isPower = (index: number, minute: number) => {
            const { causeCode, above: reason = [] } = outages[index] ?? {};
            if (causeCode !== null) return causeCode === "power";
            return reason.some((each) => each.causeCode === "power" && isWithin(minute, each));
          };
          const count = (all: number[][]) => all.reduce((total, one) => total + one.length, 0);
          const down = count(minutesDown);
          const cut = count(minutesDown.map((all, index) => all.filter((minute) => isPower(index, minute))));
          const isAbove = (index: number, minute: number) =>
            (outages[index]?.above ?? []).some((each) => each.targetId !== 9 && isWithin(minute, each));
          const upstream = count(minutesDown.map((all, index) => all.filter((minute) => isAbove(index, minute))));
          const isExcused = (index: number, minute: number) => isPower(index, minute) || isAbove(index, minute);
          const excused = count(minutesDown.map((all, index) => all.filter((minute) => isExcused(index, minute))));
          const left = measured.length - cut;
          const ofItself = measured.length - excused;
          expect(shareUpOfItself(figures)).toBe(ofItself === 0 ? null : (measured.length - down) / ofItself);
          expect(shareUp(figures)).toBe(measured.length === 0 ? null : (measured.length - down) / measured.length);
          expect(shareUpWithoutPowerCuts(figures)).toBe(left === 0 ? null : (measured.length - down) / left);
          expect(minutesOf(figures)).toEqual({
            measured: measured.length,
            down,
            powerCut: cut,
            above: upstream,
            excused,
            outages: minutesDown.filter((minutes) => minutes.length > 0).length,
            longest: Math.max(0, ...minutesDown.map((minutes) => minutes.length)),
          });
        },
      ),
    );
  });
});

describe("from samples to availability", () => {
  const policy = { ...usualPolicy, intervalSeconds: 60 };

  it("is what is counted minute by minute from rows of misses and answers", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), (answered) => {
        const { changes } = judgeAll(
          answered.map((isOk, minute) => ({ sample: isOk ? answer(minute * 60) : miss(minute * 60) })),
          policy,
        );
        const period = span(0, answered.length);
        const outages = outagesOf(7, changes).map((each) => ({ ...each, causeCode: null, above: [] }));
        const unknown = unknownSpans(changes, period);
        const figures = availabilityOf({ ...whole, period, watched: [period], unknown, outages });

        expect(minutesOf(figures)).toMatchObject(countByMinute(answered));
      }),
    );
  });

  it("counts nothing down while the uplink was, or nobody asked", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(..."+++--x "), { minLength: 1, maxLength: 200 }), (signs) => {
        const { changes } = judgeAll(
          signs.flatMap((sign, minute) => {
            if (sign === " ") return [];
            const sample = sign === "+" ? answer(minute * 60) : miss(minute * 60);
            return [{ sample, uplink: sign === "x" ? ("down" as const) : ("up" as const) }];
          }),
          policy,
          at(signs.length * 60),
        );
        const period = span(0, signs.length);
        const outages = outagesOf(7, changes).map((each) => ({ ...each, causeCode: null, above: [] }));
        for (const [minute, sign] of signs.entries()) {
          const isOfLongSilence =
            sign === " " && signs.slice(Math.max(0, minute - 3), minute + 4).every((each) => each === " ");
          if (sign !== "x" && !isOfLongSilence) continue;
          const unknown = unknownSpans(changes, period);
          const figures = availabilityOf({ ...whole, period: span(minute, minute + 1), unknown, outages });
          expect(figures.downMs).toBe(0);
        }
      }),
    );
  });

  it("an outage lasts over an unknown time, and ends with the first answer after it", () => {
    const { changes } = judgeAll(
      [..."++--xx--++"].map((sign, minute) => ({
        sample: sign === "+" ? answer(minute * 60) : miss(minute * 60),
        uplink: sign === "x" ? "down" : "up",
      })),
      policy,
    );
    expect(outagesOf(7, changes)).toEqual([
      { targetId: 7, startedAt: at(120), confirmedAt: at(180), endedAt: at(480) },
    ]);
    const period = span(0, 10);
    expect(unknownSpans(changes, period)).toEqual([span(4, 6)]);
  });
});

/** Down from the first of two misses in a row to the first of two answers in a row; unknown until something is certain. */
function countByMinute(answered: readonly boolean[]) {
  const states: string[] = answered.map(() => "unknown");
  for (let minute = 0; minute < answered.length; minute++) {
    const former = minute === 0 ? "unknown" : (states[minute - 1] ?? "");
    const pair = [answered[minute], answered[minute + 1]];
    if (pair[0] === false && pair[1] === false) states[minute] = "down";
    else if (pair[0] && (former !== "down" || pair[1])) states[minute] = "up";
    else states[minute] = former;
  }
  const down = states.filter((state) => state === "down").length;
  const begins = states.filter((state, minute) => state === "down" && states[minute - 1] !== "down").length;
  return { measured: states.filter((state) => state !== "unknown").length, down, outages: begins };
}
