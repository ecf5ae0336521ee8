import { insertRack, lockRack, markRackRemoved, updateRackHeight } from "../../db/rack/racks.ts";
import { lockRoom } from "../../db/rack/rooms.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { rackFields, rackHeight } from "../../domain/rack/rack-fields.ts";
import {
  parseRackCode,
  refusalOfHeight,
  refusalOfManagingRacks,
  refusalOfRemovingRack,
} from "../../domain/rack/rack-rules.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf<"rack-added" | "rack-changed" | "rack-removed">("rack");

/** Adds a rack to a room. @param input.answers of `rackFields` @returns its id */
export async function addRack(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { roomId: number; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, rackFields, input.answers);
  if (!answers.ok) return answers;
  const code = parseRackCode(answers.value.code ?? "");
  if (!code.ok) return code;
  const room = await lockRoom(tx, input.roomId);
  if (room === undefined || room.isRemoved) return refuse("no-such-room");
  const rack = { roomId: room.id, code: code.value, heightU: Number(answers.value.height) };
  const id = await insertRack(tx, rack, { personId: person.id, now: setting.now });
  if (id === undefined) return refuse("rack-known", { room: room.code, code: code.value, field: "code" });
  await record(tx, person, setting, "rack-added", id, rack);
  return accept(id);
}

/** Corrects the height that was written; its code stays: it stands on labels. @param input.answers of `rackHeight` */
export async function changeRack(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rackId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, [rackHeight], input.answers);
  if (!answers.ok) return answers;
  const rack = await lockRack(tx, input.rackId);
  if (rack === undefined) return refuse("no-such-rack");
  const heightU = Number(answers.value.height);
  const mayChange = refusalOfHeight(rack, heightU);
  if (!mayChange.ok) return refuseAbout("height", mayChange.refusal);
  await updateRackHeight(tx, rack.id, heightU);
  await record(tx, person, setting, "rack-changed", rack.id, { heightU });
  return accept();
}

/** Of a rack in which nothing is. */
export async function removeRack(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rackId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const rack = await lockRack(tx, input.rackId);
  if (rack === undefined) return refuse("no-such-rack");
  const mayRemove = refusalOfRemovingRack(rack, rack.places);
  if (!mayRemove.ok) return mayRemove;
  await markRackRemoved(tx, rack.id, { personId: person.id, now: setting.now });
  await record(tx, person, setting, "rack-removed", rack.id);
  return accept();
}
