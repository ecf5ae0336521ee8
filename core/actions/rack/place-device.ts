import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import { endOfDay } from "../../domain/form/coming-day.ts";
import type { Answers } from "../../domain/form/field.ts";
import { groundsFields, reservedUntil } from "../../domain/ipam/grounds.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { SpotKey } from "../../domain/rack/offer-keys.ts";
import type { Face } from "../../domain/rack/place.ts";
import type { FilledRack } from "../../domain/rack/rack.ts";
import { deviceFields } from "../../domain/rack/rack-fields.ts";
import { feedsFor, refusalOfManagingRacks, refusalOfPlacing } from "../../domain/rack/rack-rules.ts";
import { halvesOfHeight } from "../../domain/rack/units.ts";
import { relabelCablesOf } from "../cable/relabel-cables.ts";
import { findBasis } from "../hosting/find-basis.ts";
import { readEntered } from "../read-entered.ts";
import type { Setting } from "../setting.ts";
import { beginPlace, lockDevice, placeOfDevice } from "./begin-place.ts";
import { holdPlace, type WantedPlace } from "./hold-place.ts";

const [nameField, basisField] = groundsFields;

/**
 * Keeps a place for an office until a day, such as for the time of an approval; then the clock frees it.
 *
 * @param input.answers of `deviceFields`, `groundsFields` and `reservedUntil`
 * @returns the id of the place
 */
export async function reservePlace(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: SpotKey & { officeId: number; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const fields = [...deviceFields(input.answers), nameField, basisField, reservedUntil];
  const answers = readEntered(setting, fields, input.answers);
  if (!answers.ok) return answers;
  const { name = "", basis = "", until = "" } = answers.value;
  const grounds = await findBasis(tx, basis);
  if (!grounds.ok) return grounds;
  const spot = await lockSpot(tx, input, answers.value);
  if (!spot.ok) return spot;
  const whose = { name, officeId: input.officeId, ...grounds.value, until: endOfDay(until, setting.rules.zone) };
  return holdPlace(tx, setting, { ...spot.value.wanted, ...whose }, { personId: person.id });
}

/**
 * A device of the inventory stands there from now on.
 *
 * @param input.answers of `deviceFields`, and `basis`
 * @returns the id of the place
 */
export async function mountDevice(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: SpotKey & { assetId: number; answers: Answers },
): Promise<Outcome<number>> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, [...deviceFields(input.answers), basisField], input.answers);
  if (!answers.ok) return answers;
  const grounds = await findBasis(tx, answers.value.basis ?? "");
  if (!grounds.ok) return grounds;
  const spot = await lockSpot(tx, input, answers.value);
  if (!spot.ok) return spot;
  const { rack, wanted } = spot.value;
  const device = await lockDevice(tx, input.assetId);
  if (!device.ok) return device;
  const place = placeOfDevice(device.value, wanted, grounds.value);
  const placeId = await beginPlace(tx, setting, rack, place, { personId: person.id });
  await relabelCablesOf(tx, setting, input.assetId, { personId: person.id });
  return accept(placeId);
}

/** The rack, which is locked, and what is wanted of it, which it has. @param answers of `deviceFields` that were read */
export async function lockSpot(
  tx: Tx,
  { rackId, bottom }: SpotKey,
  { height = "", face = "", watts = "", feeds = "0" }: Answers,
): Promise<Outcome<{ rack: FilledRack; wanted: WantedPlace }>> {
  const rack = await lockRack(tx, rackId);
  if (rack === undefined) return refuse("no-such-rack");
  const feedIds = feedsFor(rack, Number(watts), Number(feeds));
  if (!feedIds.ok) return feedIds;
  const slot = { bottom, height: halvesOfHeight(height), face: face as Face };
  const wanted = { rackId, ...slot, watts: Number(watts), feedIds: feedIds.value };
  const fits = refusalOfPlacing(rack, wanted);
  return fits.ok ? accept({ rack, wanted }) : fits;
}
