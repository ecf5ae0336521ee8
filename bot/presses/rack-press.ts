import { z } from "zod";
import { placeKinds } from "../../core/domain/rack/place.ts";
import { pressesOf } from "./presses-of.ts";

const paged = { page: z.int().nonnegative(), turns: z.literal(true).optional() };
const room = { roomId: z.int() };
const rack = { rackId: z.int() };
const feed = { feedId: z.int() };
const place = { placeId: z.int() };

/** What shows rooms, racks and places, for all who may look at them. */
const looks = [
  z.object({ do: z.literal("rooms"), ...paged }),
  z.object({ do: z.literal("room"), ...room, ...paged }),
  z.object({ do: z.literal("rack"), ...rack, ...paged }),
  z.object({ do: z.literal("rack-history"), ...rack, ...paged }),
  /** `bottom`: in half units. */
  z.object({ do: z.literal("rack-unit"), ...rack, bottom: z.int(), ...paged }),
  z.object({ do: z.literal("place"), ...place, ...paged }),
  z.object({ do: z.literal("draw-rack"), ...rack }),
] as const;

/** What changes them. A place is good for as long as it lasts: what comes after has another number. */
const changes = [
  z.object({ do: z.literal("add-room") }),
  z.object({ do: z.literal("rename-room"), ...room }),
  z.object({ do: z.literal("ask-removing-room"), ...room }),
  z.object({ do: z.literal("remove-room"), ...room }),
  z.object({ do: z.literal("add-rack"), ...room }),
  z.object({ do: z.literal("change-rack"), ...rack }),
  z.object({ do: z.literal("ask-removing-rack"), ...rack }),
  z.object({ do: z.literal("remove-rack"), ...rack }),
  z.object({ do: z.literal("power-feeds"), ...rack }),
  z.object({ do: z.literal("add-power-feed"), ...rack }),
  z.object({ do: z.literal("change-power-feed"), ...feed }),
  z.object({ do: z.literal("ask-removing-power-feed"), ...feed }),
  z.object({ do: z.literal("remove-power-feed"), ...feed }),
  /** Into that rack, or into whichever suits. */
  z.object({ do: z.literal("put-in-rack"), as: z.enum(placeKinds), rackId: z.int().optional() }),
  z.object({ do: z.literal("use-place"), ...place }),
  z.object({ do: z.literal("move-place"), ...place }),
  z.object({ do: z.literal("give-up-place"), ...place }),
  z.object({ do: z.literal("return-device"), ...place }),
  z.object({ do: z.literal("reserve-port"), ...place }),
  z.object({ do: z.literal("free-port"), ...place, portUseId: z.int() }),
] as const;

export const rackPresses = [...looks, ...changes] as const;

export type RackPress = z.infer<(typeof rackPresses)[number]>;

export const isRackPress = pressesOf(rackPresses);
export const isRackLook = pressesOf(looks);
