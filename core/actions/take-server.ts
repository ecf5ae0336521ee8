import { insertHandover } from "../db/handovers.ts";
import { getPerson } from "../db/people.ts";
import { findReservedPlaceOfTicket } from "../db/rack-places.ts";
import { findRack } from "../db/racks.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import { accept, type Outcome, type Refusal, refuse } from "../domain/outcome.ts";
import { placeLabel } from "../domain/rack/units.ts";
import { occupyPlace } from "./hold-place.ts";
import { registerAsset } from "./register-asset.ts";
import type { Setting } from "./setting.ts";
import type { Taking } from "./take-for-step.ts";

/**
 * A server is received (L IV.1, 7): it enters the inventory as the office's, takes the place that is reserved for its
 * ticket, and the handover is recorded with its serial number.
 */
export async function takeServer(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { answers, ticket } = taking;
  const by = { personId: taking.person.id };
  const place = await findReservedPlaceOfTicket(tx, ticket.id);
  const rack = place && (await findRack(tx, place.rackId));
  if (place === undefined || rack === undefined) return refuse("place-missing");
  const { "device-name": name = "", model = null, "serial-number": serialNumber = null } = answers;
  const device = { kind: "server", name, model, serialNumber, officeId: ticket.officeId, ticketId: ticket.id } as const;
  const ports = Number(answers["network-ports"]);
  const registered = await registerAsset(tx, setting, { ...device, ports }, by);
  if (!registered.ok) return asAnswer(registered.refusal);
  const assetId = registered.value;
  const occupied = await occupyPlace(tx, setting, { placeId: place.id, assetId }, by);
  if (!occupied.ok) return occupied;

  const label = placeLabel({ ...place, roomCode: rack.roomCode, rackCode: rack.code });
  await recordHandover(tx, setting, taking, { assetId, place: label });
  return accept({ ...answers, "rack-place": label });
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
    ...{ office_id: ticket.officeId, counterpart: answers["handed-by"] ?? requester.name },
    ...{ accessories: answers["server-description"] ?? null, ticket_id: ticket.id, person_id: person.id, at: now },
  });
}

/** Is about a question of the step, which is asked again. */
function asAnswer({ code, values }: Refusal): Outcome<never> {
  return refuse(code, { ...values, field: values.field === "name" ? "device-name" : (values.field ?? "device-name") });
}
