import type { AssetRegister } from "../domain/inventory/asset-file.ts";
import { listAllAssets } from "./asset-lists.ts";
import { listOffices } from "./offices.ts";
import type { Db } from "./tables.ts";

/** All against which a list of assets is checked. */
export async function findAssetRegister(db: Db): Promise<AssetRegister> {
  return { offices: await listOffices(db), assets: await listAllAssets(db) };
}
