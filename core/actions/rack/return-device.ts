import { allOrNothing } from "../../db/all-or-nothing.ts";
import { findAsset } from "../../db/inventory/assets.ts";
import { insertHandover } from "../../db/rack/handovers.ts";
import { findPresentPlace, listPlacesOfTicket, type StoredPlace } from "../../db/rack/rack-places.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { Rack } from "../../domain/rack/rack.ts";
import { returnFields } from "../../domain/rack/rack-fields.ts";
import { isUsedByStep, refusalOfManagingRacks } from "../../domain/rack/rack-rules.ts";
import { placeLabel } from "../../domain/rack/units.ts";
import { releaseAddressesOfTicket } from "../ipam/release-address.ts";
import { freeNamesOfTicket } from "../names/change-name.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { freePlace, occupyPlace } from "./hold-place.ts";
import { lockPlace } from "./lock-place.ts";

/**
 * A device comes to the place that is reserved for it.
 *
 * @returns the id of the place that is occupied from now on; refused where a step of its ticket does that
 */
export async function useReservedPlace(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; assetId: number },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const place = await findPresentPlace(tx, input.placeId);
  const ticketId = place?.grounds.ticketId ?? null;
  if (place?.kind === "reserved" && isUsedByStep({ ticketId, until: place.until })) {
    return refuse("place-of-ticket", { ticketId: ticketId ?? 0 });
  }
  return occupyPlace(tx, setting, input, { personId: person.id });
}

/** What was reserved is free at once. */
export async function giveUpPlace(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const found = await lockPlace(tx, input.placeId);
  if (found?.place.kind !== "reserved") return refuse("place-changed");
  return freePlace(tx, setting, input.placeId, { personId: person.id });
}

/**
 * A device leaves its rack and goes back to whom it belongs, and the handover is recorded: its place, its feeds, its ports and its
 * cables are free, and, where it came with a ticket of which nothing else stands there, so are the addresses and names of that.
 *
 * @param input.answers of `returnFields`
 */
export async function returnDevice(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; answers: Answers },
): Promise<Outcome<unknown>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, returnFields, input.answers);
  if (!answers.ok) return answers;
  const found = await lockPlace(tx, input.placeId);
  if (found?.place.kind !== "occupied") return refuse("place-changed");
  const { "record-number": number = "", "record-date": on = "", "received-by": counterpart = "" } = answers.value;
  const by = { personId: person.id };
  return allOrNothing(tx, async () => {
    await recordReturn(tx, person, setting, found, { number, on, counterpart });
    const freed = await freePlace(tx, setting, input.placeId, by, { number, on });
    return freed.ok ? freeTargetOf(tx, setting, found.place.assetId ?? 0, by) : freed;
  });
}

/** What led to a device that is gone (R10): the addresses and names of the ticket with which it came, where nothing else of that is left. */
async function freeTargetOf(
  tx: Tx,
  setting: Setting,
  assetId: number,
  by: { personId: number },
): Promise<Outcome<unknown>> {
  const ticketId = (await findAsset(tx, assetId))?.ticketId ?? null;
  if (ticketId === null || (await listPlacesOfTicket(tx, ticketId)).length > 0) return accept();
  const released = await releaseAddressesOfTicket(tx, setting, ticketId, by);
  return released.ok ? freeNamesOfTicket(tx, setting, ticketId, by.personId) : released;
}

/** What stands on the record. @throws Error nothing stands there */
async function recordReturn(
  tx: Tx,
  person: Person,
  { now }: Setting,
  { place, rack }: { place: StoredPlace; rack: Rack },
  { number, on, counterpart }: { number: string; on: string; counterpart: string },
): Promise<void> {
  const { assetId, grounds } = place;
  if (assetId === null) throw new Error(`returning the device of place ${place.id}: there is none`);
  await insertHandover(tx, {
    ...{ kind: "returned", record_number: number, record_date: on, asset_id: assetId, counterpart },
    ...{ place: placeLabel({ ...place, roomCode: rack.roomCode, rackCode: rack.code }), accessories: null },
    ...{ ticket_id: grounds.ticketId, person_id: person.id, at: now },
  });
}

/** The clock: frees what was reserved until now. Safe to do twice. */
export async function freeExpiredPlace(tx: Tx, setting: Setting, input: { placeId: number }): Promise<void> {
  const place = await findPresentPlace(tx, input.placeId);
  const until = place?.until ?? null;
  if (until === null || until > setting.now) return;
  // What has ended meanwhile is refused, and ended it is.
  await freePlace(tx, setting, input.placeId, { personId: null });
}
