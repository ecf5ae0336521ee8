import type { Db, Tx } from "../tables.ts";

/** Of a link. @property endsOn 2027-12-31 @property toldDays before its end up to which somebody was told; null: of none */
export type Contract = { targetId: number; endsOn: string; toldDays: number | null };

/** Of all links whose end is known, paused ones too, by their ends. */
export function listContracts(db: Db): Promise<Contract[]> {
  return db
    .selectFrom("monitor_target as target")
    .leftJoin("contract_warning as warning", (join) =>
      join.onRef("warning.target_id", "=", "target.id").onRef("warning.ends_on", "=", "target.ends_on"),
    )
    .select(["target.id as targetId", "target.ends_on as endsOn", "warning.told_days as toldDays"])
    .where("target.removed_at", "is", null)
    .where("target.ends_on", "is not", null)
    .$narrowType<{ endsOn: string }>()
    .orderBy("target.ends_on")
    .orderBy("target.id")
    .execute();
}

export async function saveContractWarning(
  tx: Tx,
  { targetId, endsOn, toldDays }: { targetId: number; endsOn: string; toldDays: number },
): Promise<void> {
  await tx
    .insertInto("contract_warning")
    .values({ target_id: targetId, ends_on: endsOn, told_days: toldDays })
    .onConflict((conflict) => conflict.columns(["target_id", "ends_on"]).doUpdateSet({ told_days: toldDays }))
    .execute();
}
