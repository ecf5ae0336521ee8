import fc from "fast-check";
import { collides, faces, type Place, type Slot } from "../../../../core/domain/rack/place.ts";
import type { PlaceWish } from "../../../../core/domain/rack/propose-places.ts";
import type { FilledRack } from "../../../../core/domain/rack/rack.ts";

const face = fc.constantFrom(...faces);

export const slots: fc.Arbitrary<Slot> = fc.record({
  bottom: fc.integer({ min: 0, max: 24 }),
  height: fc.integer({ min: 1, max: 8 }),
  face,
});

export const wishes: fc.Arbitrary<PlaceWish> = fc.record({
  height: fc.integer({ min: 1, max: 10 }),
  face,
  watts: fc.integer({ min: 0, max: 900 }),
  feeds: fc.integer({ min: 0, max: 2 }),
});

const places = fc.array(
  fc.record({ slot: slots, watts: fc.integer({ min: 0, max: 300 }), kind: fc.constantFrom("reserved", "occupied") }),
  { maxLength: 8 },
);
const capacities = fc.array(fc.integer({ min: 300, max: 2000 }), { maxLength: 3 });

/** A rack as it can be: small, so that things meet; what does not fit is left out. */
export const racks: fc.Arbitrary<FilledRack> = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), heightU: fc.integer({ min: 1, max: 12 }), places, capacities })
  .map(({ id, heightU, places: wanted, capacities: watts }) => {
    const feeds = watts.map((capacityWatts, index) => {
      return { id: id * 10 + index, rackId: id, name: `${index}`, capacityWatts, loadWatts: 0 };
    });
    const rack = { id, roomId: 1, roomCode: "DC", roomName: "Ruang", code: `A${id}`, heightU, isRemoved: false };
    const filled: Place[] = [];
    for (const [index, each] of wanted.entries()) {
      const feed = feeds[index % Math.max(1, feeds.length)];
      const isOutside = each.slot.bottom + each.slot.height > heightU * 2;
      const isFull = feed !== undefined && feed.loadWatts + each.watts > feed.capacityWatts;
      if (isOutside || isFull || filled.some((other) => collides(other, each.slot))) continue;
      if (feed !== undefined) feed.loadWatts += each.watts;
      const { kind, watts: needed } = each;
      const feedIds = feed === undefined ? [] : [feed.id];
      filled.push({ ...each.slot, id: index + 1, rackId: id, kind: kind as Place["kind"], watts: needed, feedIds });
    }
    return { ...rack, feeds, places: filled };
  });
