import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cableCode,
  type Node,
  naturally,
  nodeAddress,
  type PortOfNode,
  portAddress,
} from "../../../../core/domain/cable/cable-code.ts";
import { type Face, faces } from "../../../../core/domain/rack/place.ts";

const code = fc.stringMatching(/^[A-Z0-9]{1,6}$/);
const positions = fc.record({
  roomCode: code,
  rackCode: code,
  bottom: fc.integer({ min: 0, max: 119 }),
  face: fc.constantFrom(...faces),
});
/** Such as people type, also with what stands between the parts of a code. */
const names = fc.oneof(
  fc.constantFrom("SW A2", "SW-A2", "sw-a2", "A:1/B", "A/B", "1", "01", "Ruang rapat"),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const nodes: fc.Arbitrary<Node> = fc.record({
  name: names,
  assetTag: fc.option(names),
  position: fc.option(positions),
});
const ends: fc.Arbitrary<PortOfNode> = fc.record({ node: nodes, port: fc.integer({ min: 1, max: 1024 }) });

describe("the address of a device", () => {
  const mounted = (bottom: number, face: Face): Node => {
    return { name: "SRV", assetTag: "INV-7", position: { roomCode: "DC", rackCode: "A2", bottom, face } };
  };

  it.each<[string, Node, string]>([
    ["the lowest unit", mounted(0, "full"), "DC.A2.1"],
    ["unit 20", mounted(38, "full"), "DC.A2.20"],
    ["the middle of unit 20", mounted(39, "front"), "DC.A2.20.5"],
    ["the front face only", mounted(38, "front"), "DC.A2.20"],
    ["the back face only", mounted(38, "back"), "DC.A2.20B"],
    ["the back face, in the middle of a unit", mounted(39, "back"), "DC.A2.20.5B"],
    ["its tag, outside of racks", { name: "SW A2", assetTag: "inv 7/2026", position: null }, "INV-7-2026"],
    ["a tag of the state's register", { name: "SW", assetTag: "1.3.2.10.01", position: null }, "1.3.2.10.01"],
    ["its name, without a tag", { name: "Switch ruang rapat", assetTag: null, position: null }, "SWITCH-RUANG-RAPAT"],
    ["a name in brackets", { name: "Outlet (lobi)", assetTag: null, position: null }, "OUTLET-LOBI"],
    ["a name without letters", { name: "???", assetTag: null, position: null }, "-"],
    ["a name with what stands between parts", { name: "A:1/B", assetTag: null, position: null }, "A-1-B"],
  ])("is of %s", (_, node, address) => {
    expect(nodeAddress(node)).toBe(address);
  });
});

describe("the code of a cable", () => {
  const at = (unit: number): Node => {
    const position = { roomCode: "DC", rackCode: "A2", bottom: (unit - 1) * 2, face: "full" as const };
    return { name: "x", assetTag: null, position };
  };

  it.each([
    [20, 1, 42, 14, "DC.A2.20:1/DC.A2.42:14"],
    [42, 14, 20, 1, "DC.A2.20:1/DC.A2.42:14"],
    [9, 1, 20, 1, "DC.A2.9:1/DC.A2.20:1"],
    [5, 10, 5, 9, "DC.A2.5:9/DC.A2.5:10"],
  ])("from U%d port %d to U%d port %d", (one, port, other, otherPort, expected) => {
    expect(cableCode({ node: at(one), port }, { node: at(other), port: otherPort })).toBe(expected);
  });

  it("is the same from whichever end it is read", () => {
    fc.assert(fc.property(ends, ends, (one, other) => cableCode(one, other) === cableCode(other, one)));
  });

  it("tells both addresses again, so that different ones have different codes", () => {
    fc.assert(
      fc.property(ends, ends, (one, other) => {
        const addresses = [portAddress(one), portAddress(other)].sort();
        expect(cableCode(one, other).split("/").sort()).toEqual(addresses);
        for (const end of [one, other])
          expect(portAddress(end).split(":")).toEqual([nodeAddress(end.node), `${end.port}`]);
      }),
    );
  });
});

describe("the natural order", () => {
  const texts = fc.stringMatching(/^[A01.]{0,4}$/);

  it("is an order: of two one is first, and the first of three stays the first", () => {
    fc.assert(
      fc.property(texts, texts, texts, (one, other, third) => {
        expect(Math.sign(naturally(one, other))).toBe(-Math.sign(naturally(other, one)) + 0);
        expect(naturally(one, other) === 0).toBe(one === other);
        if (naturally(one, other) < 0 && naturally(other, third) < 0) expect(naturally(one, third)).toBeLessThan(0);
      }),
      { numRuns: 5000 },
    );
  });

  it("counts as people do", () => {
    const sorted = ["A1.10:2", "A1.9:1", "A1.10:1", "A10.1:1", "A2.1:1"].sort(naturally);
    expect(sorted).toEqual(["A1.9:1", "A1.10:1", "A1.10:2", "A2.1:1", "A10.1:1"]);
  });
});
