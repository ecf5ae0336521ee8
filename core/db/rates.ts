import type { Tx } from "./tables.ts";

/** Buckets that have long been full again. */
export async function deleteRatesBefore(tx: Tx, date: Date): Promise<void> {
  await tx.deleteFrom("rate_bucket").where("refilled_at", "<", date).execute();
}
