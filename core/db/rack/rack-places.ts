import { sql } from "kysely";
import type { Place } from "../../domain/rack/place.ts";
import type { Rack } from "../../domain/rack/rack.ts";
import { listDue } from "../list-due.ts";
import type { Db, Tx } from "../tables.ts";

/** Whose a place is, and on what grounds. */
export type PlaceGrounds = {
  /** What it is for; of a device its name. */
  name: string;
  officeId: number;
  ticketId: number | null;
  /** Number of the letter, where there is one. */
  letter: string | null;
};

/** A place that has not ended. */
export type StoredPlace = Place & {
  grounds: PlaceGrounds;
  assetId: number | null;
  /** When the clock ends a reservation; null: it goes on until it is used or ended. */
  until: Date | null;
};

function selectPresent(db: Db) {
  return db
    .selectFrom("rack_place")
    .select(["id", "rack_id", "kind", "bottom", "height", "face", "watts", "asset_id", "until"])
    .select(["name", "office_id", "ticket_id", "letter"])
    .select(
      sql<number[]>`array(select feed_id::integer from place_feed
        where place_id = rack_place.id order by feed_id)`.as("feed_ids"),
    )
    .where("ended_at", "is", null);
}

type PlaceRow = Awaited<ReturnType<ReturnType<typeof selectPresent>["executeTakeFirstOrThrow"]>>;

function toPlace(row: PlaceRow): StoredPlace {
  const { id, kind, bottom, height, face, watts, until } = row;
  const grounds = { name: row.name, officeId: row.office_id, ticketId: row.ticket_id, letter: row.letter };
  const place = { id, kind, bottom, height, face, watts, until, grounds };
  return { ...place, rackId: row.rack_id, feedIds: row.feed_ids, assetId: row.asset_id };
}

/** What is in these racks now, the lowest first. */
export async function listPresentPlaces(db: Db, rackIds: readonly number[]): Promise<StoredPlace[]> {
  if (rackIds.length === 0) return [];
  const rows = await selectPresent(db).where("rack_id", "in", rackIds).orderBy("bottom").orderBy("id").execute();
  return rows.map(toPlace);
}

/** One that has not ended. */
export async function findPresentPlace(db: Db, id: number): Promise<StoredPlace | undefined> {
  const row = await selectPresent(db).where("id", "=", id).executeTakeFirst();
  return row && toPlace(row);
}

/** Where a device is now. */
export async function findPlaceOfAsset(db: Db, assetId: number): Promise<StoredPlace | undefined> {
  const row = await selectPresent(db).where("asset_id", "=", assetId).executeTakeFirst();
  return row && toPlace(row);
}

/** What is reserved for a ticket now; there is one at most. */
export async function findReservedPlaceOfTicket(db: Db, ticketId: number): Promise<StoredPlace | undefined> {
  const row = await selectPresent(db)
    .where("ticket_id", "=", ticketId)
    .where("kind", "=", "reserved")
    .executeTakeFirst();
  return row && toPlace(row);
}

/** What a ticket has in racks now, reserved and occupied. */
export async function listPlacesOfTicket(db: Db, ticketId: number): Promise<StoredPlace[]> {
  const rows = await selectPresent(db).where("ticket_id", "=", ticketId).orderBy("id").execute();
  return rows.map(toPlace);
}

/** Reservations whose time is over, the first due first. */
export function listPlacesDue(db: Db, now: Date, limit: number): Promise<number[]> {
  return listDue(db, { table: "rack_place" }, now, limit);
}

/** @param rack that is locked, and in which it fits */
export async function insertPlace(
  tx: Tx,
  rack: Pick<Rack, "id" | "heightU">,
  place: Omit<StoredPlace, "id" | "rackId">,
  { personId, now }: { personId: number; now: Date },
): Promise<number> {
  const { kind, bottom, height, face, watts, until, grounds } = place;
  const { id } = await tx
    .insertInto("rack_place")
    .values({
      ...{ rack_id: rack.id, rack_height_u: rack.heightU, kind, bottom, height, face, watts, until },
      ...{ name: grounds.name, office_id: grounds.officeId, ticket_id: grounds.ticketId, letter: grounds.letter },
      ...{ asset_id: place.assetId, since: now, begun_by: personId },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const feeds = place.feedIds.toSorted((one, other) => one - other);
  if (feeds.length > 0) {
    const rows = feeds.map((feedId) => ({ place_id: id, feed_id: feedId, rack_id: rack.id }));
    await tx.insertInto("place_feed").values(rows).execute();
  }
  return id;
}

/**
 * @param by.personId null: the clock
 * @param record the letter or the handover record with which a device left
 */
export async function endPlace(
  tx: Tx,
  id: number,
  by: { personId: number | null; now: Date },
  record?: { number: string; on: string },
): Promise<void> {
  await tx
    .updateTable("rack_place")
    .set({ ended_at: by.now, ended_by: by.personId })
    .set({ end_letter: record?.number ?? null, end_letter_on: record?.on ?? null })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .execute();
}
