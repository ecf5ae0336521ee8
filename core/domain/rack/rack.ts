import type { Place } from "./place.ts";
import type { PowerFeed } from "./power-feed.ts";

export type Room = { id: number; code: string; name: string; isRemoved: boolean };

export type Rack = {
  id: number;
  roomId: number;
  roomCode: string;
  roomName: string;
  code: string;
  heightU: number;
  isRemoved: boolean;
};

/** A rack with what is in it now. */
export type FilledRack = Rack & { places: readonly Place[]; feeds: readonly PowerFeed[] };

/** As if that place had ended. */
export function withoutPlace(rack: FilledRack, gone: Place): FilledRack {
  return {
    ...rack,
    places: rack.places.filter(({ id }) => id !== gone.id),
    feeds: rack.feeds.map((feed) => {
      const isFreed = rack.places.some(({ id }) => id === gone.id) && gone.feedIds.includes(feed.id);
      return isFreed ? { ...feed, loadWatts: feed.loadWatts - gone.watts } : feed;
    }),
  };
}
