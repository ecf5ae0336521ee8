import { halvesOf } from "./place.ts";
import type { FilledRack } from "./rack.ts";

/** How much of racks is what. Counted in half units of one face each, so that all of it adds up; of a unit there are four. */
export type RackUtilisation = {
  all: number;
  free: number;
  reserved: number;
  occupied: number;
  capacityWatts: number;
  loadWatts: number;
};

export const partsOfUnit = 4;

export function utilisationOf(racks: readonly FilledRack[]): RackUtilisation {
  const places = racks.flatMap((rack) => rack.places);
  const taken = (kind: "reserved" | "occupied") =>
    sum(places.filter((place) => place.kind === kind).map(({ face, height }) => height * (face === "full" ? 2 : 1)));
  const all = sum(racks.map((rack) => halvesOf(rack) * 2));
  const [reserved, occupied] = [taken("reserved"), taken("occupied")];
  const feeds = racks.flatMap((rack) => rack.feeds);
  return {
    ...{ all, reserved, occupied, free: all - reserved - occupied },
    capacityWatts: sum(feeds.map(({ capacityWatts }) => capacityWatts)),
    loadWatts: sum(feeds.map(({ loadWatts }) => loadWatts)),
  };
}

/** In whole percent: 0 only where nothing is taken, 100 only where all is. */
export function percentOf(taken: number, all: number): number {
  if (taken === 0 || all === 0) return 0;
  return taken === all ? 100 : Math.min(99, Math.max(1, Math.round((taken * 100) / all)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
