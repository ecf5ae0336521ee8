import { findNode, type StoredNode } from "../../db/cable/cable-nodes.ts";
import { findPlaceOfPort } from "../../db/cable/cables.ts";
import { endPortUse, findPortUse, type PortUse, takePort } from "../../db/cable/port-uses.ts";
import { lockAssets } from "../../db/inventory/assets.ts";
import type { Tx } from "../../db/tables.ts";
import type { Side } from "../../domain/cable/cable.ts";
import { type PortTaken, refusalOfEnds, refusalOfTaking } from "../../domain/cable/cable-rules.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";

/** A port of a device, as somebody wishes it. */
export type PortWish = { assetId: number; port: number };

/** An end whose device is locked; `reservation`: what is reserved for its cable and ends when that takes the port. */
export type LockedEnd = { asset: Asset; node: StoredNode; port: number; reservation: PortUse | undefined };

/**
 * Locks the devices of both ends, the lowest id first, and asks the rules whether a cable can go from the one port to the other.
 *
 * @param options.taking which of them the cable is to take; the others it has already
 * @param options.alsoLock a further device whose port it leaves
 * @returns refused with `end`, 0 or 1, where one of them is in the way
 */
export async function lockEnds(
  tx: Tx,
  wishes: readonly [PortWish, PortWish],
  { taking, alsoLock }: { taking: readonly (0 | 1)[]; alsoLock?: number },
): Promise<Outcome<[LockedEnd, LockedEnd]>> {
  const ids = [...wishes.map(({ assetId }) => assetId), ...(alsoLock === undefined ? [] : [alsoLock])];
  const assets = await lockAssets(tx, ids);
  const one = await endOf(tx, assets, wishes[0]);
  const other = await endOf(tx, assets, wishes[1]);
  if (one === undefined) return refuse("cable-device-unknown", { end: 0 });
  if (other === undefined) return refuse("cable-device-unknown", { end: 1 });
  const ends: [LockedEnd, LockedEnd] = [one, other];
  const mayJoin = refusalOfEnds(ends);
  if (!mayJoin.ok) return mayJoin;
  for (const index of taking) {
    const end = ends[index];
    const present = await findPortUse(tx, { assetId: end.asset.id, port: end.port });
    const mayTake = refusalOfTaking(end, await takenBy(tx, present), ends[index === 0 ? 1 : 0]);
    if (!mayTake.ok) return refuse(mayTake.refusal.code, { ...mayTake.refusal.values, end: index });
    ends[index] = { ...end, reservation: present };
  }
  return accept(ends);
}

async function endOf(
  tx: Tx,
  assets: ReadonlyMap<number, Asset>,
  { assetId, port }: PortWish,
): Promise<LockedEnd | undefined> {
  const asset = assets.get(assetId);
  const node = await findNode(tx, assetId);
  return asset && node && { asset, node, port, reservation: undefined };
}

async function takenBy(tx: Tx, use: PortUse | undefined): Promise<PortTaken | undefined> {
  if (use?.cableId != null) return { by: "cable", cableId: use.cableId };
  const place = use?.placeId == null ? undefined : await findPlaceOfPort(tx, use.placeId);
  if (use?.placeId == null || place === undefined) return undefined;
  return { by: "place", name: `${place.name} (${place.officeCode})`, assetId: place.assetId };
}

/** The cable takes the port; what was reserved for it ends. */
export async function giveToCable(
  tx: Tx,
  { asset, port, reservation }: LockedEnd,
  cable: { id: number; side: Side },
  by: { personId: number; now: Date },
): Promise<void> {
  if (reservation !== undefined) await endPortUse(tx, reservation.id, by);
  await takePort(tx, asset, { port, placeId: null, cable }, by);
}
