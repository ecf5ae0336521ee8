import { sql } from "kysely";
import type { Check, CheckSettings } from "../../domain/monitoring/check.ts";
import { preferPings } from "../../domain/monitoring/main-checks.ts";
import type { Span } from "../../domain/monitoring/spans.ts";
import type { Db, Tx } from "../tables.ts";

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

/** That a target was watched by at some time of a span, those that are gone, too. */
export function listChecksIn(db: Db, targetIds: readonly number[], { from, until }: Span): Promise<Check[]> {
  return db
    .selectFrom("monitor_check")
    .select(["id", "target_id as targetId", "settings"])
    .where("target_id", "=", sql<number>`any(${targetIds}::bigint[])`)
    .where("added_at", "<", until)
    .where((check) => check.or([check("removed_at", "is", null), check("removed_at", ">", from)]))
    .orderBy("id")
    .execute();
}

/** By which the way to a target is judged in a span: by its pings, where it was pinged then, else by all its checks. */
export async function listMainChecks(db: Db, targetId: number, span: Span): Promise<readonly Check[]> {
  return preferPings(await listChecksIn(db, [targetId], span), ({ settings }) => settings.kind);
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
