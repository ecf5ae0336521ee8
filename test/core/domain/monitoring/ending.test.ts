import { describe, expect, it } from "vitest";
import { dueWarning } from "../../../../core/domain/monitoring/ending.ts";
import { at } from "../../../support/monitoring.ts";

const day = 86_400;
const days = [30, 14, 7, 1];
/** @param left days until it ends */
const due = (left: number, toldDays: number | null = null) =>
  dueWarning({ endsAt: at(left * day), toldDays }, days, at(0));

describe("what ends", () => {
  it.each([
    [31, undefined],
    [30.9, 30],
    [30, 30],
    [15, 30],
    [14, 14],
    [7.5, 7],
    [1.5, 1],
    [0.01, 1],
    [0, undefined],
    [-3, undefined],
  ])("in %d days is warned of as one of %s", (left, warning) => {
    expect(due(left)).toBe(warning);
  });

  it("is warned of once for each of the days, and what was passed over is told once", () => {
    const told: number[] = [];
    let toldDays: number | null = null;
    for (const left of [40, 20, 19, 6, 5, 1, 0.5]) {
      const warning = due(left, toldDays);
      if (warning === undefined) continue;
      told.push(warning);
      toldDays = warning;
    }
    expect(told).toEqual([30, 7, 1]);
  });

  it("is told of by nobody where no days are named", () => {
    expect(dueWarning({ endsAt: at(day), toldDays: null }, [], at(0))).toBeUndefined();
  });
});
