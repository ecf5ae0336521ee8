/** What is shown of rooms, racks and places, beside what their actions tell. */
export type RackScreen =
  | { kind: "rooms"; page: number }
  | { kind: "room"; roomId: number; page: number }
  | { kind: "rack"; rackId: number; page: number }
  | { kind: "rack-history"; rackId: number; page: number }
  /** A unit of a rack with its history; `bottom` in half units. */
  | { kind: "rack-unit"; rackId: number; bottom: number; page: number }
  /** A place with what was there before; the page is one of the history. */
  | { kind: "place"; placeId: number; page: number }
  | { kind: "power-feeds"; rackId: number }
  /** Each asks once more before it is removed. */
  | { kind: "room-removing"; roomId: number }
  | { kind: "rack-removing"; rackId: number }
  | { kind: "power-feed-removing"; feedId: number };
