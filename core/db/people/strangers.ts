import type { Tx } from "../tables.ts";

/** @returns whether this stranger was answered before */
export async function noteStranger(tx: Tx, telegramUserId: number, now: Date): Promise<{ wasAnswered: boolean }> {
  const row = await tx
    .insertInto("stranger")
    .values({ telegram_user_id: telegramUserId, first_seen_at: now, last_seen_at: now })
    .onConflict((conflict) => conflict.column("telegram_user_id").doUpdateSet({ last_seen_at: now }))
    .returning("answered_at")
    .executeTakeFirstOrThrow();
  return { wasAnswered: row.answered_at !== null };
}

export async function markStrangerAnswered(tx: Tx, telegramUserId: number, now: Date): Promise<void> {
  await tx.updateTable("stranger").set({ answered_at: now }).where("telegram_user_id", "=", telegramUserId).execute();
}

export async function forgetStranger(tx: Tx, telegramUserId: number): Promise<void> {
  await tx.deleteFrom("stranger").where("telegram_user_id", "=", telegramUserId).execute();
}

/** @returns how many were forgotten */
export async function forgetStrangersSince(tx: Tx, lastSeenBefore: Date): Promise<number> {
  const result = await tx.deleteFrom("stranger").where("last_seen_at", "<", lastSeenBefore).executeTakeFirst();
  return Number(result.numDeletedRows);
}
