import { endPortUse, listPortsOfPlace, takePort } from "../../db/cable/port-uses.ts";
import type { Tx } from "../../db/tables.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { refusalOfManagingRacks } from "../../domain/rack/rack-rules.ts";
import { lockPlace } from "../rack/lock-place.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";
import { lockFreePort, type SwitchPort } from "./lock-free-port.ts";

const record = recordsOf<"port-reserved" | "port-freed">("place");

/** Keeps a port of a switch for what has a place in a rack, or will have it. */
export async function reserveSwitchPort(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number } & SwitchPort,
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const { placeId } = input;
  if ((await lockPlace(tx, placeId)) === undefined) return refuse("place-changed");
  const onPort = await lockFreePort(tx, input);
  if (!onPort.ok) return onPort;
  const { asset, port } = onPort.value;
  await takePort(tx, asset, { port, placeId }, { personId: person.id, now: setting.now });
  await record(tx, person, setting, "port-reserved", placeId, { assetId: asset.id, port });
  return accept();
}

/** What was reserved of a switch is free at once. */
export async function freeSwitchPort(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; portUseId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const { placeId, portUseId } = input;
  // With a place that has ended its ports have, too.
  await lockPlace(tx, placeId);
  const use = (await listPortsOfPlace(tx, placeId)).find(({ id }) => id === portUseId);
  if (use === undefined) return refuse("place-changed");
  await endPortUse(tx, use.id, { personId: person.id, now: setting.now });
  await record(tx, person, setting, "port-freed", placeId, { assetId: use.assetId, port: use.port });
  return accept();
}
