import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place } from "../../../../core/domain/rack/place.ts";
import { largestFree, type PlaceWish, proposePlaces } from "../../../../core/domain/rack/propose-places.ts";
import type { FilledRack } from "../../../../core/domain/rack/rack.ts";
import { refusalOfPlacing } from "../../../../core/domain/rack/rack-rules.ts";
import { racks, wishes } from "./arbitraries.ts";

const several = fc.uniqueArray(racks, { selector: ({ id }) => id, maxLength: 3 });

describe("proposed places", () => {
  it("fit, collide with nothing, and their feeds carry it", () => {
    fc.assert(
      fc.property(wishes, several, (wish, all) => {
        for (const { rackId, bottom, height, face, feedIds } of proposePlaces(wish, all)) {
          const rack = all.find(({ id }) => id === rackId) as FilledRack;
          const watts = wish.feeds === 0 ? 0 : wish.watts;
          expect(refusalOfPlacing(rack, { bottom, height, face, watts, feedIds })).toEqual({
            ok: true,
            value: undefined,
          });
          expect([height, face, feedIds.length]).toEqual([wish.height, wish.face, wish.feeds]);
        }
      }),
    );
  });

  it("are there whenever there is one", () => {
    fc.assert(
      fc.property(wishes, several, (wish, all) => {
        const canPower = all.filter(({ feeds }) => {
          return feeds.filter((feed) => feed.loadWatts + wish.watts <= feed.capacityWatts).length >= wish.feeds;
        });
        const fits = largestFree(wish.face, canPower) >= wish.height;
        expect(proposePlaces(wish, all).length > 0).toBe(fits);
      }),
    );
  });

  it("are at most six, no two the same, and the same each time", () => {
    fc.assert(
      fc.property(wishes, several, (wish, all) => {
        const proposed = proposePlaces(wish, all);
        expect(proposed.length).toBeLessThanOrEqual(6);
        expect(new Set(proposed.map(({ rackId, bottom }) => `${rackId} ${bottom}`)).size).toBe(proposed.length);
        expect(proposePlaces(wish, all)).toEqual(proposed);
      }),
    );
  });
});

let placeId = 0;
const place = (bottom: number, height: number, more: Partial<Place> = {}): Place => {
  return { id: ++placeId, rackId: 1, kind: "occupied", bottom, height, face: "full", watts: 0, feedIds: [], ...more };
};
const rack = (id: number, { heightU = 10, places = [] as Place[], loads = [0, 0] } = {}): FilledRack => ({
  ...{ id, roomId: 1, roomCode: "DC", roomName: "Ruang", code: `A${id}`, heightU, isRemoved: false, places },
  feeds: loads.map((loadWatts, index) => ({
    ...{ id: id * 10 + index, rackId: id, name: "AB"[index] ?? "", capacityWatts: 1000, loadWatts },
  })),
});
const wish = (more: Partial<PlaceWish> = {}): PlaceWish => ({ height: 2, face: "full", watts: 100, feeds: 2, ...more });
const labels = (asked: PlaceWish, all: FilledRack[]) => proposePlaces(asked, all).map(({ label }) => label);

describe("the best place", () => {
  it("is in the smallest gap, so that large ones stay whole", () => {
    const full = rack(1, { places: [place(8, 8), place(18, 2)] });
    expect(labels(wish(), [full])).toEqual(["DC A1 U9", "DC A1 U1", "DC A1 U4"]);
  });

  it("is where the feeds are loaded the least, where gaps are alike; two feeds of the rack are named", () => {
    const all = [rack(1, { loads: [600, 0] }), rack(2, { loads: [300, 300] })];
    const proposed = proposePlaces(wish(), all);
    expect(proposed[0]).toMatchObject({ rackId: 2, bottom: 0, feedIds: [20, 21] });
    expect(labels(wish(), all)).toEqual(["DC A2 U1", "DC A2 U10", "DC A1 U1", "DC A1 U10"]);
  });

  it("is on the feed that is loaded the least, where it needs one only", () => {
    expect(proposePlaces(wish({ feeds: 1 }), [rack(1, { loads: [600, 0] })])[0]?.feedIds).toEqual([11]);
  });

  it("is behind something that is in front, rather than in a gap through the whole depth", () => {
    const half = rack(1, { places: [place(8, 2, { face: "front" })] });
    expect(labels(wish({ face: "back" }), [half])[0]).toBe("DC A1 U1 belakang");
    const backed = rack(1, { places: [place(0, 20, { face: "front" })] });
    expect(labels(wish({ face: "back" }), [rack(2), backed])[0]).toBe("DC A1 U1 belakang");
  });

  it("of a whole unit begins with a unit, where there is room; of a half one it fills a half", () => {
    const odd = rack(1, { heightU: 4, places: [place(0, 1)] });
    expect(labels(wish(), [odd])).toEqual(["DC A1 U2", "DC A1 U4"]);
    expect(labels(wish({ height: 1 }), [odd])).toEqual(["DC A1 U1,5", "DC A1 U4,5"]);
    expect(labels(wish(), [rack(1, { heightU: 2, places: [place(0, 1), place(3, 1)] })])).toEqual(["DC A1 U1,5-2"]);
  });

  it("is not there for 7 units where 6 are free, nor without so many feeds that carry it", () => {
    expect(labels(wish({ height: 14 }), [rack(1, { heightU: 7, places: [place(0, 2)] })])).toEqual([]);
    expect(labels(wish({ watts: 401 }), [rack(1, { loads: [600, 0] })])).toEqual([]);
    expect(labels(wish(), [rack(1, { loads: [0] })])).toEqual([]);
    expect(labels(wish({ watts: 0, feeds: 0 }), [rack(1, { loads: [] })])).toEqual(["DC A1 U1", "DC A1 U10"]);
  });
});
