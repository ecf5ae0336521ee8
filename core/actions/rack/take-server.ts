import { findAssetOfSerialNumber } from "../../db/inventory/assets.ts";
import { getPerson } from "../../db/people/people.ts";
import { insertHandover } from "../../db/rack/handovers.ts";
import { findPlaceOfAsset, findReservedPlaceOfTicket, type StoredPlace } from "../../db/rack/rack-places.ts";
import { findRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Asset } from "../../domain/inventory/asset.ts";
import { accept, type Outcome, type Refusal, refuse, refuseAbout } from "../../domain/outcome.ts";
import { placeLabel } from "../../domain/rack/units.ts";
import { registerAsset } from "../inventory/register-asset.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { freePlace, occupyPlace } from "./hold-place.ts";

/**
 * A server is received (L IV.1, 7): it enters the inventory as the office's, unless it is there, takes the place that is
 * reserved for its ticket, and the handover is recorded with its serial number.
 */
export async function takeServer(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { answers, ticket, person } = taking;
  const reserved = await findReservedPlaceOfTicket(tx, ticket.id);
  if (reserved === undefined) return refuse("place-missing");
  const device = await findOrRegister(tx, setting, taking);
  if (!device.ok) return device;
  const by = { personId: person.id };
  const { id: assetId, name } = device.value;
  const standing = await findPlaceOfAsset(tx, assetId);
  const stays = standing?.grounds.ticketId === ticket.id;
  // Asked again for what stands there: the other place is not needed.
  const placed = stays
    ? await freePlace(tx, setting, reserved.id, by)
    : await occupyPlace(tx, setting, { placeId: reserved.id, assetId }, by);
  if (!placed.ok) return asAnswer(placed.refusal);

  const place = await labelOf(tx, stays ? standing : reserved);
  await recordHandover(tx, setting, taking, { assetId, place });
  return accept({ ...answers, "device-name": name, "rack-place": place });
}

/** What the office has already, such as a server that comes back, is known by its serial number. */
async function findOrRegister(
  tx: Tx,
  setting: Setting,
  { answers, ticket, person }: Taking,
): Promise<Outcome<Pick<Asset, "id" | "name">>> {
  const { "device-name": name = "", model = null, "serial-number": serialNumber = null } = answers;
  const known = await findAssetOfSerialNumber(tx, { model, serialNumber });
  if (known?.officeId === ticket.officeId && known.state !== "retired") return accept(known);
  const device = { kind: "server", name, model, serialNumber, officeId: ticket.officeId, ticketId: ticket.id } as const;
  const ports = Number(answers["network-ports"]);
  const registered = await registerAsset(tx, setting, { ...device, ports }, { personId: person.id });
  return registered.ok ? accept({ id: registered.value, name }) : asAnswer(registered.refusal);
}

async function labelOf(tx: Tx, place: StoredPlace): Promise<string> {
  const rack = await findRack(tx, place.rackId);
  if (rack === undefined) throw new Error(`naming place ${place.id}: its rack is not there`);
  return placeLabel({ ...place, roomCode: rack.roomCode, rackCode: rack.code });
}

async function recordHandover(
  tx: Tx,
  { now }: Setting,
  { answers, ticket, person }: Taking,
  { assetId, place }: { assetId: number; place: string },
): Promise<void> {
  const { "record-number": number = "", "record-date": date = "" } = answers;
  const requester = await getPerson(tx, ticket.requesterId);
  await insertHandover(tx, {
    ...{ kind: "received", record_number: number, record_date: date, asset_id: assetId, place },
    ...{ counterpart: answers["handed-by"] ?? requester.name },
    ...{ accessories: answers["server-description"] ?? null, ticket_id: ticket.id, person_id: person.id, at: now },
  });
}

/** Is about a question of the step, which is asked again: the serial number says which device it is. */
function asAnswer(refusal: Refusal): Outcome<never> {
  const { field = "serial-number" } = refusal.values;
  return refuseAbout(field === "name" ? "device-name" : String(field), refusal);
}
