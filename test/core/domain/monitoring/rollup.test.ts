import fc from "fast-check";
import { expect, it, test } from "vitest";
import { qualityOf } from "../../../../core/domain/monitoring/quality.ts";
import { beginningOf, emptyRollup, merge, type Rollup, rollUp } from "../../../../core/domain/monitoring/rollup.ts";
import type { Sample } from "../../../../core/domain/monitoring/sample.ts";
import { answer, miss } from "../../../support/monitoring.ts";

const samples = fc.array(
  fc.record({ received: fc.integer({ min: 0, max: 5 }), us: fc.integer({ min: 1, max: 3_000_000 }) }),
  { maxLength: 60 },
);
const sampleOf = ({ received, us }: { received: number; us: number }, index: number): Sample =>
  received === 0 ? miss(index) : answer(index, { received, minUs: us, avgUs: us, maxUs: us + 7, jitterUs: us % 11 });

it("says the same however the samples are split, in whatever order they are merged", () => {
  fc.assert(
    fc.property(samples, fc.array(fc.nat(60), { maxLength: 8 }), (drawn, cuts) => {
      const all = drawn.map(sampleOf);
      const edges = [0, ...cuts.toSorted((one, other) => one - other), all.length];
      const parts = edges.slice(1).map((edge, index) => rollUp(all.slice(edges[index], edge)));
      const expected = rollUp(all.slice(0, Math.max(...edges)));
      expect(parts.reduce(merge, emptyRollup)).toEqual(expected);
      expect(parts.reduceRight((later: Rollup, part) => merge(later, part), emptyRollup)).toEqual(expected);
    }),
  );
});

it("has the percentiles of the samples, of latency to 5 %", () => {
  fc.assert(
    fc.property(samples, (drawn) => {
      const all = drawn.map(sampleOf);
      const rank = (values: number[], percent: number) =>
        values.toSorted((one, other) => one - other)[Math.ceil((percent / 100) * values.length) - 1] ?? null;
      const { latencyUs, lossPercents } = qualityOf(rollUp(all));
      const latencies = all.flatMap(({ avgUs }) => avgUs ?? []);
      for (const percent of [50, 95, 99] as const) {
        expect(lossPercents[`p${percent}`]).toBe(
          rank(
            all.map(({ received }) => 20 * (5 - received)),
            percent,
          ),
        );
        const exact = rank(latencies, percent);
        if (exact === null) expect(latencyUs[`p${percent}`]).toBeNull();
        else expect(Math.abs((latencyUs[`p${percent}`] ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.05 + 1);
      }
    }),
  );
});

it("gives loss, means and ends by packets, not by samples", () => {
  const nobody = { ...miss(3), sent: 0, problem: "cannot-ask" } as const;
  const rolled = rollUp([
    answer(0),
    answer(1, { received: 1, avgUs: 4_000, maxUs: 4_000, jitterUs: null }),
    miss(2),
    nobody,
  ]);
  expect(rolled).toMatchObject({ samples: 3, misses: 1, sent: 15, received: 6 });
  expect(qualityOf(rolled)).toMatchObject({ lossPercent: 60, meanUs: 1_500, minUs: 900, maxUs: 4_000, jitterUs: 50 });
});

it("knows nothing of nothing", () => {
  const none = { p50: null, p95: null, p99: null };
  expect(qualityOf(emptyRollup)).toEqual({
    ...{ lossPercent: null, minUs: null, meanUs: null, maxUs: null, jitterUs: null },
    ...{ latencyUs: none, lossPercents: none },
  });
});

test.each([
  ["minute", "2026-11-30T16:59:59.999Z", "2026-11-30T16:59:00.000Z"],
  ["hour", "2026-11-30T16:59:59.999Z", "2026-11-30T16:00:00.000Z"],
  ["day", "2026-11-30T16:59:59.999Z", "2026-11-29T17:00:00.000Z"],
  ["day", "2026-11-30T17:00:00.000Z", "2026-11-30T17:00:00.000Z"],
] as const)("the %s of %s begins at %s", (period, instant, beginning) => {
  expect(beginningOf(period, new Date(instant), "Asia/Jakarta").toISOString()).toBe(beginning);
});
