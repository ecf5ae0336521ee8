import type { AssetKind } from "../../domain/inventory/asset.ts";
import type { Db } from "../tables.ts";

/** A device of the inventory, as it is chosen. */
export type ListedDevice = { id: number; name: string; officeCode: string; ports: number };

function selectDevices(db: Db) {
  return db
    .selectFrom("asset")
    .innerJoin("office", "office.id", "asset.office_id")
    .select(["asset.id", "asset.name", "office.code as officeCode", "asset.ports"])
    .where("asset.state", "<>", "retired")
    .orderBy("asset.name");
}

/** What is in no rack, by name. @param except kinds that stand in none */
export function listDevicesWithoutPlace(db: Db, except: readonly AssetKind[]): Promise<ListedDevice[]> {
  return selectDevices(db)
    .where("asset.kind", "not in", except)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom("rack_place")
            .select("rack_place.id")
            .whereRef("rack_place.asset_id", "=", "asset.id")
            .where("rack_place.ended_at", "is", null),
        ),
      ),
    )
    .execute();
}

/** What has ports into which a cable goes, by name. */
export function listDevicesWithPorts(db: Db): Promise<ListedDevice[]> {
  return selectDevices(db).where("asset.ports", ">", 0).execute();
}
