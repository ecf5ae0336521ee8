import { findAsset } from "../../db/inventory/assets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import {
  countBehind,
  findTargetNamed,
  findTargetOfAsset,
  lockTargets,
  type StoredTarget,
  updateTarget,
} from "../../db/monitoring/monitor-targets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import { isDevice } from "../../domain/monitoring/device.ts";
import { refusalOfManagingTargets } from "../../domain/monitoring/target-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { stopWatching } from "./remove-target.ts";
import { tellOfOutages } from "./tell-of-outages.ts";

/**
 * What is watched by the name of a device of the inventory is that device from now on.
 *
 * @returns the target's id, also where it was so already; undefined: no device is watched by that name
 */
export async function tieAsset(
  tx: Tx,
  person: Person,
  setting: Setting,
  { assetId }: { assetId: number },
): Promise<Outcome<number | undefined>> {
  const mayManage = refusalOfManagingTargets(person);
  if (!mayManage.ok) return mayManage;
  await lockTargets(tx);
  const asset = await findAsset(tx, assetId);
  if (asset === undefined) return refuse("no-such-asset");
  if (!isDevice(asset)) return refuse("asset-not-watched", { name: asset.name });
  const tied = await findTargetOfAsset(tx, assetId);
  if (tied !== undefined) return accept(tied.id);
  const named = await findTargetNamed(tx, asset.name);
  if (named?.kind !== "device" || named.assetId !== null) return accept(undefined);
  await store(tx, person, setting, { ...named, assetId });
  return accept(named.id);
}

/** How many that are watched lie right behind a device of the inventory. */
export async function countBehindAsset(tx: Tx, assetId: number): Promise<number> {
  const target = await findTargetOfAsset(tx, assetId);
  return target === undefined ? 0 : countBehind(tx, target.id);
}

/** Where a device of the inventory is watched, it is no more. States and targets are locked, before the asset. */
export async function stopWatchingAsset(tx: Tx, person: Person, setting: Setting, assetId: number): Promise<void> {
  const target = await findTargetOfAsset(tx, assetId);
  if (target === undefined) return;
  await stopWatching(tx, setting, target, { personId: person.id });
  await tellOfOutages(tx, setting);
}

/** Where it is watched as its office's, it is the new office's there too. Targets are locked, before the asset. @param before its transfer */
export async function moveWatchedAsset(
  tx: Tx,
  person: Person,
  setting: Setting,
  before: Asset,
  officeId: number,
): Promise<void> {
  const target = await findTargetOfAsset(tx, before.id);
  if (target?.officeId === before.officeId) await store(tx, person, setting, { ...target, officeId });
}

async function store(tx: Tx, person: Person, { now }: Setting, target: StoredTarget): Promise<void> {
  await updateTarget(tx, target.id, target, now);
  await writeJournal(tx, {
    ...{ at: now, actorId: person.id, event: "target-changed" },
    subject: { kind: "target", id: target.id },
  });
}
