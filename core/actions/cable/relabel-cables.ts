import { endLabels, findPresentCodes, insertLabel } from "../../db/cable/cable-labels.ts";
import { findCables, listCableIdsOf, lockCables } from "../../db/cable/cables.ts";
import { lockAsset } from "../../db/inventory/assets.ts";
import type { Tx } from "../../db/tables.ts";
import { cableCode } from "../../domain/cable/cable-code.ts";
import type { Setting } from "../setting.ts";
import { recordCable } from "./record-cable.ts";

/**
 * The place, the name or the asset tag of a device has changed: the labels of its cables that say it otherwise end, and others
 * begin, which wait to be printed. For actions that have changed it in `tx`, and lock no further device after this; safe to do twice.
 *
 * A code that is on another cable already is not given twice: that cable keeps its former label until one of the devices has an
 * asset tag, and its page says so.
 *
 * @returns the ids of the cables that have another label now
 */
export async function relabelCablesOf(
  tx: Tx,
  setting: Setting,
  assetId: number,
  by: { personId: number },
): Promise<number[]> {
  await lockAsset(tx, assetId);
  const lying = await lockCables(tx, await listCableIdsOf(tx, assetId));
  const wanted = (await findCables(tx, lying))
    .map(({ id, label, ends: [a, b] }) => ({ id, code: cableCode(a, b), present: label.code }))
    .filter(({ code, present }) => code !== present);
  if (wanted.length === 0) return [];
  const relabelled = await withoutTaken(tx, wanted);
  if (relabelled.length === 0) return [];
  const ids = relabelled.map(({ id }) => id);
  await endLabels(tx, ids, setting.now);
  for (const { id, code } of relabelled) {
    const isGiven = await insertLabel(tx, { cableId: id, code, now: setting.now });
    if (!isGiven) throw new Error(`relabelling cable ${id}: ${code} was given meanwhile`);
    await recordCable(tx, setting, by.personId, "cable-relabelled", id, { assetId });
  }
  return ids;
}

type Relabelling = { id: number; code: string };

/** Leaves out those whose code another cable has and keeps; what is left out keeps its own, which may leave out others. */
async function withoutTaken(tx: Tx, wanted: readonly Relabelling[]): Promise<readonly Relabelling[]> {
  const holders = await findPresentCodes(
    tx,
    wanted.map(({ code }) => code),
  );
  let left = wanted;
  for (;;) {
    const leaving = new Set(left.map(({ id }) => id));
    const kept = new Set(holders.filter(({ cableId }) => !leaving.has(cableId)).map(({ code }) => code));
    const next = left.filter(({ code }, index) => {
      return !kept.has(code) && left.findIndex((other) => other.code === code) === index;
    });
    if (next.length === left.length) return next;
    left = next;
  }
}
