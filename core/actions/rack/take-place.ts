import { findAsset } from "../../db/inventory/assets.ts";
import { findReservedPlaceOfTicket } from "../../db/rack/rack-places.ts";
import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome, type Refusal, refuse, refuseAbout } from "../../domain/outcome.ts";
import { parsePortKey, parseSpotKey, type SpotKey } from "../../domain/rack/offer-keys.ts";
import { placeLabel } from "../../domain/rack/units.ts";
import { nameInRegister } from "../../domain/ticket/name-in-register.ts";
import type { SwitchPort } from "../cable/lock-free-port.ts";
import type { Setting } from "../setting.ts";
import type { Taking } from "../ticket/take-for-step.ts";
import { freePlace, holdPlace } from "./hold-place.ts";
import { lockSpot } from "./place-device.ts";

/** Reserves the place that was chosen, and a port of a switch, until the ticket uses or ends it; what was reserved before is free. */
export async function takePlace(tx: Tx, setting: Setting, taking: Taking): Promise<Outcome<Answers>> {
  const { answers, ticket } = taking;
  const by = { personId: taking.person.id };
  const { "rack-place": place = "", "switch-port": port } = answers;
  const spot = parseSpotKey(place);
  if (spot === undefined) return refuse("not-offered", { field: "rack-place" });
  const switchPort = port === undefined ? undefined : parsePortKey(port);
  if (port !== undefined && switchPort === undefined) return refuse("not-offered", { field: "switch-port" });

  await freeFormer(tx, setting, { ticketId: ticket.id, ...by }, spot);
  const { "device-height": height = "", "rack-face": face = "", watts = "", "power-feeds": feeds = "" } = answers;
  const found = await lockSpot(tx, spot, { height, face, watts, feeds });
  if (!found.ok) return asAnswer(found.refusal);
  const { rack, wanted } = found.value;
  const grounds = { name: nameInRegister(ticket), officeId: ticket.officeId, ticketId: ticket.id, letter: null };
  const onPort = switchPort === undefined ? {} : { switchPort };
  const held = await holdPlace(tx, setting, { ...wanted, ...grounds, ...onPort, until: null }, by);
  if (!held.ok) return asAnswer(held.refusal);
  const label = placeLabel({ ...wanted, roomCode: rack.roomCode, rackCode: rack.code });
  return accept({ ...answers, "rack-place": label, ...(await portInWords(tx, switchPort)) });
}

/** Both racks are locked in the order of their ids, as everywhere. */
async function freeFormer(
  tx: Tx,
  setting: Setting,
  { ticketId, personId }: { ticketId: number; personId: number },
  { rackId }: SpotKey,
): Promise<void> {
  const former = await findReservedPlaceOfTicket(tx, ticketId);
  if (former === undefined) return;
  for (const id of [former.rackId, rackId].sort((one, other) => one - other)) await lockRack(tx, id);
  await freePlace(tx, setting, former.id, { personId });
}

async function portInWords(tx: Tx, switchPort: SwitchPort | undefined): Promise<Answers> {
  const device = switchPort && (await findAsset(tx, switchPort.assetId));
  return switchPort === undefined || device === undefined ? {} : { "switch-port": `${device.name}:${switchPort.port}` };
}

/** Of another question than that for the place. */
const questions: Record<string, string> = {
  "feed-full": "power-feeds",
  "feed-missing": "power-feeds",
  "feeds-too-few": "power-feeds",
  "place-higher-than-rack": "device-height",
  "port-taken": "switch-port",
  "port-outside": "switch-port",
  "device-unknown": "switch-port",
  "device-without-ports": "switch-port",
};

/** Is about a question of the step, which is asked again. */
function asAnswer(refusal: Refusal): Outcome<never> {
  return refuseAbout(questions[refusal.code] ?? "rack-place", refusal);
}
