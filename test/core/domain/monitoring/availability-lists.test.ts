import { describe, expect, it, test } from "vitest";
import type { Availability } from "../../../../core/domain/monitoring/availability.ts";
import {
  byShare,
  keepsAgreement,
  linesBy,
  type MeasuredTarget,
} from "../../../../core/domain/monitoring/availability-lists.ts";

const hourMs = 3_600_000;

function figures(hoursDown: number, hoursOfPowerCuts = 0, hoursMeasured = 100, hoursAbove = 0): Availability {
  return {
    ...{ measuredMs: hoursMeasured * hourMs, downMs: hoursDown * hourMs, powerCutMs: hoursOfPowerCuts * hourMs },
    ...{ aboveMs: hoursAbove * hourMs, excusedMs: (hoursOfPowerCuts + hoursAbove) * hourMs },
    ...{ outages: hoursDown > 0 ? 1 : 0, longestMs: hoursDown * hourMs },
  };
}

let sequence = 0;
function target(name: string, than: Partial<MeasuredTarget> = {}): MeasuredTarget {
  sequence += 1;
  return {
    ...{ id: sequence, kind: "link", name, officeId: null, officeCode: null, officeName: null },
    ...{ provider: null, circuitNumber: null, agreedPercent: 99, figures: figures(0) },
    ...than,
  };
}

const dinkes = { officeId: 1, officeCode: "Dinkes", officeName: "Dinas Kesehatan" };
const disdik = { officeId: 2, officeCode: "Disdik", officeName: "Dinas Pendidikan" };

describe("whether an agreement is kept", () => {
  test.each([
    ["at the very figure", 1, 0, 99, true],
    ["below it", 2, 0, 99, false],
    ["below it by power cuts alone", 20, 20, 99, true],
    ["below it beside power cuts", 20, 10, 99, false],
    ["a target of all the time", 0, 0, 100, true],
  ])("%s", (_, down, powerCuts, agreedPercent, isKept) => {
    expect(keepsAgreement({ kind: "device", figures: figures(down, powerCuts), agreedPercent })).toBe(isKept);
  });

  test.each([
    ["a link's is, below it by what it lies behind alone", "link", true],
    ["an office's is not, whatever it lies behind", "site", false],
    ["an application's neither", "application", false],
  ] as const)("%s", (_, kind, isKept) => {
    expect(keepsAgreement({ kind, figures: figures(20, 5, 100, 15), agreedPercent: 99 })).toBe(isKept);
  });

  it("is not known where nothing was measured", () => {
    expect(keepsAgreement({ kind: "link", figures: figures(0, 0, 0), agreedPercent: 99 })).toBeUndefined();
  });
});

describe("lists of availability", () => {
  it("have the lowest first, and last of which nothing was measured", () => {
    const names = byShare([
      target("Baik"),
      target("Belum", { figures: figures(0, 0, 0) }),
      target("Buruk", { figures: figures(50) }),
      target("Awal"),
    ]).map(({ name }) => name);
    expect(names).toEqual(["Buruk", "Awal", "Baik", "Belum"]);
  });

  it("of links and of applications have just those", () => {
    const all = [target("Link A"), target("SIMPEG", { kind: "application" }), target("Router", { kind: "device" })];
    expect(linesBy("link", all).map(({ name }) => name)).toEqual(["Link A"]);
    expect(linesBy("application", all).map(({ name }) => name)).toEqual(["SIMPEG"]);
  });

  it("of offices take together how they are connected, and not their applications", () => {
    const all = [
      target("Link Dinkes", { ...dinkes, figures: figures(10) }),
      target("Kantor Dinkes", { ...dinkes, kind: "site" }),
      target("SIK", { ...dinkes, kind: "application", figures: figures(100) }),
      target("Kantor Disdik", { ...disdik, kind: "site", figures: figures(1) }),
      target("Trunk", { figures: figures(100) }),
    ];
    expect(
      linesBy("office", all).map(({ name, figures: { downMs, measuredMs }, missed }) => [
        name,
        downMs / measuredMs,
        missed,
      ]),
    ).toEqual([
      ["Dinas Kesehatan", 0.05, 1],
      ["Dinas Pendidikan", 0.01, 0],
    ]);
  });

  it("of providers count by the time that each link was measured", () => {
    const all = [
      target("Satu", { provider: "PT Telkom", figures: figures(0, 0, 300) }),
      target("Dua", { provider: "PT Telkom", figures: figures(40) }),
      target("Tiga", { provider: "PT Lain", figures: figures(0) }),
      target("Empat"),
    ];
    expect(
      linesBy("provider", all).map(({ of, figures: { downMs, measuredMs } }) => [of, downMs / measuredMs]),
    ).toEqual([
      [{ provider: "PT Telkom" }, 0.1],
      [{ provider: "PT Lain" }, 0],
    ]);
  });
});
