import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Known, maintenanceIn, type Placed, placedBefore } from "../../../../core/domain/monitoring/former.ts";
import { lengthMs } from "../../../../core/domain/monitoring/spans.ts";
import { ancestorsOf } from "../../../../core/domain/monitoring/tree.ts";
import { at } from "../../../support/monitoring.ts";

const placed = (than: Partial<Placed> = {}): Placed => ({
  ...{ officeId: 1, parentId: null, provider: "PT Satu", circuitNumber: null, agreedPercent: null },
  ...than,
});
const minute = (count: number) => at(count * 60);

describe("what was said of a target", () => {
  const known: Known = {
    present: placed({ provider: "PT Tiga" }),
    formers: [
      { ...placed(), until: minute(10) },
      { ...placed({ provider: "PT Dua" }), until: minute(20) },
    ],
  };

  test.each([
    [0, "PT Satu"],
    [10, "PT Satu"],
    [11, "PT Dua"],
    [20, "PT Dua"],
    [21, "PT Tiga"],
  ])("right before minute %d was %s", (minutes, provider) => {
    expect(placedBefore(known, minute(minutes)).provider).toBe(provider);
  });
});

describe("maintenance within a period", () => {
  const length = 60;

  test("is that of what a target lay behind in each minute", () => {
    const moves = fc.array(
      fc.record({
        id: fc.integer({ min: 2, max: 4 }),
        to: fc.constantFrom(null, 1, 2, 3),
        at: fc.integer({ min: -10, max: 70 }),
      }),
      { maxLength: 8 },
    );
    const windows = fc.array(
      fc.record({
        targetId: fc.integer({ min: 1, max: 4 }),
        from: fc.integer({ min: -10, max: 65 }),
        lasts: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(moves, windows, (moved, planned) => {
        const inOrder = moved.toSorted((one, other) => one.at - other.at);
        const treeAt = (minutes: number) =>
          new Map(
            [1, 2, 3, 4].map((id) => {
              const last = inOrder.findLast((move) => move.id === id && move.to !== id && move.at <= minutes);
              return [id, { parentId: last?.to ?? null }];
            }),
          );
        const known = new Map(
          [1, 2, 3, 4].map((id) => {
            const changes = inOrder.filter((move) => move.id === id && move.to !== id);
            const formers = changes.map((move) => ({ ...placed(treeAt(move.at - 1).get(id)), until: minute(move.at) }));
            return [
              id,
              { present: placed(treeAt(1_000).get(id)), formers: formers.filter(({ until }) => until >= minute(0)) },
            ];
          }),
        );
        const during = planned.map(({ targetId, from, lasts }) => ({
          targetId,
          beginsAt: minute(from),
          endsAt: minute(from + lasts),
        }));

        const maintenance = maintenanceIn({ from: minute(0), until: minute(length) }, known, during);

        for (const id of [1, 2, 3, 4]) {
          const expected = Array.from({ length }, (_, minutes) => {
            const concerned = [id, ...ancestorsOf(id, treeAt(minutes))];
            return planned.some(
              ({ targetId, from, lasts }) => concerned.includes(targetId) && minutes >= from && minutes < from + lasts,
            );
          });
          expect(lengthMs(maintenance(id)) / 60_000).toBe(expected.filter((each) => each).length);
        }
      }),
    );
  });
});
