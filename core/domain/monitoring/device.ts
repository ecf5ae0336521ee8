import type { Asset, AssetKind } from "../inventory/asset.ts";

/** What has no address of its own, or is watched as a link. */
const notDevices: readonly AssetKind[] = ["patch-panel", "outlet", "backbone", "bandwidth", "office-lan"];

/** Whether something of the inventory (R19) is a device that can be asked whether it is there. */
export function isDevice({ kind, state }: Pick<Asset, "kind" | "state">): boolean {
  return state !== "retired" && !notDevices.includes(kind);
}
