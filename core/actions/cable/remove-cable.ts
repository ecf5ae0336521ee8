import { endLabels } from "../../db/cable/cable-labels.ts";
import { findCables, listCableIdsOf, lockCables, markCableRemoved } from "../../db/cable/cables.ts";
import { endPortUse } from "../../db/cable/port-uses.ts";
import { lockAsset } from "../../db/inventory/assets.ts";
import type { Tx } from "../../db/tables.ts";
import { refusalOfCabling } from "../../domain/cable/cable-rules.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Setting } from "../setting.ts";
import { recordCable } from "./record-cable.ts";

/**
 * A cable was taken out: both of its ports are free, and its label ends.
 *
 * @param input.labelId the label as who removes it saw it: a cable that was moved since is another one
 */
export async function removeCable(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { cableId: number; labelId: number },
): Promise<Outcome> {
  const mayCable = refusalOfCabling(person);
  if (!mayCable.ok) return mayCable;
  const { cableId, labelId } = input;
  const lying = await lockCables(tx, [cableId]);
  const [cable] = await findCables(tx, lying);
  if (cable === undefined || cable.label.id !== labelId) return refuse("cable-changed", { cableId });
  await takeOut(tx, setting, lying, { personId: person.id });
  return accept();
}

/**
 * All cables of a device are taken out, such as when it is given back. For actions that have authorised that, and lock no
 * further device after this; safe to do twice.
 *
 * @returns the ids of the cables
 */
export async function removeCablesOf(
  tx: Tx,
  setting: Setting,
  assetId: number,
  by: { personId: number },
): Promise<number[]> {
  await lockAsset(tx, assetId);
  const lying = await lockCables(tx, await listCableIdsOf(tx, assetId));
  const still = new Set(await listCableIdsOf(tx, assetId));
  const removed = lying.filter((id) => still.has(id));
  await takeOut(tx, setting, removed, by);
  return removed;
}

/** @param cableIds that are locked and lie */
async function takeOut(
  tx: Tx,
  setting: Setting,
  cableIds: readonly number[],
  { personId }: { personId: number },
): Promise<void> {
  if (cableIds.length === 0) return;
  const by = { personId, now: setting.now };
  for (const { id, ends } of await findCables(tx, cableIds)) {
    for (const { useId } of ends) await endPortUse(tx, useId, by);
    await markCableRemoved(tx, id, by);
    await recordCable(tx, setting, personId, "cable-removed", id);
  }
  await endLabels(tx, cableIds, setting.now);
}
