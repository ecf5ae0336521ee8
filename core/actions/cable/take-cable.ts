import { findCables, listCableIdsOf } from "../../db/cable/cables.ts";
import { listFreePortsOf, listPortsOfPlace } from "../../db/cable/port-uses.ts";
import { findAsset } from "../../db/inventory/assets.ts";
import { listPlacesOfTicket } from "../../db/rack/rack-places.ts";
import type { Tx } from "../../db/tables.ts";
import { cableNumber } from "../../domain/cable/cable.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { layCable } from "./lay-cable.ts";

/**
 * The server is mounted and its network cable laid (L IV.1, 8): from its lowest free port to each port that was reserved
 * for it. Where none was reserved it is laid by hand.
 */
export async function takeCable(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { ticket, answers } = taking;
  const places = await listPlacesOfTicket(tx, ticket.id);
  const devices = places.flatMap(({ id, assetId }) => (assetId === null ? [] : [{ placeId: id, assetId }]));
  for (const device of devices) {
    const laid = await layReserved(tx, setting, taking, device);
    if (!laid.ok) return laid;
  }
  const cables = await cablesInWords(
    tx,
    devices.map(({ assetId }) => assetId),
  );
  return accept(cables === "" ? answers : { ...answers, cable: cables });
}

async function layReserved(
  tx: Tx,
  setting: Setting,
  { ticket, person }: Taking,
  { placeId, assetId }: { placeId: number; assetId: number },
): Promise<Outcome> {
  const device = await findAsset(tx, assetId);
  for (const reserved of await listPortsOfPlace(tx, placeId)) {
    const [port] = device === undefined ? [] : await listFreePortsOf(tx, device);
    if (port === undefined) return accept();
    const ends = [
      { assetId, port },
      { assetId: reserved.assetId, port: reserved.port },
    ] as const;
    const laid = await layCable(tx, person, setting, { ends, medium: "copper", ticketId: ticket.id });
    if (!laid.ok) return laid;
  }
  return accept();
}

/** "K-0042 DC.A2.20:1/DC.A2.42:14" */
async function cablesInWords(tx: Tx, assetIds: readonly number[]): Promise<string> {
  const ids: number[] = [];
  for (const assetId of assetIds) ids.push(...(await listCableIdsOf(tx, assetId)));
  return (await findCables(tx, ids)).map(({ id, label }) => `${cableNumber(id)} ${label.code}`).join(", ");
}
