import type { Room } from "../../domain/rack/rack.ts";
import type { Db, Tx } from "../tables.ts";

function selectRooms(db: Db) {
  return db
    .selectFrom("room")
    .select(["id", "code", "name", (row) => row("removed_at", "is not", null).$castTo<boolean>().as("isRemoved")]);
}

export function findRoom(db: Db, id: number): Promise<Room | undefined> {
  return selectRooms(db).where("id", "=", id).executeTakeFirst();
}

/** One change of which racks it has at a time. */
export function lockRoom(tx: Tx, id: number): Promise<Room | undefined> {
  return selectRooms(tx).where("id", "=", id).forNoKeyUpdate().executeTakeFirst();
}

export function listRooms(db: Db): Promise<Room[]> {
  return selectRooms(db).where("removed_at", "is", null).orderBy("code").execute();
}

/** @returns its id; undefined where one of that code is there */
export async function insertRoom(tx: Tx, room: Pick<Room, "code" | "name">): Promise<number | undefined> {
  const row = await tx
    .insertInto("room")
    .values(room)
    .onConflict((conflict) => conflict.column("code").where("removed_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function renameRoom(tx: Tx, id: number, name: string): Promise<void> {
  await tx.updateTable("room").set({ name }).where("id", "=", id).execute();
}

export async function markRoomRemoved(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable("room").set({ removed_at: now }).where("id", "=", id).execute();
}
