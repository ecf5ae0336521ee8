import type { Asset, AssetKind } from "../inventory/asset.ts";
import { accept, type Outcome, refuse } from "../outcome.ts";
import { hasRole, type Person } from "../people/person.ts";
import { collides, halvesOf, type Place, type Slot } from "./place.ts";
import { canCarry, chooseFeeds, mostFeeds, type PowerFeed } from "./power-feed.ts";
import type { FilledRack, Rack } from "./rack.ts";
import { showSpan, showUnits, unitAt } from "./units.ts";

/** The data center's (L IV.1); administrators help out. */
export function mayManageRacks(person: Person): boolean {
  return hasRole(person, "data-center") || hasRole(person, "administrator");
}

/** Who sets addresses and who mounts devices has to find them. */
export function mayLookAtRacks(person: Person): boolean {
  return mayManageRacks(person) || hasRole(person, "infrastructure") || hasRole(person, "it-support");
}

export function refusalOfManagingRacks(person: Person): Outcome {
  return mayManageRacks(person) ? accept() : refuse("not-your-role", { role: "data-center" });
}

export function refusalOfLookingAtRacks(person: Person): Outcome {
  return mayLookAtRacks(person) ? accept() : refuse("not-your-role", { role: "data-center" });
}

/** Of a room or a rack: it stands on labels. @returns in capitals */
export function parseRackCode(entered: string): Outcome<string> {
  const code = entered.trim().toUpperCase();
  return /^[A-Z0-9]{1,6}$/.test(code) ? accept(code) : refuse("rack-code-form", { field: "code" });
}

/** Links, contracts and sockets stand in no rack. */
export const notMounted: readonly AssetKind[] = ["backbone", "bandwidth", "office-lan", "outlet"];

/** Whether a device can become one of that kind. @param place that it has */
export function refusalOfKind(
  kind: AssetKind,
  { name }: Pick<Asset, "name">,
  place: Pick<Place, "id"> | undefined,
): Outcome {
  if (place === undefined || !notMounted.includes(kind)) return accept();
  return refuse("kind-not-mounted", { name, field: "kind" });
}

/** Whether a device can be put into a rack. @param place that it has already */
export function refusalOfMounting(asset: Asset | undefined, place: Pick<Place, "id"> | undefined): Outcome<Asset> {
  if (asset === undefined || asset.state === "retired") return refuse("device-unknown");
  if (notMounted.includes(asset.kind)) return refuse("device-not-mounted", { name: asset.name });
  return place === undefined ? accept(asset) : refuse("device-has-place", { name: asset.name, placeId: place.id });
}

/** Kept for a ticket and until no day: the step that receives the device uses it, once leadership has approved (R11). */
export function isUsedByStep({ ticketId, until }: { ticketId: number | null; until: Date | null }): boolean {
  return ticketId !== null && until === null;
}

/**
 * Whether something can get that place.
 *
 * @param rack with what is in it; what moves is not
 */
export function refusalOfPlacing(
  rack: FilledRack,
  wanted: Slot & { watts: number; feedIds: readonly number[] },
): Outcome {
  const fits = refusalOfSlot(rack, wanted);
  return fits.ok ? refusalOfFeeds(rack.feeds, wanted) : fits;
}

function refusalOfSlot(rack: FilledRack, { bottom, height, face }: Slot): Outcome {
  const values = { rack: rack.code, heightU: rack.heightU };
  if (!Number.isInteger(height) || height < 1) return refuse("height-zero");
  if (height > halvesOf(rack)) return refuse("place-higher-than-rack", { ...values, height: showUnits(height) });
  if (!Number.isInteger(bottom) || bottom < 0 || bottom + height > halvesOf(rack)) {
    const highest = unitAt(halvesOf(rack) - height).replace(".", ",");
    return refuse("place-outside", { ...values, height: showUnits(height), highest });
  }
  const [inTheWay] = rack.places.filter((place) => collides(place, { bottom, height, face }));
  if (inTheWay === undefined) return accept();
  return refuse("place-taken", { placeId: inTheWay.id, rack: rack.code, span: showSpan(inTheWay) });
}

function refusalOfFeeds(
  feeds: readonly PowerFeed[],
  { watts, feedIds }: { watts: number; feedIds: readonly number[] },
): Outcome {
  if (watts > 0 && feedIds.length === 0) return refuse("feed-missing");
  if (feedIds.length > mostFeeds || new Set(feedIds).size < feedIds.length) return refuse("feed-unknown");
  for (const id of feedIds) {
    const feed = feeds.find((each) => each.id === id);
    if (feed === undefined) return refuse("feed-unknown");
    const { name, capacityWatts, loadWatts } = feed;
    if (!canCarry(feed, watts)) return refuse("feed-full", { feed: name, capacityWatts, loadWatts, watts });
  }
  return accept();
}

/** The feeds of a rack that something gets, the least loaded ones. @param count how many; 0 for what needs no power */
export function feedsFor(rack: FilledRack, watts: number, count: number): Outcome<number[]> {
  const chosen = chooseFeeds(rack.feeds, watts, count);
  if (chosen !== undefined) return accept(chosen.map(({ id }) => id));
  if (rack.feeds.length < count) return refuse("feeds-too-few", { rack: rack.code, feeds: rack.feeds.length, count });
  const full = rack.feeds.find((feed) => !canCarry(feed, watts));
  if (full === undefined) throw new Error(`rack ${rack.id}: no feed is full, and too few are free`);
  const { name, capacityWatts, loadWatts } = full;
  return refuse("feed-full", { feed: name, capacityWatts, loadWatts, watts });
}

/** A rack can be found to be lower than was written, but not lower than what is in it. */
export function refusalOfHeight(rack: FilledRack, heightU: number): Outcome {
  const highest = rack.places.find(({ bottom, height }) => bottom + height > halvesOf({ heightU }));
  return highest === undefined ? accept() : refuse("rack-too-low", { rack: rack.code, span: showSpan(highest) });
}

export function refusalOfRemovingRack(rack: Rack, places: readonly Place[]): Outcome {
  return places.length === 0 ? accept() : refuse("rack-in-use", { rack: rack.code, count: places.length });
}

export function refusalOfCapacity({ name, loadWatts }: PowerFeed, capacityWatts: number): Outcome {
  return loadWatts <= capacityWatts ? accept() : refuse("feed-overloaded", { feed: name, loadWatts, capacityWatts });
}

/** What carries something, even 0 W, is in use. */
export function refusalOfRemovingFeed(feed: PowerFeed, places: readonly Place[]): Outcome {
  const count = places.filter(({ feedIds }) => feedIds.includes(feed.id)).length;
  return count === 0 ? accept() : refuse("feed-in-use", { feed: feed.name, count });
}
