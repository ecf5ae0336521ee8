import { listRacks } from "../../db/rack/racks.ts";
import { insertRoom, lockRoom, markRoomRemoved, renameRoom } from "../../db/rack/rooms.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import { roomFields, roomName } from "../../domain/rack/rack-fields.ts";
import { parseRackCode, refusalOfManagingRacks } from "../../domain/rack/rack-rules.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf<"room-added" | "room-renamed" | "room-removed">("room");

/** Adds a room. @param input.answers of `roomFields` @returns its id */
export async function addRoom(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, roomFields, input.answers);
  if (!answers.ok) return answers;
  const code = parseRackCode(answers.value.code ?? "");
  if (!code.ok) return code;
  const id = await insertRoom(tx, { code: code.value, name: answers.value.name ?? "" });
  if (id === undefined) return refuse("room-known", { code: code.value, field: "code" });
  await record(tx, person, setting, "room-added", id, { code: code.value });
  return accept(id);
}

/** Its code stays: it stands on labels. @param input.answers of `roomName` */
export async function changeRoom(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { roomId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, [roomName], input.answers);
  if (!answers.ok) return answers;
  const room = await lockRoom(tx, input.roomId);
  if (room === undefined || room.isRemoved) return refuse("no-such-room");
  await renameRoom(tx, room.id, answers.value.name ?? "");
  await record(tx, person, setting, "room-renamed", room.id);
  return accept();
}

/** Of a room without racks. */
export async function removeRoom(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { roomId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const room = await lockRoom(tx, input.roomId);
  if (room === undefined || room.isRemoved) return refuse("no-such-room");
  const { length: count } = await listRacks(tx, room.id);
  if (count > 0) return refuse("room-in-use", { room: room.code, count });
  await markRoomRemoved(tx, room.id, setting.now);
  await record(tx, person, setting, "room-removed", room.id);
  return accept();
}
