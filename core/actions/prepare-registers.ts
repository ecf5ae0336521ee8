import { findPersonByPlaygroundKey } from "../db/people/people.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { registerAsset } from "./inventory/register-asset.ts";
import { addPrefix } from "./ipam/prefixes.ts";
import { mountDevice } from "./rack/place-device.ts";
import { addFeed } from "./rack/power-feeds.ts";
import { addRack } from "./rack/racks.ts";
import { addRoom } from "./rack/rooms.ts";
import type { Setting } from "./setting.ts";

/** What the registers of a playground hold from its first start. */
export type FirstRegisters = {
  prefixes: readonly Answers[];
  room: Answers;
  rack: Answers;
  feeds: readonly Answers[];
  /** It stands in the rack. @property bottom in half units */
  switch: { name: string; model: string; ports: number; bottom: number; answers: Answers };
};

/**
 * Fills the registers of a playground by what its people could do themselves, so that a server can be hosted at once.
 *
 * @param keys of the people who do it, as the playground calls them
 */
export async function prepareRegisters(
  tx: Tx,
  setting: Setting,
  registers: FirstRegisters,
  keys = { infrastructure: "infrastructure", dataCenter: "data-center" },
): Promise<void> {
  const infrastructure = await findPersonByPlaygroundKey(tx, keys.infrastructure);
  const dataCenter = await findPersonByPlaygroundKey(tx, keys.dataCenter);
  if (infrastructure !== undefined && (await isEmpty(tx, "prefix"))) {
    for (const answers of registers.prefixes) done(await addPrefix(tx, infrastructure, setting, { answers }));
  }
  if (dataCenter !== undefined && (await isEmpty(tx, "room"))) {
    await prepareRack(tx, dataCenter, setting, registers);
  }
}

/** Nobody has ever put anything into it: what its people removed does not come back. */
async function isEmpty(tx: Tx, register: "prefix" | "room"): Promise<boolean> {
  return (await tx.selectFrom(register).select("id").limit(1).executeTakeFirst()) === undefined;
}

async function prepareRack(
  tx: Tx,
  person: Person,
  setting: Setting,
  { room, rack, feeds, switch: device }: FirstRegisters,
): Promise<void> {
  const roomId = done(await addRoom(tx, person, setting, { answers: room }));
  const rackId = done(await addRack(tx, person, setting, { roomId, answers: rack }));
  for (const answers of feeds) done(await addFeed(tx, person, setting, { rackId, answers }));
  const { bottom, answers, ...values } = device;
  const asset = { kind: "switch", officeId: person.officeId, ...values } as const;
  const assetId = done(await registerAsset(tx, setting, asset, { personId: person.id }));
  done(await mountDevice(tx, person, setting, { rackId, bottom, assetId, answers }));
}

function done<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`filling the registers of a playground: ${outcome.refusal.code}`);
  return outcome.value;
}
