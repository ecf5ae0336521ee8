import type { Insertable } from "kysely";
import type { Asset } from "../domain/inventory/asset.ts";
import type { InventoryTables } from "./inventory-tables.ts";
import type { Db, Tx } from "./tables.ts";

function selectAssets(db: Db) {
  return db
    .selectFrom("asset")
    .innerJoin("office", "office.id", "asset.office_id")
    .select(["asset.id", "asset.kind", "asset.name", "asset.state", "asset.model", "asset.location", "asset.ports"])
    .select(["asset.office_id as officeId", "office.code as officeCode", "office.name as officeName"])
    .select(["asset.asset_tag as assetTag", "asset.serial_number as serialNumber", "asset.provider"])
    .select(["asset.circuit_number as circuitNumber", "asset.bandwidth_mbps as bandwidthMbps"])
    .select(["asset.ends_on as endsOn", "asset.maintainer", "asset.ticket_id as ticketId"])
    .select(["asset.added_at as addedAt", "asset.changed_at as changedAt"]);
}

export function findAsset(db: Db, id: number): Promise<Asset | undefined> {
  return selectAssets(db).where("asset.id", "=", id).executeTakeFirst();
}

/** Of those that are not retired there is one of a name; capitals do not matter. */
export function findAssetNamed(db: Db, name: string): Promise<Asset | undefined> {
  return selectAssets(db)
    .where((row) => row(row.fn<string>("lower", ["asset.name"]), "=", name.toLowerCase()))
    .where("asset.state", "<>", "retired")
    .executeTakeFirst();
}

export function lockAsset(tx: Tx, id: number): Promise<Asset | undefined> {
  return selectAssets(tx).where("asset.id", "=", id).forUpdate("asset").executeTakeFirst();
}

export async function insertAsset(tx: Tx, asset: Insertable<InventoryTables["asset"]>): Promise<number> {
  const { id } = await tx.insertInto("asset").values(asset).returning("id").executeTakeFirstOrThrow();
  return id;
}
