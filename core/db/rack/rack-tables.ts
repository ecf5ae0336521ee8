import type { GeneratedAlways } from "kysely";
import type { Side } from "../../domain/cable/cable.ts";
import type { Face } from "../../domain/rack/place.ts";

export type RackTables = {
  room: { id: GeneratedAlways<number>; code: string; name: string; removed_at: Date | null };
  rack: {
    id: GeneratedAlways<number>;
    room_id: number;
    code: string;
    height_u: number;
    added_by: number;
    added_at: Date;
    removed_by: number | null;
    removed_at: Date | null;
  };
  power_feed: {
    id: GeneratedAlways<number>;
    rack_id: number;
    name: string;
    capacity_watts: number;
    removed_at: Date | null;
  };
  rack_place: {
    id: GeneratedAlways<number>;
    rack_id: number;
    rack_height_u: number;
    kind: "reserved" | "occupied";
    /** In half units above the bottom of the rack. */
    bottom: number;
    /** In half units. */
    height: number;
    face: Face;
    /** On each of its feeds. */
    watts: number;
    name: string;
    office_id: number;
    asset_id: number | null;
    ticket_id: number | null;
    letter: string | null;
    since: Date;
    begun_by: number;
    until: Date | null;
    ended_at: Date | null;
    ended_by: number | null;
    end_letter: string | null;
    /** 2026-11-20 */
    end_letter_on: string | null;
  };
  place_feed: { place_id: number; feed_id: number; rack_id: number };
  port_use: {
    id: GeneratedAlways<number>;
    asset_id: number;
    asset_ports: number;
    port: number;
    /** For what it is reserved; of an end of a cable null. */
    place_id: number | null;
    cable_id: number | null;
    cable_side: Side | null;
    since: Date;
    begun_by: number;
    ended_at: Date | null;
    ended_by: number | null;
  };
};
