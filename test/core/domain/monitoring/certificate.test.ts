import { describe, expect, it } from "vitest";
import { dueWarning, isEndingSoon, warningDays } from "../../../../core/domain/monitoring/certificate.ts";
import { at } from "../../../support/monitoring.ts";

const day = 86_400;
const days = [30, 14, 7, 1];
/** @param left days until it ends */
const due = (left: number, toldDays: number | null = null) =>
  dueWarning({ endsAt: at(left * day), toldDays }, days, at(0));

describe("a certificate that ends", () => {
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

  it("is warned of only late, where a machine hosts it and renews it before that", () => {
    const page = { kind: "http", url: "https://a.go.id/", status: null, text: null } as const;
    const hosted = { ...page, at: "10.1.0.5" };
    const dueOf = (settings: typeof page, left: number, ofProfile = days) =>
      dueWarning({ endsAt: at(left * day), toldDays: null }, warningDays(settings, ofProfile), at(0));
    expect([30, 15, 14, 7, 1].map((left) => dueOf(page, left))).toEqual([30, 30, 14, 7, 1]);
    expect([30, 15, 14, 7, 1].map((left) => dueOf(hosted, left))).toEqual([undefined, undefined, 14, 7, 1]);
    expect([15, 14].map((left) => dueOf(hosted, left, [30]))).toEqual([undefined, 14]);
    expect(dueOf(hosted, 1, [])).toBeUndefined();
  });

  it("is told of by nobody where the profile names no days", () => {
    expect(dueWarning({ endsAt: at(day), toldDays: null }, [], at(0))).toBeUndefined();
  });
});

it.each([
  [31, days, false],
  [30, days, true],
  [-1, days, true],
  [1, [], false],
  [-1, [], true],
])("a certificate of %d more days ends soon by the profile's %j: %s", (left, ofProfile, isSoon) => {
  expect(isEndingSoon(at(left * day), ofProfile, at(0))).toBe(isSoon);
});
