import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freeOf, percentTaken, type Utilisation } from "../../../../core/domain/ipam/utilisation.ts";

const none: Utilisation = { all: 254n, assigned: 0n, reserved: 0n, quarantined: 0n, keptFree: 0n };

describe("utilisation", () => {
  it.each<[string, Partial<Utilisation>, bigint, number]>([
    ["all free", {}, 254n, 0],
    ["one given", { assigned: 1n }, 253n, 1],
    ["half", { assigned: 100n, keptFree: 27n }, 127n, 50],
    ["one left", { assigned: 200n, reserved: 50n, quarantined: 3n }, 1n, 99],
    ["full", { assigned: 254n }, 0n, 100],
    ["one of an IPv6 /64", { all: 2n ** 64n - 1n, assigned: 1n }, 2n ** 64n - 2n, 1],
    ["a prefix that is all nested", { all: 0n }, 0n, 100],
  ])("counts what is taken: %s", (_, changes, free, percent) => {
    const utilisation = { ...none, ...changes };
    expect(freeOf(utilisation)).toBe(free);
    expect(percentTaken(utilisation)).toBe(percent);
  });

  it("adds up: free, assigned, reserved, quarantined and kept free are all", () => {
    const count = fc.bigInt({ min: 0n, max: 2n ** 64n });
    fc.assert(
      fc.property(count, count, count, count, count, (free, assigned, reserved, quarantined, keptFree) => {
        const all = free + assigned + reserved + quarantined + keptFree;
        const utilisation = { all, assigned, reserved, quarantined, keptFree };
        expect(freeOf(utilisation)).toBe(free);
        expect(percentTaken(utilisation) === 100).toBe(free === 0n);
      }),
    );
  });
});
