import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collides, type Face, freeRuns, halvesOf, type Slot } from "../../../../core/domain/rack/place.ts";
import { withoutPlace } from "../../../../core/domain/rack/rack.ts";
import { refusalOfPlacing } from "../../../../core/domain/rack/rack-rules.ts";
import { utilisationOf } from "../../../../core/domain/rack/utilisation.ts";
import { racks, slots } from "./arbitraries.ts";

/** Every half unit of each face that it takes, counted one by one. */
function cellsOf({ bottom, height, face }: Slot): Set<string> {
  const sides: Face[] = face === "full" ? ["front", "back"] : [face];
  const halves = Array.from({ length: height }, (_, index) => bottom + index);
  return new Set(sides.flatMap((side) => halves.map((half) => `${side} ${half}`)));
}
const slotOf = (from: number, to: number, face: Face): Slot => ({ bottom: from, height: to - from, face });

describe("places in a rack", () => {
  it("collide when they have a half unit of a face in common", () => {
    fc.assert(
      fc.property(slots, slots, (one, other) => {
        expect(collides(one, other)).toBe(!cellsOf(one).isDisjointFrom(cellsOf(other)));
        expect(collides(other, one)).toBe(collides(one, other));
      }),
    );
  });

  it.each(["front", "back", "full"] as const)("leave free, of the %s, exactly the rest", (face) => {
    fc.assert(
      fc.property(racks, (rack) => {
        const runs = freeRuns(rack, rack.places, face);
        for (const { from, to } of runs) {
          expect(rack.places.some((place) => collides(place, slotOf(from, to, face)))).toBe(false);
        }
        const isFree = (half: number) => runs.some(({ from, to }) => from <= half && half < to);
        for (let half = 0; half < halvesOf(rack); half++) {
          const isTaken = rack.places.some((place) => collides(place, slotOf(half, half + 1, face)));
          expect(isFree(half)).toBe(!isTaken);
        }
        expect(runs.every(({ from }, index) => (runs[index - 1]?.to ?? -1) < from)).toBe(true);
      }),
    );
  });

  it("are taken where they fit, and never over each other, out of the rack, or above what a feed carries", () => {
    fc.assert(
      fc.property(racks, slots, fc.integer({ min: 0, max: 900 }), (rack, slot, watts) => {
        const feedIds = rack.feeds.slice(0, 2).map(({ id }) => id);
        const isIn = slot.bottom + slot.height <= halvesOf(rack);
        const isOver = rack.places.some((place) => collides(place, slot));
        const isPowered = watts === 0 || feedIds.length > 0;
        const carries = rack.feeds.slice(0, 2).every((feed) => feed.loadWatts + watts <= feed.capacityWatts);
        expect(refusalOfPlacing(rack, { ...slot, watts, feedIds }).ok).toBe(isIn && !isOver && isPowered && carries);
      }),
    );
  });

  it("add up: free, reserved and occupied are all of the racks", () => {
    fc.assert(
      fc.property(fc.array(racks, { maxLength: 3 }), (several) => {
        const { all, free, reserved, occupied } = utilisationOf(several);
        const count = (kind: string) =>
          several
            .flatMap(({ places }) => places)
            .filter((place) => place.kind === kind)
            .reduce((sum, place) => sum + cellsOf(place).size, 0);
        expect([reserved, occupied]).toEqual([count("reserved"), count("occupied")]);
        expect(free + reserved + occupied).toBe(all);
        const ofFaces = (["front", "back"] as const).flatMap((face) =>
          several.flatMap((rack) => freeRuns(rack, rack.places, face)),
        );
        expect(free).toBe(ofFaces.reduce((sum, { from, to }) => sum + to - from, 0));
      }),
    );
  });

  it("give back, when they end, exactly what they took", () => {
    fc.assert(
      fc.property(racks, fc.nat(), (rack, which) => {
        const place = rack.places[which % Math.max(1, rack.places.length)];
        if (place === undefined) return;
        const before = withoutPlace(rack, place);
        expect(refusalOfPlacing(before, { ...place, watts: place.feedIds.length === 0 ? 0 : place.watts }).ok).toBe(
          true,
        );
        const [then, now] = [utilisationOf([before]), utilisationOf([rack])];
        expect(then.free - now.free).toBe(cellsOf(place).size);
        expect(now.loadWatts - then.loadWatts).toBe(place.watts * place.feedIds.length);
        expect(withoutPlace(before, place)).toEqual(before);
      }),
    );
  });
});
