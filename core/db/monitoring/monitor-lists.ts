import type { Called } from "../../domain/monitoring/find-targets.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { Db } from "../tables.ts";

/** A target by what it is called, and by whose it is. @property contract its provider and circuit number, by which the desk finds it */
export type ListedTarget = Called & {
  contract: readonly string[];
  kind: TargetKind;
  officeId: number | null;
  officeCode: string | null;
  isPublic: boolean;
};

/** All that are watched or paused, by their names. */
export async function listNamedTargets(db: Db): Promise<ListedTarget[]> {
  const rows = await db
    .selectFrom("monitor_target as target")
    .leftJoin("office", "office.id", "target.office_id")
    .select(["target.id", "target.kind", "target.name", "target.office_id as officeId", "office.code as officeCode"])
    .select(["office.name as officeName", "target.provider", "target.circuit_number as circuitNumber"])
    .select("target.is_public as isPublic")
    .where("target.removed_at", "is", null)
    .orderBy("target.name")
    .execute();
  return rows.map(({ officeName, provider, circuitNumber, ...row }) => ({
    ...row,
    others: [row.officeCode, officeName].filter((word) => word !== null),
    contract: [provider, circuitNumber].filter((word) => word !== null),
  }));
}
