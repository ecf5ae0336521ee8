import { findAsset } from "../../../core/db/inventory/assets.ts";
import { findTargetOfAsset } from "../../../core/db/monitoring/monitor-targets.ts";
import { findPresent } from "../../../core/db/monitoring/present-states.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Asset } from "../../../core/domain/inventory/asset.ts";
import { maySeeAssetsOf } from "../../../core/domain/inventory/asset-rules.ts";
import { isDevice } from "../../../core/domain/monitoring/device.ts";
import { mayManageTargets, maySeeTarget } from "../../../core/domain/monitoring/target-access.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import type { Button } from "../../rendered.ts";
import { type Html, html } from "../html.ts";
import { assetButton } from "../inventory/asset-words.ts";
import { stateWordsOf, targetButton } from "./monitor-words.ts";
import { stateOf } from "./status.ts";

/** On the page of an asset: how it is where it is watched; where it can be, a button that begins it. */
export async function watchedLines(
  db: Db,
  viewer: Person,
  asset: Asset,
  now: Date,
): Promise<{ line?: Html; buttons: Button[] }> {
  const target = await findTargetOfAsset(db, asset.id);
  if (target === undefined) {
    const button: Button = { label: "📡 Pantau perangkat ini", press: { do: "watch-asset", assetId: asset.id } };
    return { buttons: isDevice(asset) && mayManageTargets(viewer) ? [button] : [] };
  }
  const state = (await findPresent(db, viewer, now)).all.get(target.id);
  if (state === undefined || !maySeeTarget(viewer, target)) return { buttons: [] };
  const { icon, label } = stateWordsOf(target)[stateOf(state)];
  return { line: html`Dipantau: ${icon} ${label}`, buttons: [targetButton(target.id, "📡 Status")] };
}

/** On the page of a target: the way to what the inventory knows of it. */
export async function assetOfTarget(db: Db, viewer: Person, assetId: number | null): Promise<Button[]> {
  const asset = assetId === null ? undefined : await findAsset(db, assetId);
  return asset !== undefined && maySeeAssetsOf(viewer, asset.officeId) ? [assetButton(asset.id, "🧾 Inventaris")] : [];
}
