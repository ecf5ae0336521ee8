import type { Check, CheckSettings } from "../domain/monitoring/check.ts";
import type { Db, Tx } from "./tables.ts";

function selectChecks(db: Db) {
  return db
    .selectFrom("monitor_check")
    .select(["id", "target_id as targetId", "settings"])
    .where("removed_at", "is", null)
    .orderBy("id");
}

/** All, also of targets that are paused. */
export function listChecks(db: Db): Promise<Check[]> {
  return selectChecks(db).execute();
}

export function listChecksOf(db: Db, targetId: number): Promise<Check[]> {
  return selectChecks(db).where("target_id", "=", targetId).execute();
}

/** By which the way to a target is judged: its pings, where it has or had some, else all its checks; those that are gone, too. */
export async function listMainChecks(db: Db, targetIds: readonly number[]): Promise<Check[]> {
  if (targetIds.length === 0) return [];
  const all = await db
    .selectFrom("monitor_check")
    .select(["id", "target_id as targetId", "settings"])
    .where("target_id", "in", targetIds)
    .orderBy("id")
    .execute();
  const pinged = new Set(all.filter(({ settings }) => settings.kind === "icmp").map(({ targetId }) => targetId));
  return all.filter(({ targetId, settings }) => settings.kind === "icmp" || !pinged.has(targetId));
}

export function findCheck(db: Db, id: number): Promise<Check | undefined> {
  return selectChecks(db).where("id", "=", id).executeTakeFirst();
}

/** @returns its id; undefined where the target has the same one already */
export async function insertCheck(
  tx: Tx,
  { targetId, settings, now }: { targetId: number; settings: CheckSettings; now: Date },
): Promise<number | undefined> {
  const row = await tx
    .insertInto("monitor_check")
    .values({ target_id: targetId, settings: JSON.stringify(settings), added_at: now })
    .onConflict((conflict) => conflict.columns(["target_id", "settings"]).where("removed_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** What it found stays its. */
export async function updateCheckSettings(tx: Tx, id: number, settings: CheckSettings): Promise<void> {
  await tx
    .updateTable("monitor_check")
    .set({ settings: JSON.stringify(settings) })
    .where("id", "=", id)
    .execute();
}

export async function markCheckRemoved(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.updateTable("monitor_check").set({ removed_at: now }).where("id", "=", id).execute();
}
