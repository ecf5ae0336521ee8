import { freeRuns, type Run, type Slot, sharesFace } from "./place.ts";
import { chooseFeeds, loadWith } from "./power-feed.ts";
import type { FilledRack } from "./rack.ts";
import { placeLabel } from "./units.ts";

/** What is looked for. @property feeds how many of them carry it; 0 for what needs no power */
export type PlaceWish = Omit<Slot, "bottom"> & { watts: number; feeds: number };

/** Where it would fit. */
export type ProposedPlace = Slot & {
  rackId: number;
  roomCode: string;
  rackCode: string;
  feedIds: number[];
  /** "DC A2 U20-21 depan" */
  label: string;
};

/** What speaks against a place; less is better, the first first. */
type Drawback = readonly [depth: number, left: number, load: number];

const mostProposals = 6;

/**
 * The places that suit best, at most six, the best first. Large runs stay whole: what is only in front or behind goes
 * where the other side is taken, and everything into the smallest run that it fits in, at an end of it; among equal ones
 * the feeds that are loaded the least decide, then the order of the racks, then the lower unit.
 *
 * @param racks in the order in which they are read
 */
export function proposePlaces(wish: PlaceWish, racks: readonly FilledRack[]): ProposedPlace[] {
  const found = racks.flatMap((rack, order) => {
    const feeds = chooseFeeds(rack.feeds, wish.watts, wish.feeds);
    if (feeds === undefined) return [];
    const load = Math.max(0, ...feeds.map((feed) => loadWith(feed, wish.watts)));
    return freeRuns(rack, rack.places, wish.face).flatMap((run) => {
      return bottomsIn(run, wish.height).map((bottom) => {
        const slot = { bottom, height: wish.height, face: wish.face };
        const drawback: Drawback = [depthBroken(slot, rack.places), run.to - run.from - wish.height, load];
        return { slot, rack, order, drawback, feedIds: feeds.map(({ id }) => id) };
      });
    });
  });
  found.sort((one, other) => {
    return compare(one.drawback, other.drawback) || one.order - other.order || one.slot.bottom - other.slot.bottom;
  });
  return found.slice(0, mostProposals).map(({ slot, rack, feedIds }) => {
    const at = { ...slot, roomCode: rack.roomCode, rackCode: rack.code };
    return { ...at, rackId: rack.id, feedIds, label: placeLabel(at) };
  });
}

/** The largest height that fits somewhere for that face, in half units; 0 where nothing does. */
export function largestFree(face: Slot["face"], racks: readonly FilledRack[]): number {
  const runs = racks.flatMap((rack) => freeRuns(rack, rack.places, face));
  return Math.max(0, ...runs.map(({ from, to }) => to - from));
}

/** At both ends of a run; a height in whole units begins with a unit where it can, as the holes of the rails do. */
function bottomsIn({ from, to }: Run, height: number): number[] {
  const highest = to - height;
  if (highest < from) return [];
  const step = height % 2 === 0 ? 2 : 1;
  const [low, high] = [Math.ceil(from / step) * step, Math.floor(highest / step) * step];
  return [...new Set(low > high ? [from] : [low, high])];
}

/** How much of it would end that something fits in there over the whole depth, in half units. */
function depthBroken(slot: Slot, places: readonly Slot[]): number {
  if (slot.face === "full") return 0;
  const others = places.filter(({ face }) => !sharesFace(face, slot.face));
  const isBacked = (half: number) => others.some(({ bottom, height }) => bottom <= half && half < bottom + height);
  return Array.from({ length: slot.height }, (_, index) => slot.bottom + index).filter((half) => !isBacked(half))
    .length;
}

function compare(one: Drawback, other: Drawback): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
