import type { AssetRegister } from "../../domain/inventory/asset-file.ts";
import { listOffices } from "../people/offices.ts";
import type { Db } from "../tables.ts";
import { listAllAssets } from "./asset-lists.ts";

/** All against which a list of assets is checked. */
export async function findAssetRegister(db: Db): Promise<AssetRegister> {
  return { offices: await listOffices(db), assets: await listAllAssets(db) };
}
