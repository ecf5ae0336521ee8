/** A power strip of a rack, and what it carries. */
export type PowerFeed = {
  id: number;
  rackId: number;
  /** "A" */
  name: string;
  capacityWatts: number;
  /** Of all that is reserved or stands there. */
  loadWatts: number;
};

export const mostWatts = 100_000;
/** A device has two power supplies at most that are told apart. Source: office practice. */
export const mostFeeds = 2;

export function canCarry({ capacityWatts, loadWatts }: PowerFeed, watts: number): boolean {
  return loadWatts + watts <= capacityWatts;
}

/**
 * The feeds that carry something from now on: those that are then loaded the least.
 *
 * @param count how many
 * @returns undefined where so many cannot
 */
export function chooseFeeds(feeds: readonly PowerFeed[], watts: number, count: number): PowerFeed[] | undefined {
  const able = feeds.filter((feed) => canCarry(feed, watts));
  const chosen = able
    .toSorted((one, other) => loadWith(one, watts) - loadWith(other, watts) || one.id - other.id)
    .slice(0, count);
  return chosen.length === count ? chosen.toSorted((one, other) => one.id - other.id) : undefined;
}

/** From 0 to 1, as a part of what it may carry. */
export function loadWith({ capacityWatts, loadWatts }: PowerFeed, watts: number): number {
  return (loadWatts + watts) / capacityWatts;
}
