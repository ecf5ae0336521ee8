import type { FilledRack, Rack } from "../../domain/rack/rack.ts";
import type { Db, Tx } from "../tables.ts";
import { listFeeds } from "./power-feeds.ts";
import { listPresentPlaces } from "./rack-places.ts";

function selectRacks(db: Db) {
  return db
    .selectFrom("rack")
    .innerJoin("room", "room.id", "rack.room_id")
    .select(["rack.id", "rack.room_id as roomId", "room.code as roomCode", "room.name as roomName"])
    .select(["rack.code", "rack.height_u as heightU"])
    .select((row) => row("rack.removed_at", "is not", null).$castTo<boolean>().as("isRemoved"));
}

export function findRack(db: Db, id: number): Promise<Rack | undefined> {
  return selectRacks(db).where("rack.id", "=", id).executeTakeFirst();
}

/** Those of a room, or all, in the order of their codes. */
export function listRacks(db: Db, roomId?: number): Promise<Rack[]> {
  return selectRacks(db)
    .where("rack.removed_at", "is", null)
    .$if(roomId !== undefined, (query) => query.where("rack.room_id", "=", roomId ?? 0))
    .orderBy("room.code")
    .orderBy("rack.code")
    .execute();
}

/** Racks with what is in them now. */
export async function fillRacks(db: Db, racks: readonly Rack[]): Promise<FilledRack[]> {
  const ids = racks.map(({ id }) => id);
  const places = await listPresentPlaces(db, ids);
  const feeds = await listFeeds(db, ids);
  return racks.map((rack) => ({
    ...rack,
    places: places.filter(({ rackId }) => rackId === rack.id),
    feeds: feeds.filter(({ rackId }) => rackId === rack.id),
  }));
}

/**
 * One change of what is in it at a time. Several are locked in the order of their ids.
 *
 * @returns undefined where it is not there, or removed
 */
export async function lockRack(tx: Tx, id: number): Promise<FilledRack | undefined> {
  const rack = await selectRacks(tx).where("rack.id", "=", id).forUpdate("rack").executeTakeFirst();
  if (rack === undefined || rack.isRemoved) return undefined;
  const [filled] = await fillRacks(tx, [rack]);
  return filled;
}

/** @returns its id; undefined where the room has one of that code */
export async function insertRack(
  tx: Tx,
  rack: Pick<Rack, "roomId" | "code" | "heightU">,
  { personId, now }: { personId: number; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("rack")
    .values({ room_id: rack.roomId, code: rack.code, height_u: rack.heightU, added_by: personId, added_at: now })
    .onConflict((conflict) => conflict.columns(["room_id", "code"]).where("removed_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function updateRackHeight(tx: Tx, id: number, heightU: number): Promise<void> {
  await tx.updateTable("rack").set({ height_u: heightU }).where("id", "=", id).execute();
}

export async function markRackRemoved(tx: Tx, id: number, by: { personId: number; now: Date }): Promise<void> {
  await tx.updateTable("rack").set({ removed_by: by.personId, removed_at: by.now }).where("id", "=", id).execute();
}
