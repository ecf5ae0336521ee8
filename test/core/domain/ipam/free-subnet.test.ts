import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFreeSubnet } from "../../../../core/domain/ipam/free-subnet.ts";
import { contains, prefixOf, showPrefix } from "../../../../core/domain/ipam/prefix.ts";
import { overlaps } from "../../../../core/domain/ipam/ranges.ts";

const parent = prefixOf("10.40.0.0/24");
const at = (first: number, last = first) => ({
  first: parent.first + BigInt(first),
  last: parent.first + BigInt(last),
});

describe("the next network that is free of a prefix", () => {
  it.each([
    ["nothing is taken", [], "10.40.0.0/29"],
    ["the first is taken in its middle", [at(3)], "10.40.0.8/29"],
    ["a larger one lies at the beginning", [at(0, 31)], "10.40.0.32/29"],
    ["there is a gap between two", [at(0, 7), at(16, 23)], "10.40.0.8/29"],
    ["what is taken is in no order", [at(16), at(0), at(9)], "10.40.0.24/29"],
    ["all is taken", [at(0, 255)], undefined],
    ["only a part of the last is free", [at(0, 249)], undefined],
  ])("%s", (_, taken, expected) => {
    const found = findFreeSubnet(parent, 29, taken);
    expect(found && showPrefix(found)).toBe(expected);
  });

  it("lies in the prefix, over nothing that is taken, and no earlier one does", () => {
    const spans = fc.tuple(fc.nat(255), fc.nat(40)).map(([first, size]) => at(first, Math.min(255, first + size)));
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 12 }), (taken) => {
        const all = Array.from({ length: 32 }, (_each, index) => at(index * 8, index * 8 + 7));
        const free = all.find((each) => !taken.some((one) => overlaps(one, each)));
        const found = findFreeSubnet(parent, 29, taken);
        expect(found?.first).toBe(free?.first);
        if (found !== undefined) expect(contains(parent, found)).toBe(true);
      }),
    );
  });
});
