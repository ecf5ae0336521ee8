import { endPortUse, listPortsOfPlace, takePort } from "../../db/cable/port-uses.ts";
import { lockAsset, lockAssets } from "../../db/inventory/assets.ts";
import { writeJournal } from "../../db/journal/journal.ts";
import { findPlaceOfAsset, insertPlace, type StoredPlace } from "../../db/rack/rack-places.ts";
import type { Tx } from "../../db/tables.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Rack } from "../../domain/rack/rack.ts";
import { refusalOfMounting } from "../../domain/rack/rack-rules.ts";
import type { Setting } from "../setting.ts";

export type Beginning = Omit<StoredPlace, "id" | "rackId">;

/** A device that can be put into a rack; it is locked, so that it gets one place only. */
export async function lockDevice(tx: Tx, assetId: number): Promise<Outcome<Asset>> {
  const asset = await lockAsset(tx, assetId);
  return refusalOfMounting(asset, await findPlaceOfAsset(tx, assetId));
}

/** Before a place ends for another one: its device and all whose ports are reserved for it. @param assetId null: none */
export async function lockDevicesOf(tx: Tx, placeId: number, assetId: number | null): Promise<void> {
  const ports = await listPortsOfPlace(tx, placeId);
  await lockAssets(tx, [...ports.map((port) => port.assetId), ...(assetId === null ? [] : [assetId])]);
}

/** What a place is by which a device stands somewhere: it is called as the device is, and belongs to whom that belongs to. */
export function placeOfDevice(
  { id: assetId, name, officeId }: Asset,
  where: Pick<Beginning, "bottom" | "height" | "face" | "watts" | "feedIds">,
  { ticketId, letter }: Pick<Beginning["grounds"], "ticketId" | "letter">,
): Beginning {
  const { bottom, height, face, watts, feedIds } = where;
  const grounds = { name, officeId, ticketId, letter };
  return { kind: "occupied", bottom, height, face, watts, feedIds, grounds, assetId, until: null };
}

/** @param rack that is locked, and in which it fits @returns the id of the place */
export async function beginPlace(
  tx: Tx,
  setting: Setting,
  rack: Pick<Rack, "id" | "heightU">,
  beginning: Beginning,
  by: { personId: number },
): Promise<number> {
  const id = await insertPlace(tx, rack, beginning, { ...by, now: setting.now });
  const event = beginning.kind === "reserved" ? "place-reserved" : "place-occupied";
  await recordPlace(tx, setting, event, { ...beginning, id, rackId: rack.id }, by);
  return id;
}

/** What is reserved of switches, which are locked, for a place goes over to the one that takes its place. */
export async function carryPorts(
  tx: Tx,
  { now }: Setting,
  places: { from: number; to: number },
  { personId }: { personId: number },
): Promise<void> {
  for (const { id, assetId, port } of await listPortsOfPlace(tx, places.from)) {
    const asset = await lockAsset(tx, assetId);
    if (asset === undefined) throw new Error(`carrying port use ${id} over: its device ${assetId} is not there`);
    await endPortUse(tx, id, { personId, now });
    await takePort(tx, asset, { port, placeId: places.to }, { personId, now });
  }
}

/** @param by.personId null: the clock */
export function recordPlace(
  tx: Tx,
  { now }: Setting,
  event: "place-reserved" | "place-occupied" | "place-freed",
  place: StoredPlace,
  { personId }: { personId: number | null },
): Promise<void> {
  const { rackId, kind, bottom, height, face, watts, assetId, grounds } = place;
  return writeJournal(tx, {
    at: now,
    actorId: personId,
    ...(personId === null ? { onBehalfOf: "data-center" } : {}),
    event,
    subject: { kind: "place", id: place.id },
    details: {
      rackId,
      kind,
      bottom,
      height,
      face,
      watts,
      assetId,
      officeId: grounds.officeId,
      ticketId: grounds.ticketId,
    },
  });
}
