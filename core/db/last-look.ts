import { stoppedSince } from "../domain/monitoring/last-look.ts";
import type { Db, Tx } from "./tables.ts";

/** The monitor has looked around. */
export async function markLook(tx: Tx, now: Date): Promise<void> {
  await tx
    .insertInto("monitor_look")
    .values({ looked_at: now })
    .onConflict((conflict) => conflict.column("is_only").doUpdateSet({ looked_at: now }))
    .execute();
}

/** Since when no monitor runs; undefined where one does, or none ever did. */
export async function findStopped(db: Db, now: Date): Promise<Date | undefined> {
  const row = await db.selectFrom("monitor_look").select("looked_at").executeTakeFirst();
  return stoppedSince(row?.looked_at, now);
}
