import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersection, join, overlaps, type Range, sizeOf, subtract } from "../../../../core/domain/ipam/ranges.ts";
import { ranges } from "./arbitraries.ts";

const numbersOf = ({ first, last }: Range) => {
  return new Set(Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index)));
};
const allOf = (list: readonly Range[]) => list.map(numbersOf).reduce((all, each) => all.union(each), new Set<bigint>());

describe("ranges", () => {
  it("leave, when others are taken out, exactly the rest, in order and apart", () => {
    fc.assert(
      fc.property(ranges, fc.array(ranges, { maxLength: 6 }), (range, taken) => {
        const left = subtract(range, taken);
        expect(allOf(left)).toEqual(numbersOf(range).difference(allOf(taken)));
        expect(join(left)).toEqual(left);
      }),
    );
  });

  it("become, when joined, the same addresses in ranges that do not touch", () => {
    fc.assert(
      fc.property(ranges, fc.array(ranges, { maxLength: 6 }), (range, taken) => {
        const cut = [...subtract(range, taken), ...taken.flatMap((each) => intersection(range, each) ?? [])];
        const apart = cut.filter((each, index) => !cut.slice(0, index).some((before) => overlaps(before, each)));
        const joined = join(apart.toReversed());
        expect(allOf(joined)).toEqual(allOf(apart));
        expect(joined.every(({ first }, index) => (joined[index - 1]?.last ?? -2n) + 1n < first)).toBe(true);
      }),
    );
  });

  it("give back exactly what was taken out", () => {
    fc.assert(
      fc.property(ranges, ranges, (range, wanted) => {
        const taken = intersection(range, wanted);
        if (taken === undefined) return;
        expect(join([...subtract(range, [taken]), taken])).toEqual([range]);
      }),
    );
  });

  it("have in common what is in both", () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        const both = intersection(one, other);
        expect(both === undefined ? new Set() : numbersOf(both)).toEqual(numbersOf(one).intersection(numbersOf(other)));
        expect(overlaps(one, other)).toBe(both !== undefined);
        if (both !== undefined) expect(Number(sizeOf(both))).toBe(numbersOf(both).size);
      }),
    );
  });
});
