import { findPresentPlace } from "../db/rack-places.ts";
import type { Tx } from "../db/tables.ts";
import type { Answers } from "../domain/form/field.ts";
import { type Outcome, refuse } from "../domain/outcome.ts";
import type { Person } from "../domain/people/person.ts";
import { returnFields } from "../domain/rack/rack-fields.ts";
import { refusalOfManagingRacks } from "../domain/rack/rack-rules.ts";
import { freePlace, occupyPlace } from "./hold-place.ts";
import { lockPlace } from "./lock-place.ts";
import { readEntered } from "./read-entered.ts";
import type { Setting } from "./setting.ts";

/** A device comes to the place that is reserved for it. @returns the id of the place that is occupied from now on */
export async function useReservedPlace(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; assetId: number },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  return mayManage.ok ? occupyPlace(tx, setting, input, { personId: person.id }) : mayManage;
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
 * A device leaves its rack and goes back to whom it belongs: its place, its feeds and the ports reserved for it are free.
 *
 * @param input.answers of `returnFields`
 */
export async function returnDevice(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { placeId: number; answers: Answers },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, returnFields, input.answers);
  if (!answers.ok) return answers;
  const found = await lockPlace(tx, input.placeId);
  if (found?.place.kind !== "occupied") return refuse("place-changed");
  const record = { number: answers.value["record-number"] ?? "", on: answers.value["record-date"] ?? "" };
  return freePlace(tx, setting, input.placeId, { personId: person.id }, record);
}

/** The clock: frees what was reserved until now. Safe to do twice. */
export async function freeExpiredPlace(tx: Tx, setting: Setting, input: { placeId: number }): Promise<void> {
  const place = await findPresentPlace(tx, input.placeId);
  const until = place?.until ?? null;
  if (until === null || until > setting.now) return;
  // What has ended meanwhile is refused, and ended it is.
  await freePlace(tx, setting, input.placeId, { personId: null });
}
