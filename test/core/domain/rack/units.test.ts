import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bottomOfUnit,
  halvesOfHeight,
  parseHeight,
  parseUnit,
  placeLabel,
  showSpan,
  showUnit,
  showUnits,
  unitAt,
} from "../../../../core/domain/rack/units.ts";

const code = (outcome: ReturnType<typeof parseHeight>) => (outcome.ok ? outcome.value : outcome.refusal.code);

describe("a height", () => {
  it.each([
    ["1", "1"],
    ["1,5", "1.5"],
    ["0.5", "0.5"],
    [" 2U ", "2"],
    ["2 u", "2"],
    ["60", "60"],
    ["2,0", "2"],
    ["0", "height-zero"],
    ["0,0", "height-zero"],
    ["1,25", "height-not-half"],
    ["60,5", "height-too-large"],
    ["-1", "height-unreadable"],
    ["satu", "height-unreadable"],
    ["", "height-unreadable"],
    ["1.000.000", "height-unreadable"],
    ["1e1", "height-unreadable"],
  ])("that is written %j is %s", (entered, expected) => {
    expect(code(parseHeight(entered))).toBe(expected);
  });

  it("is shown as it can be typed, and read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), (halves) => {
        const parsed = code(parseHeight(showUnits(halves)));
        expect(halvesOfHeight(parsed)).toBe(halves);
      }),
    );
  });
});

describe("a unit", () => {
  it.each([
    ["U20", "20"],
    ["u 20", "20"],
    ["20,5", "20.5"],
    ["1", "1"],
    ["60.5", "60.5"],
    ["0", "unit-out-of-range"],
    ["0,5", "unit-out-of-range"],
    ["61", "unit-out-of-range"],
    ["20,3", "unit-not-half"],
    ["-3", "unit-unreadable"],
    ["atas", "unit-unreadable"],
    ["20-21", "unit-unreadable"],
  ])("that is written %j is %s", (entered, expected) => {
    expect(code(parseUnit(entered))).toBe(expected);
  });

  it("is counted from the bottom, and read back as it is shown", () => {
    expect([bottomOfUnit("1"), bottomOfUnit("20"), bottomOfUnit("20.5")]).toEqual([0, 38, 39]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 119 }), (bottom) => {
        expect(bottomOfUnit(unitAt(bottom))).toBe(bottom);
        expect(bottomOfUnit(code(parseUnit(showUnit(bottom))))).toBe(bottom);
      }),
    );
  });
});

describe("a place", () => {
  it.each([
    [{ bottom: 38, height: 2 }, "U20"],
    [{ bottom: 38, height: 1 }, "U20"],
    [{ bottom: 39, height: 1 }, "U20,5"],
    [{ bottom: 38, height: 4 }, "U20-21"],
    [{ bottom: 38, height: 3 }, "U20-21"],
    [{ bottom: 39, height: 3 }, "U20,5-21"],
    [{ bottom: 39, height: 2 }, "U20,5-21"],
    [{ bottom: 0, height: 84 }, "U1-42"],
  ])("of %o is %s", (slot, expected) => {
    expect(showSpan(slot)).toBe(expected);
  });

  it("is called by its room, its rack, its units, and its side", () => {
    const at = { roomCode: "DC", rackCode: "A2", bottom: 38, height: 4 };
    expect(placeLabel({ ...at, face: "front" })).toBe("DC A2 U20-21 depan");
    expect(placeLabel({ ...at, face: "back" })).toBe("DC A2 U20-21 belakang");
    expect(placeLabel({ ...at, face: "full" })).toBe("DC A2 U20-21");
  });
});
