import { sql } from "kysely";
import { isSilent, stoppedSince } from "../../domain/monitoring/last-look.ts";
import type { Db, Tx } from "../tables.ts";

/** What the monitor knows of itself. @property lateChecks that began more than a second after their turn, since its start */
export type MonitorSelf = { uplink: "up" | "down" | "unknown"; lateChecks: number };

const unknownSelf: MonitorSelf = { uplink: "unknown", lateChecks: 0 };

/** The monitor has looked around. */
export async function markLook(db: Db, now: Date, { uplink, lateChecks } = unknownSelf): Promise<void> {
  const seen = { looked_at: now, uplink, late_checks: lateChecks };
  await db
    .insertInto("monitor_look")
    .values(seen)
    .onConflict((conflict) => conflict.column("is_only").doUpdateSet(seen))
    .execute();
}

/** The pages run, and hear who beats. */
export async function markWebLook(db: Db, now: Date): Promise<void> {
  const seen = { looked_at: now };
  await db
    .insertInto("web_look")
    .values(seen)
    .onConflict((conflict) => conflict.column("is_only").doUpdateSet(seen))
    .execute();
}

/** Since when no monitor runs; undefined where one does, or none ever did. */
export async function findStopped(db: Db, now: Date): Promise<Date | undefined> {
  const row = await db.selectFrom("monitor_look").select("looked_at").executeTakeFirst();
  return stoppedSince(row?.looked_at, now);
}

/** When the monitor last looked around, where something is to be watched. */
export type MonitorLook = { lookedAt: Date | null };

/** undefined: nothing is to be watched */
export async function findMonitorLook(db: Db): Promise<MonitorLook | undefined> {
  const { rows } = await sql<MonitorLook>`
    select (select looked_at from monitor_look) as "lookedAt"
    where exists (select from monitor_target where removed_at is null and not is_paused)`.execute(db);
  return rows[0];
}

/**
 * The monitor's last look, where that was before an instant, something is to be watched, and nobody was told yet that none followed.
 * The row of the pages is locked: that of the monitor may be held by one that hangs.
 */
export async function lockUntoldLook(tx: Tx, before: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ lookedAt: Date }>`
    select monitor_look.looked_at as "lookedAt" from web_look cross join monitor_look
    where monitor_look.looked_at <= ${before} and web_look.told_look is distinct from monitor_look.looked_at
      and exists (select from monitor_target where removed_at is null and not is_paused)
    for update of web_look`.execute(tx);
  return rows[0]?.lookedAt;
}

export async function markLookTold(tx: Tx, lookedAt: Date): Promise<void> {
  await tx.updateTable("web_look").set({ told_look: lookedAt }).execute();
}

/** While no pages run, nobody hears who beats. */
export async function isWebAway(db: Db, now: Date): Promise<boolean> {
  const row = await db.selectFrom("web_look").select("looked_at").executeTakeFirst();
  return isSilent(row?.looked_at, now);
}
