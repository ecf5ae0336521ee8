import { sql } from "kysely";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { Db, Tx } from "../tables.ts";

/** The certificate that a check saw last. @property toldDays before its end up to which somebody was told; null: of none */
export type SeenCertificate = {
  checkId: number;
  settings: CheckSettings;
  targetId: number;
  targetKind: TargetKind;
  endsAt: Date;
  toldDays: number | null;
};

/** Of all that are watched. @param since what was seen before is too old */
export async function listCertificates(db: Db, since: Date): Promise<SeenCertificate[]> {
  const { rows } = await sql<SeenCertificate>`
    select asked.id as "checkId", asked.settings, asked.target_id as "targetId", target.kind as "targetKind",
      seen.certificate_ends_at as "endsAt", warning.told_days as "toldDays"
    from monitor_check as asked
      join monitor_target as target on target.id = asked.target_id and not target.is_paused
      cross join lateral (
        select certificate_ends_at from monitor_sample
        where check_id = asked.id and at >= ${since} and certificate_ends_at is not null
        order by at desc limit 1
      ) as seen
      left join certificate_warning as warning
        on warning.check_id = asked.id and warning.ends_at = seen.certificate_ends_at
    where asked.removed_at is null and asked.settings ->> 'kind' = 'http'
    order by seen.certificate_ends_at, asked.id`.execute(db);
  return rows;
}

export async function saveWarning(
  tx: Tx,
  { checkId, endsAt, toldDays }: { checkId: number; endsAt: Date; toldDays: number },
): Promise<void> {
  await tx
    .insertInto("certificate_warning")
    .values({ check_id: checkId, ends_at: endsAt, told_days: toldDays })
    .onConflict((conflict) => conflict.columns(["check_id", "ends_at"]).doUpdateSet({ told_days: toldDays }))
    .execute();
}
