import { endPortUse, listPortsOfPlace, takePort } from "../../db/cable/port-uses.ts";
import { endPlace, findReservedPlaceOfTicket, type PlaceGrounds } from "../../db/rack/rack-places.ts";
import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Slot } from "../../domain/rack/place.ts";
import { refusalOfPlacing } from "../../domain/rack/rack-rules.ts";
import { lockFreePort, type SwitchPort } from "../cable/lock-free-port.ts";
import { relabelCablesOf } from "../cable/relabel-cables.ts";
import { removeCablesOf } from "../cable/remove-cable.ts";
import type { Setting } from "../setting.ts";
import { beginPlace, carryPorts, lockDevice, lockDevicesOf, placeOfDevice, recordPlace } from "./begin-place.ts";
import { lockPlace } from "./lock-place.ts";

// Who calls these has asked whether that may be done: a step of a procedure, or an action of the racks.

/** Where something is put. @property feedIds of the same rack; each carries all of the watts */
export type WantedPlace = Slot & { rackId: number; watts: number; feedIds: readonly number[] };

/**
 * Reserves a place, and a port of a switch for what will stand there.
 *
 * @param wanted.until null: until the ticket for which it is reserved uses or ends it
 * @returns the id of the place
 */
export async function holdPlace(
  tx: Tx,
  setting: Setting,
  wanted: WantedPlace & PlaceGrounds & { until: Date | null; switchPort?: SwitchPort },
  by: { personId: number },
): Promise<Outcome<number>> {
  const { rackId, switchPort, name, officeId, ticketId, letter, ...where } = wanted;
  const rack = await lockRack(tx, rackId);
  if (rack === undefined) return refuse("no-such-rack");
  const fits = refusalOfPlacing(rack, where);
  if (!fits.ok) return fits;
  const reserved = ticketId === null ? undefined : await findReservedPlaceOfTicket(tx, ticketId);
  if (reserved !== undefined) {
    return refuse("ticket-has-place", { ticketId: ticketId ?? 0, placeId: reserved.id });
  }
  const onPort = switchPort && (await lockFreePort(tx, switchPort));
  if (onPort?.ok === false) return onPort;

  const grounds = { name, officeId, ticketId, letter };
  const placeId = await beginPlace(tx, setting, rack, { kind: "reserved", ...where, grounds, assetId: null }, by);
  if (onPort !== undefined) {
    const { asset, port } = onPort.value;
    await takePort(tx, asset, { port, placeId }, { ...by, now: setting.now });
  }
  return accept(placeId);
}

/**
 * A device comes to the place that is reserved for it: the reservation ends, and its feeds and ports go over.
 *
 * @returns the id of the place that is occupied from now on
 */
export async function occupyPlace(
  tx: Tx,
  setting: Setting,
  input: { placeId: number; assetId: number },
  by: { personId: number },
): Promise<Outcome<number>> {
  const found = await lockPlace(tx, input.placeId);
  if (found?.place.kind !== "reserved") return refuse("place-changed");
  await lockDevicesOf(tx, input.placeId, input.assetId);
  const device = await lockDevice(tx, input.assetId);
  if (!device.ok) return device;
  const { place, rack } = found;
  await endPlace(tx, place.id, { ...by, now: setting.now });
  const placeId = await beginPlace(tx, setting, rack, placeOfDevice(device.value, place, place.grounds), by);
  await carryPorts(tx, setting, { from: place.id, to: placeId }, by);
  await relabelCablesOf(tx, setting, input.assetId, by);
  return accept(placeId);
}

/**
 * Ends a place, reserved or occupied, and the ports that are reserved for it. The cables of a device that is given back go with
 * it; of another one they stay, with other labels.
 *
 * @param by.personId null: the clock
 * @param record the letter or the handover record with which a device is given back, and its day, "2026-11-20"
 */
export async function freePlace(
  tx: Tx,
  setting: Setting,
  placeId: number,
  by: { personId: number | null },
  record?: { number: string; on: string },
): Promise<Outcome> {
  const found = await lockPlace(tx, placeId);
  if (found === undefined) return refuse("place-changed");
  const ending = { ...by, now: setting.now };
  await endPlace(tx, placeId, ending, record);
  for (const { id } of await listPortsOfPlace(tx, placeId)) await endPortUse(tx, id, ending);
  await recordPlace(tx, setting, "place-freed", found.place, by);
  const { assetId } = found.place;
  if (assetId === null || by.personId === null) return accept();
  const { personId } = by;
  if (record === undefined) await relabelCablesOf(tx, setting, assetId, { personId });
  else await removeCablesOf(tx, setting, assetId, { personId });
  return accept();
}
