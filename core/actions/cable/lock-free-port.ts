import { findPortUse } from "../../db/cable/port-uses.ts";
import { lockAsset } from "../../db/inventory/assets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";

/** A port of a device, from 1. */
export type SwitchPort = { assetId: number; port: number };

/** A port that nothing takes; its device is locked. */
export async function lockFreePort(
  tx: Tx,
  { assetId, port }: SwitchPort,
): Promise<Outcome<{ asset: Asset; port: number }>> {
  const asset = await lockAsset(tx, assetId);
  if (asset === undefined || asset.state === "retired") return refuse("device-unknown");
  const { name, ports } = asset;
  if (ports === 0) return refuse("device-without-ports", { name });
  if (!Number.isInteger(port) || port < 1 || port > ports) return refuse("port-outside", { name, ports });
  const taken = await findPortUse(tx, { assetId, port });
  return taken === undefined ? accept({ asset, port }) : refuse("port-taken", { name, port });
}
