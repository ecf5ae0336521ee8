import { screensOf } from "../screens-of.ts";
import { renderAssetExport } from "./asset-export.ts";
import { renderAssetImport, renderAssetProblems } from "./asset-import.ts";
import { renderAsset, renderAssetHistory, renderAssetRetiring, renderAssetTickets } from "./asset-page.ts";
import { renderAssetOffices, renderAssets, renderAssetsFound, renderContracts, renderInventory } from "./inventory.ts";
import { renderTicketAssets } from "./linked-assets.ts";

export const assetScreens = screensOf({
  inventory: renderInventory,
  assets: renderAssets,
  "asset-offices": renderAssetOffices,
  contracts: renderContracts,
  "assets-found": renderAssetsFound,
  asset: renderAsset,
  "asset-history": renderAssetHistory,
  "asset-tickets": renderAssetTickets,
  "asset-retiring": renderAssetRetiring,
  "ticket-assets": renderTicketAssets,
  "asset-import": renderAssetImport,
  "asset-import-problems": renderAssetProblems,
  "asset-export": renderAssetExport,
});
