import { screensOf } from "../screens-of.ts";
import { renderPlace } from "./place-page.ts";
import { renderPowerFeedRemoving, renderPowerFeeds } from "./power-feeds.ts";
import { renderRackHistory, renderRackUnit } from "./rack-history.ts";
import { renderRack, renderRackRemoving } from "./rack-page.ts";
import { renderRoom, renderRoomRemoving, renderRooms } from "./rooms.ts";

export const rackScreens = screensOf({
  rooms: renderRooms,
  room: renderRoom,
  rack: renderRack,
  "rack-history": renderRackHistory,
  "rack-unit": renderRackUnit,
  place: renderPlace,
  "power-feeds": renderPowerFeeds,
  "room-removing": renderRoomRemoving,
  "rack-removing": renderRackRemoving,
  "power-feed-removing": renderPowerFeedRemoving,
});
