import { sql } from "kysely";
import type { Face, PlaceKind } from "../../domain/rack/place.ts";
import type { Db } from "../tables.ts";
import type { Page } from "../ticket/tickets.ts";

/** A place as it is read: what has or had it, whose that is, why, since when, and by whom that was done. */
export type ListedPlace = {
  id: number;
  rackId: number;
  roomCode: string;
  rackCode: string;
  kind: PlaceKind;
  /** Both in half units. */
  bottom: number;
  height: number;
  face: Face;
  watts: number;
  /** A device as it is called now. */
  name: string;
  assetId: number | null;
  /** Whose it is; of a device that is there now, as the inventory says. */
  officeCode: string;
  officeName: string;
  ticketId: number | null;
  letter: string | null;
  since: Date;
  begunByName: string;
  until: Date | null;
  endedAt: Date | null;
  /** null: it has not ended, or by the clock. */
  endedByName: string | null;
  /** Of what was given back: the number and the day of the letter or record. */
  endLetter: string | null;
  endLetterOn: string | null;
};

function selectListed(db: Db) {
  return db
    .selectFrom("rack_place as place")
    .innerJoin("rack", "rack.id", "place.rack_id")
    .innerJoin("room", "room.id", "rack.room_id")
    .leftJoin("asset", "asset.id", "place.asset_id")
    .innerJoin("office", (join) =>
      join.on(
        "office.id",
        "=",
        sql<number>`coalesce(case when place.ended_at is null then asset.office_id end, place.office_id)`,
      ),
    )
    .innerJoin("person as beginner", "beginner.id", "place.begun_by")
    .leftJoin("person as ender", "ender.id", "place.ended_by")
    .select(["place.id", "place.rack_id as rackId", "room.code as roomCode", "rack.code as rackCode", "place.kind"])
    .select(["place.bottom", "place.height", "place.face", "place.watts", "place.asset_id as assetId"])
    .select(sql<string>`coalesce(asset.name, place.name)`.as("name"))
    .select(["office.code as officeCode", "office.name as officeName", "place.ticket_id as ticketId", "place.letter"])
    .select(["place.since", "beginner.name as begunByName", "place.until", "place.ended_at as endedAt"])
    .select(["ender.name as endedByName", "place.end_letter as endLetter", "place.end_letter_on as endLetterOn"]);
}

export function findListedPlace(db: Db, id: number): Promise<ListedPlace | undefined> {
  return selectListed(db).where("place.id", "=", id).executeTakeFirst();
}

/** What is in a rack now, the highest first. */
export function listPlacesOfRack(db: Db, rackId: number): Promise<ListedPlace[]> {
  return selectListed(db)
    .where("place.rack_id", "=", rackId)
    .where("place.ended_at", "is", null)
    .orderBy(sql`place.bottom + place.height`, "desc")
    .orderBy("place.face")
    .execute();
}

/** All that was and is in a rack, or in a part of it, the latest first. @param part in half units */
export function listPlaceHistory(
  db: Db,
  { rackId, part }: { rackId: number; part?: { bottom: number; height: number } | undefined },
  { offset, limit }: Page,
): Promise<ListedPlace[]> {
  return selectListed(db)
    .where("place.rack_id", "=", rackId)
    .$if(part !== undefined, (query) =>
      query
        .where("place.bottom", "<", (part?.bottom ?? 0) + (part?.height ?? 0))
        .where(sql<boolean>`place.bottom + place.height > ${part?.bottom ?? 0}`),
    )
    .orderBy("place.since", "desc")
    .orderBy("place.id", "desc")
    .offset(offset)
    .limit(limit)
    .execute();
}

/** Ports of devices that are reserved for places now, by the place. */
export async function listReservedPorts(
  db: Db,
  placeIds: readonly number[],
): Promise<{ id: number; placeId: number; assetName: string; port: number }[]> {
  if (placeIds.length === 0) return [];
  return db
    .selectFrom("port_use")
    .innerJoin("asset", "asset.id", "port_use.asset_id")
    .select(["port_use.id", "port_use.place_id as placeId", "asset.name as assetName", "port_use.port"])
    .where("port_use.place_id", "in", placeIds)
    .where("port_use.ended_at", "is", null)
    .orderBy("asset.name")
    .orderBy("port_use.port")
    .$narrowType<{ placeId: number }>()
    .execute();
}

/** How many ports devices have, and how many of them are taken, by cables or reservations; without those that have none. */
export function listPortCounts(
  db: Db,
  assetIds: readonly number[],
): Promise<{ assetId: number; ports: number; taken: number }[]> {
  if (assetIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("asset")
    .leftJoin("port_use", (join) =>
      join.onRef("port_use.asset_id", "=", "asset.id").on("port_use.ended_at", "is", null),
    )
    .select(["asset.id as assetId", "asset.ports", (row) => row.fn.count<number>("port_use.id").as("taken")])
    .where("asset.id", "in", assetIds)
    .where("asset.ports", ">", 0)
    .groupBy("asset.id")
    .execute();
}
