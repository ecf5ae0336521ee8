import type { Span } from "../../domain/monitoring/spans.ts";
import type { Db, Tx } from "../tables.ts";

export type MaintenanceWindow = { id: number; targetId: number; beginsAt: Date; endsAt: Date; reason: string };

function selectWindows(db: Db) {
  return db
    .selectFrom("maintenance_window")
    .select(["id", "target_id as targetId", "begins_at as beginsAt", "ends_at as endsAt", "reason"]);
}

/** Those that have a part in that time. */
export function listWindowsIn(db: Db, { from, until }: Span): Promise<MaintenanceWindow[]> {
  return selectWindows(db).where("begins_at", "<", until).where("ends_at", ">", from).orderBy("begins_at").execute();
}

/** Those in which that instant lies. */
export function listWindowsAt(db: Db, at: Date): Promise<MaintenanceWindow[]> {
  return selectWindows(db).where("begins_at", "<=", at).where("ends_at", ">", at).orderBy("id").execute();
}

export async function insertWindow(
  tx: Tx,
  { targetId, beginsAt, endsAt, reason }: Omit<MaintenanceWindow, "id">,
  { setBy, now }: { setBy: number; now: Date },
): Promise<number> {
  const { id } = await tx
    .insertInto("maintenance_window")
    .values({ target_id: targetId, begins_at: beginsAt, ends_at: endsAt, reason, set_by: setBy, set_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** What lasts of a target ends now. */
export async function endWindows(tx: Tx, targetId: number, now: Date): Promise<void> {
  await tx
    .updateTable("maintenance_window")
    .set({ ends_at: now })
    .where("target_id", "=", targetId)
    .where("begins_at", "<", now)
    .where("ends_at", ">", now)
    .execute();
}

/** Those of a target that begin later, the first one first. */
export function listPlannedWindows(db: Db, targetId: number, now: Date): Promise<MaintenanceWindow[]> {
  return selectWindows(db)
    .where("target_id", "=", targetId)
    .where("begins_at", ">", now)
    .orderBy("begins_at")
    .execute();
}

/** @returns the id of its target; undefined where it has begun, or there is none */
export async function deletePlannedWindow(tx: Tx, id: number, now: Date): Promise<number | undefined> {
  const row = await tx
    .deleteFrom("maintenance_window")
    .where("id", "=", id)
    .where("begins_at", ">", now)
    .returning("target_id as targetId")
    .executeTakeFirst();
  return row?.targetId;
}
